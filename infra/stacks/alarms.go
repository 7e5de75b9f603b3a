package stacks

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awscloudwatch"

	"guichet/shared/measure"
)

const (
	minute  = 60
	minutes = 5 * minute // over which failures are added up: long enough for a few, short enough to act
	quarter = 15 * minute
)

// alarms are all that ring. None does because nobody calls, and none costs but its own price.
func (w watched) alarms(stack awscdk.Stack) []alarm {
	return slices.Concat(w.answeringAlarms(stack), w.functionAlarms(), w.serviceAlarms(), w.mediaAlarms())
}

// fewestUnanswered is from how many calls on a share says anything: in a quiet hour one caller who hangs up is half of them.
const fewestUnanswered = 5

// answeringAlarms look at what customers feel.
func (w watched) answeringAlarms(stack awscdk.Stack) []alarm {
	return []alarm{
		{
			runbook: "calls-not-answered", says: "Three callers in ten, and five at least, were not answered in a quarter of an hour.",
			metric: w.unansweredShare(),
			at:     30, times: 1, missing: nothingHappened,
		},
		{
			// Three of four: a sweep may fall just before a minute, and the next just behind the following one.
			runbook: "nobody-ready", says: "Callers wait in a queue in which no agent is ready.",
			metric: w.found(measure.CallsWaitingAlone), at: 1, times: 3, outOf: 4, missing: nothingHappened,
		},
		{
			runbook: "calls-failed", says: "Calls were broken off by the provider or by us.",
			metric: w.measured(measure.CallsFailed, quarter), at: 2, times: 1, missing: nothingHappened,
		},
		{
			// A quarter of an hour for those who have just come to work to get at what the night has left.
			runbook: "chats-unanswered", says: "A chat has waited for an agent for more than 15 minutes, and somebody is logged in to its queue.",
			metric: w.found(measure.ChatsUnanswered), at: 1, times: 15, outOf: 17, missing: nothingHappened,
		},
		{
			runbook: "messages-not-delivered", says: "A provider refuses messages of ours.",
			metric: w.measured(measure.MessagesFailed, quarter), at: 5, times: 1, missing: nothingHappened,
		},
		{
			runbook: "messages-set-aside", says: "A provider sent something that could not be understood.",
			metric: w.logged(stack, "MessagesSetAside", w.functions["channelhook"], "$.msg", "payload set aside"),
			at:     1, times: 1, missing: nothingHappened,
		},
		{
			runbook: "voice-webhooks-failed", says: "Twilio was answered with an error: callers hear one.",
			metric: w.logged(stack, "VoiceErrors", w.functions["voice"], "$.level", "ERROR"), at: 2, times: 1, missing: nothingHappened,
		},
	}
}

// unansweredShare is how many in a hundred callers were not answered; zero while they are few.
func (w watched) unansweredShare() awscloudwatch.IMetric {
	lost := map[string]awscloudwatch.IMetric{
		"abandoned": w.measured(measure.CallsAbandoned, quarter), "late": w.measured(measure.CallsTimedOut, quarter),
		"failed": w.measured(measure.CallsFailed, quarter),
	}
	n := "(" + sumOf(lost) + ")"
	all := maps.Clone(lost)
	all["answered"] = w.measured(measure.CallsAnswered, quarter)
	return expression(fmt.Sprintf("IF(%s >= %d, 100 * %s / (%s + FILL(answered, 0)), 0)", n, fewestUnanswered, n, n), quarter, all)
}

// slowVoice is when a webhook is near its end, in milliseconds: Twilio gives up after 15 seconds.
const slowVoice = 8000

// functionAlarms look at the functions. One that is called over HTTP and answers with an error has not failed for Lambda:
// http-errors counts those.
func (w watched) functionAlarms() []alarm {
	list := []alarm{
		{
			// Of all functions together: they draw on the account's executions, and so does whatever else runs there; some have a ceiling.
			runbook: "functions-throttled", says: "More functions are called at once than may run.",
			metric: throttles(), at: 1, times: 1, missing: nothingHappened,
		},
		{
			// A small centre's hundredth part is its slowest webhook: twice in a quarter of an hour is no cold start.
			runbook: "voice-slow", says: "Webhooks of calls take more than 8 seconds; Twilio gives up after 15.",
			metric: duration(w.functions["voice"], "p99", minutes), at: slowVoice, times: 2, outOf: 3, missing: nothingHappened,
		},
	}
	for _, name := range functionNames {
		list = append(list, alarm{
			runbook: "function-errors", of: name, says: "The function " + name + " fails.",
			metric: failures(w.functions[name], minutes), at: mostFailures(name), times: 1, missing: nothingHappened,
		})
	}
	for _, name := range []string{"stream", "cards"} {
		list = append(list, alarm{
			// The sweeper makes up for timers within a minute: later than that, nobody does.
			runbook: "stream-behind", of: name, says: "The function " + name + " is more than a minute behind the table.",
			metric: iteratorAge(w.functions[name]), at: minute * 1000, times: 3, missing: nothingHappened,
		})
	}
	return list
}

// mostFailures is how often a function may fail in five minutes. Once is no matter: whatever calls them comes again. A task that fails
// is how the workflow function says that it is to be tried again: a provider that does not answer makes some.
func mostFailures(name string) float64 {
	if name == "workflow" {
		return 10
	}
	return 3
}

// refusedBy are the operations whose failures at DynamoDB's side are looked at: those on the way of a call.
var refusedBy = []string{"GetItem", "Query", "PutItem", "UpdateItem", "TransactWriteItems"}

// serviceAlarms look at what the functions stand on.
func (w watched) serviceAlarms() []alarm {
	failed := map[string]awscloudwatch.IMetric{}
	for name, m := range w.machines {
		failed[name] = executionsFailed(m)
	}
	refused := map[string]awscloudwatch.IMetric{
		"reads": w.table("ReadThrottleEvents", minutes), "writes": w.table("WriteThrottleEvents", minutes),
	}
	for _, operation := range refusedBy {
		refused["error"+operation] = w.tableErrors(operation)
	}
	return []alarm{
		{
			runbook: "records-set-aside", says: "Changes of the table could not be followed, and were set aside.",
			metric: w.setAside(), at: 1, times: 1, missing: asBefore,
		},
		{
			runbook: "timers-failed", says: "A timer or a callback has ended with an error.",
			metric: expression(sumOf(failed), minutes, failed), at: 1, times: 1, missing: nothingHappened,
		},
		{
			// DynamoDB's metrics are missing while nothing is refused, and alarms on them keep their state then, whatever they are told:
			// with zeros they come back. The SDK repeats a refused request: ten in five minutes are more than it gets over unseen.
			runbook: "table-refuses", says: "DynamoDB refuses requests.",
			metric: expression(sumOf(refused), minutes, refused), at: 10, times: 1, missing: nothingHappened,
		},
		{
			runbook: "http-errors", says: "The API answers with errors of ours.",
			metric: w.httpErrors(), at: 5, times: 1, missing: nothingHappened,
		},
		{
			// Five sweeps in five minutes are right. EventBridge's metrics may come late or not at all: hence fewer, and twice.
			runbook: "sweeper-silent", says: "The sweep, which runs every minute, does not.",
			metric: w.sweeps(), at: 3, below: true, times: 2, missing: somethingIsOff,
		},
	}
}

// mediaAlarms look at the media nodes. Browsers and streams come again when a node is replaced, which takes a minute. Where none runs
// at times, an alarm that none does would ring every evening.
func (w watched) mediaAlarms() []alarm {
	alarms := []alarm{{
		runbook: "media-busy", says: "The media nodes have little processor time left: sound is about to break up.",
		metric: w.mediaCPU(), at: 70, times: 5, missing: nothingHappened,
	}}
	if w.rests {
		return alarms
	}
	return append(alarms, alarm{
		runbook: "no-media-node", says: "No media node is healthy: nobody can talk.",
		metric: w.healthyNodes(), at: 1, below: true, times: 3, missing: somethingIsOff,
	})
}

// sumOf adds metrics up. One that is missing counts for nothing.
func sumOf(metrics map[string]awscloudwatch.IMetric) string {
	var terms []string
	for _, id := range slices.Sorted(maps.Keys(metrics)) {
		terms = append(terms, "FILL("+id+", 0)")
	}
	return strings.Join(terms, " + ")
}
