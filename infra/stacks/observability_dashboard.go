package stacks

import (
	"fmt"
	"strings"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awscloudwatch"
	"github.com/aws/aws-cdk-go/awscdk/v2/awslambda"
	"github.com/aws/jsii-runtime-go"

	"guichet/shared/measure"
)

// Prices of a million in us-east-1, in dollars, for the dashboard's estimate. https://aws.amazon.com/dynamodb/pricing/on-demand/ and
// https://aws.amazon.com/lambda/pricing/ (arm64)
const (
	writeMillion  = 0.625   // write units
	readMillion   = 0.125   // read units
	secondMillion = 13.3334 // gigabyte-seconds
)

// dashboardWidth is in columns.
const dashboardWidth = 24

// addDashboard makes one that answers, a row each: are calls answered, what fails, what does it cost? It names no more than the 50 metrics
// that are free in each of an account's first three dashboards: https://aws.amazon.com/cloudwatch/pricing/
func (w watched) addDashboard(stack awscdk.Stack, s Settings, alarms []awscloudwatch.IAlarm) {
	rows := [][]awscloudwatch.IWidget{
		{heading("Are calls answered?")}, w.answeredRow(),
		{heading("What is failing?")},
	}
	if len(alarms) > 0 {
		rows = append(rows, []awscloudwatch.IWidget{awscloudwatch.NewAlarmStatusWidget(&awscloudwatch.AlarmStatusWidgetProps{
			Title: jsii.String("Alarms"), Alarms: &alarms, Width: jsii.Number(dashboardWidth), Height: jsii.Number(4),
		})})
	}
	rows = append(rows, w.failingRow(), []awscloudwatch.IWidget{heading("What does it cost?")}, w.costRow())
	dashboard := awscloudwatch.NewDashboard(stack, jsii.String("Dashboard"), &awscloudwatch.DashboardProps{
		DashboardName: jsii.String(s.Prefix), DefaultInterval: awscdk.Duration_Hours(jsii.Number(12)),
	})
	for _, row := range rows {
		dashboard.AddWidgets(row...)
	}
}

func heading(text string) awscloudwatch.IWidget {
	return awscloudwatch.NewTextWidget(&awscloudwatch.TextWidgetProps{
		Markdown: jsii.String("## " + text), Width: jsii.Number(dashboardWidth), Height: jsii.Number(1),
		Background: awscloudwatch.TextWidgetBackground_TRANSPARENT,
	})
}

// graph is one of four in a row.
func graph(title string, metrics ...awscloudwatch.IMetric) awscloudwatch.IWidget {
	return awscloudwatch.NewGraphWidget(&awscloudwatch.GraphWidgetProps{
		Title: jsii.String(title), Width: jsii.Number(dashboardWidth / 4), Height: jsii.Number(6), Left: &metrics,
		LeftYAxis: &awscloudwatch.YAxisProps{Min: jsii.Number(0)},
	})
}

func (w watched) answeredRow() []awscloudwatch.IWidget {
	count := func(ms ...measure.Metric) []awscloudwatch.IMetric {
		var list []awscloudwatch.IMetric
		for _, m := range ms {
			list = append(list, w.measured(m, minutes))
		}
		return list
	}
	return []awscloudwatch.IWidget{
		graph("Calls, and what became of them", count(
			measure.CallsOffered, measure.CallsAnswered, measure.CallsAbandoned, measure.CallsTimedOut, measure.CallsFailed,
		)...),
		graph("Seconds until an answer", labelled(w.custom(measure.SecondsToAnswer, "p90", minutes), "nine in ten within"), w.found(measure.OldestCallWait)),
		graph("Agents and who waits", append(count(measure.OffersMissed),
			w.found(measure.AgentsReady), w.found(measure.CallsWaiting), w.found(measure.CallsWaitingAlone))...),
		graph("Chats and messages", append(count(measure.ChatsOpened, measure.MessagesFailed), w.found(measure.ChatsUnanswered))...),
	}
}

func (w watched) failingRow() []awscloudwatch.IWidget {
	var failed, timers []awscloudwatch.IMetric
	for _, name := range functionNames {
		failed = append(failed, labelled(failures(w.functions[name], minutes), name))
	}
	slow := []awscloudwatch.IMetric{labelled(duration(w.functions["voice"], "p99", minutes), "voice p99")}
	for _, name := range []string{"stream", "cards"} {
		slow = append(slow, labelled(iteratorAge(w.functions[name]), name+" behind"))
	}
	for _, name := range machineNames {
		timers = append(timers, labelled(executionsFailed(w.machines[name]), name))
	}
	return []awscloudwatch.IWidget{
		graph("Functions that fail", append(failed, labelled(throttles(), "throttled (account)"))...),
		graph("Milliseconds, functions and stream", slow...),
		graph("Errors, timers, records set aside", append(timers, labelled(w.httpErrors(), "API 5xx"), labelled(w.setAside(), "records set aside"))...),
		graph("Media nodes", labelled(w.mediaCPU(), "processor, %"), labelled(w.healthyNodes(), "healthy nodes")),
	}
}

// costRow is an estimate of what varies most.
func (w watched) costRow() []awscloudwatch.IWidget {
	const hour = 3600
	table := map[string]awscloudwatch.IMetric{
		"writes": labelled(w.table("ConsumedWriteCapacityUnits", hour), "write units"),
		"reads":  labelled(w.table("ConsumedReadCapacityUnits", hour), "read units"),
	}
	perCall := map[string]awscloudwatch.IMetric{"writes": table["writes"], "calls": w.measured(measure.CallsOffered, hour)}
	var terms []string
	times := map[string]awscloudwatch.IMetric{}
	for i, name := range functionNames {
		id := fmt.Sprintf("d%d", i)
		times[id] = duration(w.functions[name], sum, hour)
		terms = append(terms, fmt.Sprintf("FILL(%s, 0) * %g", id, w.memoryGB(name)))
	}
	return []awscloudwatch.IWidget{
		graph("Dollars an hour, about",
			labelled(expression(fmt.Sprintf("(writes * %g + reads * %g) / 1000000", writeMillion, readMillion), hour, table), "DynamoDB"),
			labelled(expression(fmt.Sprintf("(%s) / 1000 * %g / 1000000", strings.Join(terms, " + "), secondMillion), hour, times), "Lambda")),
		graph("DynamoDB units an hour", table["writes"], table["reads"],
			labelled(expression("writes / calls", hour, perCall), "write units of everything, by calls")),
		awscloudwatch.NewTextWidget(&awscloudwatch.TextWidgetProps{
			Markdown: jsii.String(costNote), Width: jsii.Number(dashboardWidth / 2), Height: jsii.Number(6),
		}),
	}
}

// costNote says what the graphs beside it are, and are not.
const costNote = `Graphs: units of the table and time of the functions, at prices of us-east-1.

Beside them, and less: a function's requests, state transitions (four a call), traces, lines of logs.

Always: the media node and its load balancer, alarms. What watching costs: docs/runbooks.md.

Telephony is the provider's bill.`

// memoryGB is what a function's time is multiplied with for its price.
func (w watched) memoryGB(name string) float64 {
	resource := w.functions[name].Node().DefaultChild().(awslambda.CfnFunction)
	return *resource.MemorySize() / 1024
}

// labelled is a metric by another name.
func labelled(m awscloudwatch.IMetric, label string) awscloudwatch.IMetric {
	switch m := m.(type) {
	case awscloudwatch.MathExpression:
		return m.With(&awscloudwatch.MathExpressionOptions{Label: jsii.String(label)})
	case awscloudwatch.Metric:
		return m.With(&awscloudwatch.MetricOptions{Label: jsii.String(label)})
	}
	return m
}
