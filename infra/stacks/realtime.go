package stacks

import (
	"strings"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsapigatewayv2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsapigatewayv2integrations"
	"github.com/aws/aws-cdk-go/awscdk/v2/awslambda"
	"github.com/aws/jsii-runtime-go"
)

// addRealtime gives the front's WebSocket API its routes and the stage whose name is the path on the one origin.
// $connect has no authorizer: the function knows the front by its secret, and redeems the one-use ticket in the query.
func addRealtime(stack awscdk.Stack, s Settings, f front, function awslambda.Function) {
	api := awsapigatewayv2.WebSocketApi_FromWebSocketApiAttributes(stack, jsii.String("Realtime"),
		&awsapigatewayv2.WebSocketApiAttributes{WebSocketId: f.realtime.ApiId()})
	stage := awsapigatewayv2.NewWebSocketStage(stack, jsii.String("realtime-stage"), &awsapigatewayv2.WebSocketStageProps{
		WebSocketApi: api, StageName: jsii.String(strings.TrimPrefix(realtimePath, "/")),
		AutoDeploy: jsii.Bool(true), Throttle: throttle(200),
	})
	logAccess(stack, s, "realtime", stage, realtimeLog)
	stage.Node().AddDependency(newLogWriter(stack))
	for _, key := range []string{"$connect", "$disconnect", "$default"} {
		route := awsapigatewayv2.NewWebSocketRoute(stack, jsii.String("realtime-"+key[1:]), &awsapigatewayv2.WebSocketRouteProps{
			WebSocketApi: api, RouteKey: jsii.String(key),
			Integration: awsapigatewayv2integrations.NewWebSocketLambdaIntegration(jsii.String("realtime"), function, nil),
		})
		stage.Node().AddDependency(route) // an API without routes can't be deployed
	}
}
