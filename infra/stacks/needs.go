package stacks

import (
	"strings"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awslambda"
	"github.com/aws/aws-cdk-go/awscdk/v2/awssecretsmanager"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsstepfunctions"
	"github.com/aws/jsii-runtime-go"

	"guichet/shared/store"
)

// dispatching is what a function needs that moves contacts: functions/internal/boot makes its dispatcher of these.
func dispatching(d data, f front) []need {
	return []need{
		writeTable(d), push(f),
		setting("GUICHET_PUBLIC_URL", f.publicURL()),
		readSecret("GUICHET_MEDIA_KEY_SECRET", d.mediaKey),
		readSecret("GUICHET_TWILIO_SECRET", d.twilio),
		readSecret("GUICHET_ORIGIN_SECRET", d.origin),
	}
}

// readTable lets a function read what shared/store reads, the index included.
func readTable(d data) need {
	return func(function awslambda.Function) {
		function.AddEnvironment(jsii.String("GUICHET_TABLE"), d.table.TableName(), nil)
		allow(function, []string{"dynamodb:GetItem", "dynamodb:BatchGetItem"}, d.table.TableArn())
		allow(function, []string{"dynamodb:Query"}, d.table.TableArn(), jsii.String(*d.table.TableArn()+"/index/"+store.ReadyIndex))
	}
}

// writeTable lets a function do all that shared/store does. A transaction needs the permissions of what it writes, and one for what it
// only looks at: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis-iam.html
func writeTable(d data) need {
	return func(function awslambda.Function) {
		readTable(d)(function)
		allow(function, []string{"dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem", "dynamodb:ConditionCheckItem"}, d.table.TableArn())
	}
}

// writeFigures lets a function read the table and do no more to it than the given actions.
func writeFigures(d data, actions ...string) need {
	return func(function awslambda.Function) {
		readTable(d)(function)
		allow(function, actions, d.table.TableArn())
	}
}

// push lets a function send to the dashboards' realtime connections, whose ids nobody knows beforehand.
func push(f front) need {
	return func(function awslambda.Function) {
		function.AddEnvironment(jsii.String("GUICHET_REALTIME_ENDPOINT"), jsii.String(f.realtimeEndpoint()), nil)
		manageConnections(function, f, "POST")
	}
}

// hangUp lets a function end realtime connections.
func hangUp(f front) need {
	return func(function awslambda.Function) { manageConnections(function, f, "DELETE") }
}

// manageConnections allows one method of the management API:
// https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-control-access-iam.html
func manageConnections(function awslambda.Function, f front, method string) {
	connections := strings.TrimPrefix(realtimePath, "/") + "/" + method + "/@connections/*"
	allow(function, []string{"execute-api:ManageConnections"}, awscdk.Stack_Of(function).FormatArn(&awscdk.ArnComponents{
		Service: jsii.String("execute-api"), Resource: f.realtime.ApiId(), ResourceName: jsii.String(connections),
	}))
}

// conversing is what a function needs that moves chats, beside dispatching: functions/internal/boot makes its
// conversations of these.
func conversing(d data, f front) []need { return append(connecting(d, f), files(d)) }

// connecting is the same without their files: connections tell who is there and who is writing.
func connecting(d data, f front) []need {
	return append(dispatching(d, f), readSecret("GUICHET_META_SECRET", d.meta))
}

// files lets a function keep and hand out the files of messages. Without the right to list, S3 would not tell a missing
// file from a forbidden one.
func files(d data) need {
	return func(function awslambda.Function) {
		function.AddEnvironment(jsii.String("GUICHET_FILES_BUCKET"), d.files.BucketName(), nil)
		allow(function, []string{"s3:ListBucket"}, d.files.BucketArn())
		allow(function, []string{"s3:GetObject", "s3:PutObject"}, d.files.ArnForObjects(jsii.String(filesPrefix+"*")))
	}
}

// Prefixes of center.FileKey, center.Recording.SoundKey and center.Voicemail.SoundKey.
const (
	filesPrefix      = "files/"
	recordingsPrefix = "recordings/"
	voicemailPrefix  = "voicemail/"
)

// recordings lets a function keep, hand out and delete agents' recorded messages.
func recordings(d data) need {
	return func(function awslambda.Function) {
		allow(function, []string{"s3:GetObject", "s3:PutObject", "s3:DeleteObject"},
			d.files.ArnForObjects(jsii.String(recordingsPrefix+"*")))
	}
}

// keepVoicemail lets a function keep the sound of callers' messages, and take it back.
func keepVoicemail(d data) need {
	return func(function awslambda.Function) {
		allow(function, []string{"s3:PutObject", "s3:DeleteObject"}, d.files.ArnForObjects(jsii.String(voicemailPrefix+"*")))
	}
}

// hearVoicemail lets a function hand out and delete the sound of callers' messages.
func hearVoicemail(d data) need {
	return func(function awslambda.Function) {
		allow(function, []string{"s3:GetObject", "s3:DeleteObject"}, d.files.ArnForObjects(jsii.String(voicemailPrefix+"*")))
	}
}

// timers lets a function start the state machines.
func timers(w workflows) need {
	return func(function awslambda.Function) {
		for variable, machine := range map[string]awsstepfunctions.StateMachine{
			"GUICHET_RING_WORKFLOW": w.ring, "GUICHET_WRAPUP_WORKFLOW": w.wrapUp,
			"GUICHET_SEND_WORKFLOW": w.send, "GUICHET_FETCH_WORKFLOW": w.fetch, "GUICHET_CALLBACK_WORKFLOW": w.callback,
		} {
			function.AddEnvironment(jsii.String(variable), machine.StateMachineArn(), nil)
		}
		allow(function, []string{"states:SendTaskSuccess"}, w.callback.StateMachineArn())
		allow(function, []string{"states:StartExecution"},
			w.ring.StateMachineArn(), w.wrapUp.StateMachineArn(), w.send.StateMachineArn(), w.fetch.StateMachineArn(), w.callback.StateMachineArn())
	}
}

func setting(variable, value string) need {
	return func(function awslambda.Function) {
		function.AddEnvironment(jsii.String(variable), jsii.String(value), nil)
	}
}

func readSecret(variable string, s awssecretsmanager.Secret) need {
	return func(function awslambda.Function) {
		function.AddEnvironment(jsii.String(variable), s.SecretArn(), nil)
		allow(function, []string{"secretsmanager:GetSecretValue"}, s.SecretArn())
	}
}
