package stacks

import (
	"slices"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsevents"
	"github.com/aws/aws-cdk-go/awscdk/v2/awseventstargets"
	"github.com/aws/aws-cdk-go/awscdk/v2/awslambda"
	"github.com/aws/aws-cdk-go/awscdk/v2/awslambdadestinations"
	"github.com/aws/aws-cdk-go/awscdk/v2/awssqs"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"guichet/shared/store"
)

// api is what later stacks look at.
type api struct {
	functions map[string]awslambda.Function // by name
	failed    awssqs.Queue                  // what was set aside of the table's stream
}

// newAPI adds the functions behind the front, and the one behind the table's stream.
func newAPI(scope constructs.Construct, s Settings, d data, f front, id identity, w workflows) api {
	stack := newStack(scope, s, "api", "the functions", replaces)
	behind := httpFunctions{
		agentAPI: newFunction(stack, s, functionSpec{"agentapi", "The dashboard's REST API", onTheCallersPath, 15},
			append(conversing(d, f), recordings(d), hearVoicemail(d))...),
		reportAPI: newFunction(stack, s, functionSpec{"reportapi", "The figures: cards, activity, reports", onTheCallersPath, 29},
			writeFigures(d, "dynamodb:PutItem"), readSecret("GUICHET_ORIGIN_SECRET", d.origin), ceiling(s, 20)),
		// Meta gives up after 5 seconds and comes again, https://developers.facebook.com/docs/messenger-platform/webhooks
		channelHook: newFunction(stack, s, functionSpec{"channelhook", "The messaging channels' webhooks", onTheCallersPath, 15},
			append(conversing(d, f), ceiling(s, 10))...),
		// Twilio gives up after 15 seconds, https://www.twilio.com/docs/usage/webhooks/webhooks-connection-overrides
		voice: newFunction(stack, s, functionSpec{"voice", "Twilio voice webhooks", onTheCallersPath, 15},
			dispatching(d, f)...),
		mediaHook: newFunction(stack, s, functionSpec{"mediahook", "What the media nodes report", onTheCallersPath, 15},
			dispatching(d, f)...),
	}
	addHTTP(stack, s, f, id, behind)
	realtime := newFunction(stack, s,
		functionSpec{"realtime", "The dashboards' and visitors' realtime connections", onTheCallersPath, 15},
		append(connecting(d, f), hangUp(f), ceiling(s, 10))...)
	addRealtime(stack, s, f, realtime)
	failed := newFailedRecords(stack, d)
	stream := newFunction(stack, s,
		functionSpec{"stream", "Starts timers and pushes changes from the table's stream", behindTheScenes, 30},
		writeTable(d), push(f), timers(w))
	addStream(d, failed, stream, store.FollowedKeys(), nil)
	cards := newFunction(stack, s,
		functionSpec{"cards", "Counts what the table's stream tells and pushes cards", behindTheScenes, 30},
		writeFigures(d, "dynamodb:PutItem", "dynamodb:UpdateItem"), push(f), setting("GUICHET_CENTRE", s.Prefix))
	addStream(d, failed, cards, slices.Concat(store.FollowedKeys(), store.FollowedQueueKeys()),
		awscdk.Duration_Minutes(jsii.Number(15))) // the longest: each window's end is one more invocation
	scheduleNight(stack, cards, failed)
	for _, counted := range []awslambda.Function{behind.channelHook, behind.voice} {
		tell(stack, counted.LogGroup().LogGroupName()) // to alarms
	}
	return api{failed: failed, functions: map[string]awslambda.Function{
		"agentapi": behind.agentAPI, "reportapi": behind.reportAPI, "channelhook": behind.channelHook, "voice": behind.voice,
		"mediahook": behind.mediaHook, "realtime": realtime, "stream": stream, "cards": cards,
	}}
}

// scheduleNight sums up agents' days for reports, while few people work. A night that fails is made up for in the next; that it
// has failed, after two more tries, is told to the queue of what was set aside.
func scheduleNight(stack awscdk.Stack, function awslambda.Function, failed awssqs.Queue) {
	function.ConfigureAsyncInvoke(&awslambda.EventInvokeConfigOptions{
		OnFailure: awslambdadestinations.NewSqsDestination(failed), RetryAttempts: jsii.Number(2),
	})
	awsevents.NewRule(stack, jsii.String("Night"), &awsevents.RuleProps{
		Schedule: awsevents.Schedule_Cron(&awsevents.CronOptions{Hour: jsii.String("2"), Minute: jsii.String("20")}),
		Targets: &[]awsevents.IRuleTarget{awseventstargets.NewLambdaFunction(function, &awseventstargets.LambdaFunctionProps{
			Event: awsevents.RuleTargetInput_FromObject(map[string]bool{"keepDays": true}),
		})},
	})
}
