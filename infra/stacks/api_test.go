package stacks

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestRoutesAndWhoMayCallThem(t *testing.T) {
	t.Parallel()
	got := map[string]string{}
	for _, route := range resources(stack(t, "api"), "AWS::ApiGatewayV2::Route") {
		properties := route["Properties"].(object)
		got[properties["RouteKey"].(string)] = properties["AuthorizationType"].(string)
		if properties["AuthorizationType"] == "JWT" {
			assert.Contains(t, properties, "AuthorizerId")
		}
	}
	assert.Equal(t, map[string]string{
		"ANY /api/{proxy+}":            "JWT",
		"GET /api/cards":               "JWT",
		"GET /api/activity/{proxy+}":   "JWT",
		"GET /api/reports":             "JWT",
		"GET /api/reports.csv":         "JWT",
		"GET /api/supervision":         "JWT",
		"GET /api/queues/{id}/details": "JWT",
		"ANY /twilio/voice/{proxy+}":   "NONE",
		"ANY /channels/{proxy+}":       "NONE",
		"POST /hooks/media":            "NONE",
		"$connect":                     "NONE",
		"$disconnect":                  "NONE",
		"$default":                     "NONE",
	}, got)
	authorizer := only(t, stack(t, "api"), "AWS::ApiGatewayV2::Authorizer")
	assert.Equal(t, "JWT", authorizer["AuthorizerType"])
	assert.Contains(t, text(t, authorizer["JwtConfiguration"]), "acme-identity:")
}

func TestStages(t *testing.T) {
	t.Parallel()
	names := map[any]bool{}
	for id, stage := range resources(stack(t, "api"), "AWS::ApiGatewayV2::Stage") {
		properties := stage["Properties"].(object)
		names[properties["StageName"]] = true
		assert.Contains(t, properties["DefaultRouteSettings"], "ThrottlingRateLimit", id)
		if properties["StageName"] == "realtime" {
			assert.Len(t, stage["DependsOn"], 10, "three routes with their integrations and permissions come first, and who may write logs")
		}
	}
	assert.Equal(t, map[any]bool{"$default": true, "realtime": true}, names)
}

func TestStreamMappings(t *testing.T) {
	t.Parallel()
	windows, keys := map[string]any{}, map[string]string{}
	for id, mapping := range resources(stack(t, "api"), "AWS::Lambda::EventSourceMapping") {
		properties := mapping["Properties"].(object)
		wantMapping(t, properties)
		name, _, _ := strings.Cut(id, "Dynamo")
		keys[name] = text(t, properties["FilterCriteria"])
		windows[name] = properties["TumblingWindowInSeconds"]
	}
	assert.Equal(t, map[string]any{"stream": nil, "cards": 900.0}, windows, "only a mapping with a window tells the shard")
	for _, followed := range []string{"AGENT", "CONTACT#", "CHAT#", "CONNECTION", "VOICEMAIL#"} {
		assert.Contains(t, keys["stream"], followed)
		assert.Contains(t, keys["cards"], followed)
	}
	assert.Contains(t, keys["cards"], "QUEUE#")
	assert.NotContains(t, keys["stream"], "QUEUE#")
}

func TestAgentsDaysAreKeptEveryNight(t *testing.T) {
	t.Parallel()
	rule := only(t, stack(t, "api"), "AWS::Events::Rule")
	assert.Equal(t, "cron(20 2 * * ? *)", rule["ScheduleExpression"])
	target := rule["Targets"].([]any)[0].(object)
	assert.JSONEq(t, `{"keepDays":true}`, target["Input"].(string))
	assert.Contains(t, text(t, target["Arn"]), "cards")
	failures := only(t, stack(t, "api"), "AWS::Lambda::EventInvokeConfig")
	assert.Contains(t, text(t, failures["FunctionName"]), "cards")
	assert.Contains(t, text(t, failures["DestinationConfig"]), "failedrecords")
}

func wantMapping(t *testing.T, mapping object) {
	t.Helper()
	wants := object{
		"BatchSize": 100.0, "MaximumBatchingWindowInSeconds": 0.0, "ParallelizationFactor": 1.0, "BisectBatchOnFunctionError": true,
		"MaximumRetryAttempts": 10.0, "StartingPosition": "TRIM_HORIZON", "FunctionResponseTypes": []any{"ReportBatchItemFailures"},
	}
	for name, want := range wants {
		assert.Equal(t, want, mapping[name], name)
	}
	require.Contains(t, mapping, "DestinationConfig")
	assert.Contains(t, text(t, mapping["DestinationConfig"]), "failedrecords")
}
