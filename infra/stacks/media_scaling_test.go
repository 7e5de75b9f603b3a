package stacks

import (
	"os"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	domain "guichet/shared/center"
)

func TestMoreCallsMoreNodes(t *testing.T) {
	t.Parallel()
	template := stack(t, "media")
	target := only(t, template, "AWS::ApplicationAutoScaling::ScalableTarget")
	assert.Equal(t, []any{1.0, 4.0}, []any{target["MinCapacity"], target["MaxCapacity"]})
	assert.NotContains(t, target, "ScheduledActions", "without hours, they run always")
	policy := only(t, template, "AWS::ApplicationAutoScaling::ScalingPolicy")["TargetTrackingScalingPolicyConfiguration"].(object)
	assert.Equal(t, 200.0, policy["TargetValue"])
	metric := policy["CustomizedMetricSpecification"].(object)
	assert.Equal(t, "Average", metric["Statistic"], "a sum would not fall when there are more nodes")
	filter := only(t, template, "AWS::Logs::MetricFilter")
	made := filter["MetricTransformations"].([]any)[0].(object)
	assert.Equal(t, []any{metric["Namespace"], metric["MetricName"]}, []any{made["MetricNamespace"], made["MetricName"]})
	assert.Equal(t, "Guichet/acme", made["MetricNamespace"])
	assert.Equal(t, "$.calls", made["MetricValue"])
	assert.Equal(t, `{ $.msg = "load" && $.calls >= 0 }`, filter["FilterPattern"])
	logged, err := os.ReadFile("../../media-node/watch.go")
	require.NoError(t, err)
	assert.Contains(t, string(logged), `loadMessage = "load"`, "what the filter looks for")
	assert.Contains(t, string(logged), `log.Info(loadMessage, "calls",`)
}

func TestNoNodeRunsOutsideHours(t *testing.T) {
	t.Parallel()
	made, err := other()
	require.NoError(t, err)
	target := only(t, made.templates["media"], "AWS::ApplicationAutoScaling::ScalableTarget")
	assert.Equal(t, []any{1.0, 3.0}, []any{target["MinCapacity"], target["MaxCapacity"]})
	want := map[string]object{
		"cron(45 7 ? * MON,TUE *)":  {"MinCapacity": 1.0, "MaxCapacity": 3.0},
		"cron(30 18 ? * MON,TUE *)": {"MinCapacity": 0.0, "MaxCapacity": 0.0},
	}
	actions := target["ScheduledActions"].([]any)
	require.Len(t, actions, len(want))
	for _, a := range actions {
		action := a.(object)
		assert.Equal(t, "Europe/Paris", action["Timezone"])
		assert.Equal(t, want[action["Schedule"].(string)], action["ScalableTargetAction"], action["Schedule"])
	}
}

func TestNoAlarmRingsOutsideHours(t *testing.T) {
	t.Parallel()
	made, err := synth("deployment: {prefix: acme, alarms_to: operations@acme.example, media: {hours: {mon: [\"08:00-18:30\"]}}}")
	require.NoError(t, err)
	alarms := text(t, resources(made.templates["observability"], "AWS::CloudWatch::Alarm"))
	assert.Contains(t, alarms, "media-busy")
	assert.NotContains(t, alarms, "no-media-node")
}

func TestTurnsOfTheWeek(t *testing.T) {
	t.Parallel()
	week := func(days map[int][]domain.Span) *domain.Hours {
		h := &domain.Hours{}
		for day, spans := range days {
			h.Week[day] = spans
		}
		return h
	}
	always := map[int][]domain.Span{}
	for day := range 7 {
		always[day] = []domain.Span{{From: 0, To: 1440}}
	}
	for name, c := range map[string]struct {
		hours *domain.Hours
		want  []turn
	}{
		"no hours":      {nil, nil},
		"always":        {week(always), nil},
		"working days":  {week(map[int][]domain.Span{1: {{From: 480, To: 1110}}, 2: {{From: 480, To: 1110}}, 6: {{From: 600, To: 720}}}), []turn{{465, true, []string{"MON", "TUE"}}, {585, true, []string{"SAT"}}, {720, false, []string{"SAT"}}, {1110, false, []string{"MON", "TUE"}}}},
		"a lunch hour":  {week(map[int][]domain.Span{3: {{From: 480, To: 720}, {From: 780, To: 1080}}}), []turn{{465, true, []string{"WED"}}, {720, false, []string{"WED"}}, {765, true, []string{"WED"}}, {1080, false, []string{"WED"}}}},
		"a short break": {week(map[int][]domain.Span{3: {{From: 480, To: 720}, {From: 730, To: 1080}}}), []turn{{465, true, []string{"WED"}}, {1080, false, []string{"WED"}}}},
		"over midnight": {week(map[int][]domain.Span{5: {{From: 1200, To: 1440}}, 6: {{From: 0, To: 120}}}), []turn{{120, false, []string{"SAT"}}, {1185, true, []string{"FRI"}}}},
		"from midnight": {week(map[int][]domain.Span{0: {{From: 0, To: 60}}}), []turn{{60, false, []string{"SUN"}}, {1425, true, []string{"SAT"}}}},
	} {
		assert.Equal(t, c.want, turns(c.hours), name)
	}
}
