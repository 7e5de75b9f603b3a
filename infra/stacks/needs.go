package stacks

import (
	"fmt"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awslambda"
	"github.com/aws/aws-cdk-go/awscdk/v2/awssecretsmanager"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsstepfunctions"
	"github.com/aws/jsii-runtime-go"

	"guichet/shared/store"
)

// publicURL lets a function write the centre's own addresses into what it says.
func publicURL(f front) need { return setting("GUICHET_PUBLIC_URL", f.publicURL()) }

// table lets a function do what shared/store does. A transaction needs the permissions of what it writes.
func table(d data) need {
	return func(function awslambda.Function) {
		function.AddEnvironment(jsii.String("GUICHET_TABLE"), d.table.TableName(), nil)
		allow(function, []string{"dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem"}, d.table.TableArn())
		allow(function, []string{"dynamodb:Query"}, d.table.TableArn(), jsii.String(*d.table.TableArn()+"/index/"+store.ReadyIndex))
	}
}

// push lets a function send to the dashboards' realtime connections, whose ids nobody knows beforehand.
func push(f front) need {
	return func(function awslambda.Function) {
		function.AddEnvironment(jsii.String("GUICHET_REALTIME_ENDPOINT"), jsii.String(f.realtimeEndpoint()), nil)
		connections := fmt.Sprintf("%s/POST/@connections/*", realtimePath[1:])
		allow(function, []string{"execute-api:ManageConnections"}, awscdk.Stack_Of(function).FormatArn(&awscdk.ArnComponents{
			Service: jsii.String("execute-api"), Resource: f.realtime.ApiId(), ResourceName: jsii.String(connections),
		}))
	}
}

// mediaKey lets a function sign and verify tickets and verify the nodes' events.
func mediaKey(d data) need { return secret("GUICHET_MEDIA_KEY_SECRET", d.mediaKey) }

// phone lets a function act on calls and verify Twilio's webhooks.
func phone(d data) need { return secret("GUICHET_TWILIO_SECRET", d.twilio) }

// behindFront lets a function recognise what comes through the front.
func behindFront(d data) need { return secret("GUICHET_ORIGIN_SECRET", d.origin) }

// timers lets a function start the state machines.
func timers(ring, wrapUp awsstepfunctions.StateMachine) need {
	return func(function awslambda.Function) {
		function.AddEnvironment(jsii.String("GUICHET_RING_WORKFLOW"), ring.StateMachineArn(), nil)
		function.AddEnvironment(jsii.String("GUICHET_WRAPUP_WORKFLOW"), wrapUp.StateMachineArn(), nil)
		allow(function, []string{"states:StartExecution"}, ring.StateMachineArn(), wrapUp.StateMachineArn())
	}
}

func setting(name, value string) need {
	return func(function awslambda.Function) {
		function.AddEnvironment(jsii.String(name), jsii.String(value), nil)
	}
}

func secret(name string, s awssecretsmanager.Secret) need {
	return func(function awslambda.Function) {
		function.AddEnvironment(jsii.String(name), s.SecretArn(), nil)
		allow(function, []string{"secretsmanager:GetSecretValue"}, s.SecretArn())
	}
}
