package stacks

import (
	"encoding/json"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/shared/measure"
)

// alarmsByName are the alarms without the prefix.
func alarmsByName(t *testing.T) map[string]object {
	t.Helper()
	found := map[string]object{}
	for _, a := range resources(stack(t, "observability"), "AWS::CloudWatch::Alarm") {
		properties := a["Properties"].(object)
		found[strings.TrimPrefix(properties["AlarmName"].(string), "acme-")] = properties
	}
	return found
}

// section is the runbook of an alarm, whose name may end with the function that it looks at.
func section(alarm string) string {
	for _, name := range functionNames {
		if s, ok := strings.CutSuffix(alarm, "-"+name); ok {
			return s
		}
	}
	return alarm
}

// runbooks are the sections of docs/runbooks.md that are about an alarm: those that begin with its name as code.
func runbooks(t *testing.T) (sections []string, text string) {
	t.Helper()
	source, err := os.ReadFile("../../docs/runbooks.md")
	require.NoError(t, err)
	for _, match := range regexp.MustCompile("(?m)^### `([a-z-]+)`$").FindAllStringSubmatch(string(source), -1) {
		sections = append(sections, match[1])
	}
	return sections, string(source)
}

func TestEveryAlarmHasARunbook(t *testing.T) {
	t.Parallel()
	var wanted []string
	for name, a := range alarmsByName(t) {
		wanted = append(wanted, section(name))
		assert.Contains(t, a["AlarmDescription"], "docs/runbooks.md#"+section(name), name)
	}
	slices.Sort(wanted)
	written, _ := runbooks(t)
	assert.ElementsMatch(t, slices.Compact(wanted), written, "and every runbook has an alarm")
}

// TestRunbooksSayWhatToDo holds each to the same four questions.
func TestRunbooksSayWhatToDo(t *testing.T) {
	t.Parallel()
	_, text := runbooks(t)
	for _, part := range strings.Split(text, "\n### `")[1:] {
		name, _, _ := strings.Cut(part, "`")
		for _, question := range []string{"**For customers.**", "**Look.**", "**Do.**", "**Over.**"} {
			assert.Contains(t, part, question, name)
		}
	}
}

func TestEveryAlarmTellsSomebodyAndWhenItIsOver(t *testing.T) {
	t.Parallel()
	require.NotEmpty(t, alarmsByName(t))
	for name, a := range alarmsByName(t) {
		for _, actions := range []string{"AlarmActions", "OKActions"} {
			require.Len(t, a[actions], 1, name)
			assert.Contains(t, text(t, a[actions]), "Alarms", name)
		}
		assert.NotContains(t, a, "ActionsEnabled", name)
	}
	subscription := only(t, stack(t, "observability"), "AWS::SNS::Subscription")
	assert.Equal(t, []any{"email", alarmsTo}, []any{subscription["Protocol"], subscription["Endpoint"]})
	policy := text(t, only(t, stack(t, "observability"), "AWS::SNS::TopicPolicy")["PolicyDocument"])
	assert.Contains(t, policy, "cloudwatch.amazonaws.com")
	assert.Contains(t, policy, "aws:SourceAccount", "for this account alone")
}

func TestWithoutAnAddressThereIsNothingToPay(t *testing.T) {
	t.Parallel()
	quiet, err := other()
	require.NoError(t, err)
	template := quiet.templates["observability"]
	for _, kind := range []string{"AWS::CloudWatch::Alarm", "AWS::SNS::Topic", "AWS::Logs::MetricFilter"} {
		assert.Empty(t, resources(template, kind), kind)
	}
	assert.Len(t, resources(template, "AWS::CloudWatch::Dashboard"), 1)
}

// TestNoAlarmRingsBecauseNobodyCalls holds what a missing value means: of what speaks every minute it is an alarm, of what happens it is
// none.
func TestNoAlarmRingsBecauseNobodyCalls(t *testing.T) {
	t.Parallel()
	loud := map[string]string{
		"sweeper-silent": "breaching", "no-media-node": "breaching", "records-set-aside": "ignore",
	}
	for name, a := range alarmsByName(t) {
		want := loud[name]
		if want == "" {
			want = "notBreaching"
		}
		assert.Equal(t, want, a["TreatMissingData"], name)
		assert.LessOrEqual(t, a["DatapointsToAlarm"], a["EvaluationPeriods"], name)
	}
}

// metricsOf are the metrics that an alarm looks at: one, or those of its expression.
func metricsOf(a object) []object {
	if a["MetricName"] != nil {
		return []object{a}
	}
	var found []object
	for _, m := range a["Metrics"].([]any) {
		if stat, ok := m.(object)["MetricStat"].(object); ok {
			found = append(found, stat["Metric"].(object))
		}
	}
	return found
}

func TestAlarmsOfDynamoDBSeeZerosWhereNothingIsMissing(t *testing.T) {
	t.Parallel()
	for name, a := range alarmsByName(t) {
		for _, m := range metricsOf(a) {
			if m["Namespace"] == "AWS/DynamoDB" {
				assert.Contains(t, text(t, a["Metrics"]), "FILL(", "%s: else it never comes back", name)
			}
		}
	}
}

// TestAlarmsReachTheirMetrics finds metrics whose names nobody writes.
func TestAlarmsReachTheirMetrics(t *testing.T) {
	t.Parallel()
	known := map[string]bool{}
	for _, m := range measure.All() {
		known[m.Name] = true
	}
	filters := map[string]string{}
	for _, f := range resources(stack(t, "observability"), "AWS::Logs::MetricFilter") {
		properties := f["Properties"].(object)
		filters[properties["MetricTransformations"].([]any)[0].(object)["MetricName"].(string)] = properties["FilterPattern"].(string)
	}
	assert.Equal(t, map[string]string{
		"MessagesSetAside": `{ $.msg = "payload set aside" }`, "VoiceErrors": `{ $.level = "ERROR" }`,
	}, filters)
	source, err := os.ReadFile("../../shared/conversation/receive.go")
	require.NoError(t, err)
	assert.Contains(t, string(source), `"payload set aside"`, "the line that the filter counts")
	for name, a := range alarmsByName(t) {
		for _, m := range metricsOf(a) {
			switch m["Namespace"] {
			case measure.Namespace:
				assert.True(t, known[m["MetricName"].(string)], "%s: %v", name, m["MetricName"])
				assert.Equal(t, []any{object{"Name": measure.Dimension, "Value": "acme"}}, m["Dimensions"], name)
			case measure.Namespace + "/acme":
				assert.Contains(t, filters, m["MetricName"], name)
			}
		}
	}
}

// TestMonthlyPrice holds docs/runbooks.md to the numbers that are paid for.
func TestMonthlyPrice(t *testing.T) {
	t.Parallel()
	looked := 0
	for name, a := range alarmsByName(t) {
		n := len(metricsOf(a))
		assert.LessOrEqual(t, n, 10, "%s: no expression of an alarm may have more", name)
		looked += n
	}
	_, text := runbooks(t)
	numbers := regexp.MustCompile(`(\d+) alarm metrics.*?(\d+) metrics of its own`).FindStringSubmatch(strings.ReplaceAll(text, "\n", " "))
	require.Len(t, numbers, 3)
	assert.Equal(t, []string{strconv.Itoa(looked), strconv.Itoa(len(measure.All()))}, numbers[1:])
	drawn := drawnMetrics(t)
	assert.LessOrEqual(t, len(drawn), 50, "more make the dashboard cost; one that is drawn twice may count twice")
	t.Logf("%d alarms on %d metrics, %d metrics of its own, %d on the dashboard", len(alarmsByName(t)), looked, len(measure.All()), len(drawn))
}

// widget is the part of a dashboard's widget that is looked at.
type widget struct {
	Type       string
	Properties struct {
		Title, Markdown string
		Metrics         [][]any
	}
}

// widgets are the dashboard's. References in its text stand as they are written in the template.
func widgets(t *testing.T) []widget {
	t.Helper()
	var body strings.Builder
	switch part := only(t, stack(t, "observability"), "AWS::CloudWatch::Dashboard")["DashboardBody"].(type) {
	case string:
		body.WriteString(part)
	case object:
		for _, p := range part["Fn::Join"].([]any)[1].([]any) {
			if s, ok := p.(string); ok {
				body.WriteString(s)
			} else {
				body.WriteString(strings.NewReplacer(`"`, `'`).Replace(text(t, p)))
			}
		}
	}
	var dashboard struct{ Widgets []widget }
	require.NoError(t, json.Unmarshal([]byte(body.String()), &dashboard), body.String())
	return dashboard.Widgets
}

// drawnMetrics are those on the dashboard, each as often as it is named.
func drawnMetrics(t *testing.T) []string {
	t.Helper()
	var found []string
	for _, w := range widgets(t) {
		for _, m := range w.Properties.Metrics {
			var id []string
			for _, part := range m {
				if s, ok := part.(string); ok {
					id = append(id, s)
				}
			}
			if len(id) > 0 { // an expression has none
				found = append(found, strings.Join(id, " "))
			}
		}
	}
	return found
}

func TestTheDashboardAnswersThreeQuestions(t *testing.T) {
	t.Parallel()
	var headings []string
	for _, w := range widgets(t) {
		if strings.HasPrefix(w.Properties.Markdown, "## ") {
			headings = append(headings, w.Properties.Markdown)
		}
	}
	assert.Equal(t, []string{"## Are calls answered?", "## What is failing?", "## What does it cost?"}, headings)
	drawn := text(t, drawnMetrics(t))
	for _, m := range measure.All() {
		assert.Contains(t, drawn, m.Name, "what is measured is shown")
	}
}

// identifiers of metric math are metrics and functions: a number with an exponent, such as 1e-05, is none that it knows.
var identifier = regexp.MustCompile(`[A-Za-z]\w*`)

func TestMetricMathKnowsItsIdentifiers(t *testing.T) {
	t.Parallel()
	expressions := 0
	for _, w := range widgets(t) {
		known := []string{"FILL", "IF"}
		for _, m := range w.Properties.Metrics {
			if last, ok := m[len(m)-1].(object); ok {
				id, _ := last["id"].(string)
				known = append(known, id)
			}
		}
		for _, m := range w.Properties.Metrics {
			last, _ := m[0].(object)
			math, ok := last["expression"].(string)
			if !ok {
				continue
			}
			expressions++
			assert.Subset(t, known, identifier.FindAllString(math, -1), math)
		}
	}
	assert.GreaterOrEqual(t, expressions, 3)
}
