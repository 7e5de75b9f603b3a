package stacks

import (
	"fmt"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsapigatewayv2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsapigatewayv2authorizers"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsapigatewayv2integrations"
	"github.com/aws/aws-cdk-go/awscdk/v2/awslambda"
	"github.com/aws/jsii-runtime-go"

	"guichet/shared/mediaapi"
)

// reportPaths are those of functions/reportapi; infra/local/gateway has the same. They win over the wildcard, being closer.
var reportPaths = []string{
	"/api/cards", "/api/activity/{proxy+}", "/api/reports", "/api/reports.csv", "/api/supervision", "/api/queues/{id}/details",
}

type httpFunctions struct {
	agentAPI, reportAPI, voice, channelHook, mediaHook awslambda.Function
}

// addHTTP gives the front's HTTP API its routes. The API is imported, so that what belongs to a route lands in this
// stack: the front would otherwise depend on the functions that depend on it.
func addHTTP(stack awscdk.Stack, s Settings, f front, id identity, functions httpFunctions) {
	api := awsapigatewayv2.HttpApi_FromHttpApiAttributes(stack, jsii.String("Http"), &awsapigatewayv2.HttpApiAttributes{
		HttpApiId: f.http.ApiId(),
	})
	signedIn := awsapigatewayv2authorizers.NewHttpJwtAuthorizer(jsii.String("signed-in"), id.pool.UserPoolProviderUrl(),
		&awsapigatewayv2authorizers.HttpJwtAuthorizerProps{JwtAudience: &[]*string{id.client.UserPoolClientId()}})
	// The providers and the nodes sign their requests; the functions verify that.
	signedByCaller := awsapigatewayv2.NewHttpNoneAuthorizer()

	route := func(name, path string, method awsapigatewayv2.HttpMethod, who awsapigatewayv2.IHttpRouteAuthorizer, function awslambda.Function) {
		awsapigatewayv2.NewHttpRoute(stack, jsii.String(name+"-route"), &awsapigatewayv2.HttpRouteProps{
			HttpApi: api, RouteKey: awsapigatewayv2.HttpRouteKey_With(jsii.String(path), method), Authorizer: who,
			Integration: awsapigatewayv2integrations.NewHttpLambdaIntegration(jsii.String(name), function, nil),
		})
	}
	route("agentapi", "/api/{proxy+}", awsapigatewayv2.HttpMethod_ANY, signedIn, functions.agentAPI)
	for i, path := range reportPaths {
		route(fmt.Sprintf("reportapi-%d", i), path, awsapigatewayv2.HttpMethod_GET, signedIn, functions.reportAPI)
	}
	route("voice", "/twilio/voice/{proxy+}", awsapigatewayv2.HttpMethod_ANY, signedByCaller, functions.voice)
	route("channelhook", "/channels/{proxy+}", awsapigatewayv2.HttpMethod_ANY, signedByCaller, functions.channelHook)
	route("mediahook", mediaapi.EventPath, awsapigatewayv2.HttpMethod_POST, signedByCaller, functions.mediaHook)

	stage := awsapigatewayv2.NewHttpStage(stack, jsii.String("http-stage"), &awsapigatewayv2.HttpStageProps{
		HttpApi: api, AutoDeploy: jsii.Bool(true), Throttle: throttle(500),
	})
	logAccess(stack, s, "http", stage, httpLog)
}

// throttle ends a runaway client before it costs; a centre of 500 agents stays far below. Bursts come when many
// desks reconnect at once.
func throttle(perSecond float64) *awsapigatewayv2.ThrottleSettings {
	return &awsapigatewayv2.ThrottleSettings{RateLimit: jsii.Number(perSecond), BurstLimit: jsii.Number(1000)}
}
