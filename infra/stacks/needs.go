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
		allow(function, []string{"dynamodb:GetItem"}, d.table.TableArn())
		allow(function, []string{"dynamodb:Query"}, d.table.TableArn(), jsii.String(*d.table.TableArn()+"/index/"+store.ReadyIndex))
	}
}

// writeTable lets a function do all that shared/store does. A transaction needs the permissions of what it writes.
func writeTable(d data) need {
	return func(function awslambda.Function) {
		readTable(d)(function)
		allow(function, []string{"dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem"}, d.table.TableArn())
	}
}

// push lets a function send to the dashboards' realtime connections, whose ids nobody knows beforehand.
func push(f front) need {
	return func(function awslambda.Function) {
		function.AddEnvironment(jsii.String("GUICHET_REALTIME_ENDPOINT"), jsii.String(f.realtimeEndpoint()), nil)
		connections := strings.TrimPrefix(realtimePath, "/") + "/POST/@connections/*"
		allow(function, []string{"execute-api:ManageConnections"}, awscdk.Stack_Of(function).FormatArn(&awscdk.ArnComponents{
			Service: jsii.String("execute-api"), Resource: f.realtime.ApiId(), ResourceName: jsii.String(connections),
		}))
	}
}

// timers lets a function start the state machines.
func timers(ring, wrapUp awsstepfunctions.StateMachine) need {
	return func(function awslambda.Function) {
		function.AddEnvironment(jsii.String("GUICHET_RING_WORKFLOW"), ring.StateMachineArn(), nil)
		function.AddEnvironment(jsii.String("GUICHET_WRAPUP_WORKFLOW"), wrapUp.StateMachineArn(), nil)
		allow(function, []string{"states:StartExecution"}, ring.StateMachineArn(), wrapUp.StateMachineArn())
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
