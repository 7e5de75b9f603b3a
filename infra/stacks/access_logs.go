package stacks

import (
	"encoding/json"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsapigateway"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsapigatewayv2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/aws-cdk-go/awscdk/v2/awslogs"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
)

// httpLog are the fields of a request in the HTTP API's log. There is no path, but the route that it took, and no query: who
// called whom is in them. The client's address would be CloudFront's.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging-variables.html
var httpLog = map[string]string{
	"requestId":          "$context.requestId",
	"time":               "$context.requestTime",
	"method":             "$context.httpMethod",
	"route":              "$context.routeKey",
	"status":             "$context.status",
	"bytes":              "$context.responseLength",
	"milliseconds":       "$context.responseLatency",
	"functionStatus":     "$context.integration.status",
	"functionMs":         "$context.integration.latency",
	"functionError":      "$context.integrationErrorMessage",
	"authorizationError": "$context.authorizer.error",
	"error":              "$context.error.message",
}

// realtimeLog are those of a connection's events in the WebSocket API's log. The ticket is in the query of the first.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-logging.html
var realtimeLog = map[string]string{
	"requestId":      "$context.requestId",
	"time":           "$context.requestTime",
	"event":          "$context.eventType",
	"route":          "$context.routeKey",
	"connection":     "$context.connectionId",
	"status":         "$context.status",
	"functionStatus": "$context.integration.status",
	"functionMs":     "$context.integration.latency",
	"functionError":  "$context.integration.error",
	"error":          "$context.error.message",
}

// logAccess has a stage write a line of JSON about each request.
func logAccess(stack awscdk.Stack, s Settings, name string, stage constructs.Construct, fields map[string]string) {
	log := awslogs.NewLogGroup(stack, jsii.String(name+"-access"), &awslogs.LogGroupProps{
		LogGroupName:  jsii.String("/" + s.Prefix + "/" + name + "-access"),
		Retention:     awslogs.RetentionDays_ONE_MONTH,
		RemovalPolicy: awscdk.RemovalPolicy_DESTROY,
	})
	format, err := json.Marshal(fields)
	if err != nil {
		panic(err) // strings alone: only a programming error gets here
	}
	stage.Node().DefaultChild().(awsapigatewayv2.CfnStage).SetAccessLogSettings(&awsapigatewayv2.CfnStage_AccessLogSettingsProperty{
		DestinationArn: log.LogGroupArn(), Format: jsii.String(string(format)),
	})
}

// newLogWriter gives API Gateway the role without which WebSocket APIs may have no logs; HTTP APIs need none. There is one
// for all APIs of an account in a Region, so role and setting stay when the centre goes: others may live by them.
// https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html
func newLogWriter(stack awscdk.Stack) constructs.IDependable {
	role := awsiam.NewRole(stack, jsii.String("LogWriter"), &awsiam.RoleProps{
		AssumedBy:       awsiam.NewServicePrincipal(jsii.String("apigateway.amazonaws.com"), nil),
		Description:     jsii.String("Writes the logs of the WebSocket APIs of this account and Region"),
		ManagedPolicies: &[]awsiam.IManagedPolicy{awsiam.ManagedPolicy_FromAwsManagedPolicyName(jsii.String("service-role/AmazonAPIGatewayPushToCloudWatchLogs"))},
	})
	role.ApplyRemovalPolicy(awscdk.RemovalPolicy_RETAIN)
	account := awsapigateway.NewCfnAccount(stack, jsii.String("ApiGateway"), &awsapigateway.CfnAccountProps{CloudWatchRoleArn: role.RoleArn()})
	account.ApplyRemovalPolicy(awscdk.RemovalPolicy_RETAIN, nil)
	return account
}
