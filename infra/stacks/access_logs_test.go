package stacks

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// formats are those of the stages' logs, by the stage's name.
func formats(t *testing.T) map[string]map[string]string {
	t.Helper()
	found := map[string]map[string]string{}
	for id, stage := range resources(stack(t, "api"), "AWS::ApiGatewayV2::Stage") {
		properties := stage["Properties"].(object)
		settings := properties["AccessLogSettings"].(object)
		assert.Contains(t, text(t, settings["DestinationArn"]), "access", id)
		var fields map[string]string
		require.NoError(t, json.Unmarshal([]byte(settings["Format"].(string)), &fields), id)
		found[properties["StageName"].(string)] = fields
	}
	return found
}

func TestRequestsAreLogged(t *testing.T) {
	t.Parallel()
	all := formats(t)
	require.Len(t, all, 2)
	for name, fields := range all {
		for _, field := range []string{"requestId", "time", "route", "status", "error", "functionError"} {
			assert.True(t, strings.HasPrefix(fields[field], "$context."), "%s %s", name, field)
		}
	}
}

// Queries have callers' numbers and tickets; whole paths may have what comes after them, and headers and claims say who it is.
func TestLogsHaveNoQueries(t *testing.T) {
	t.Parallel()
	templates, err := center()
	require.NoError(t, err)
	for name, template := range templates {
		for _, kind := range []string{"AWS::ApiGatewayV2::Stage", "AWS::ApiGateway::Stage"} {
			for id, stage := range resources(template, kind) {
				settings := strings.ToLower(text(t, stage["Properties"].(object)["AccessLogSettings"]))
				for _, forbidden := range []string{
					"querystring", "$context.path", "resourcepath", "$context.customdomain", "$context.authorizer.claims", "$context.identity",
					"$request", "header", "sourceip", "useragent",
				} {
					assert.NotContains(t, settings, forbidden, "%s %s", name, id)
				}
			}
		}
	}
}

// The role and the setting are the account's: other APIs of the Region live by them.
func TestTheLogWriterStays(t *testing.T) {
	t.Parallel()
	api := stack(t, "api")
	for _, account := range resources(api, "AWS::ApiGateway::Account") {
		assert.Equal(t, "Retain", account["DeletionPolicy"])
		assert.Contains(t, text(t, account["Properties"]), "LogWriter")
	}
	for id, role := range resources(api, "AWS::IAM::Role") {
		if strings.HasPrefix(id, "LogWriter") {
			assert.Equal(t, "Retain", role["DeletionPolicy"])
			return
		}
	}
	t.Fatal("nobody writes the WebSocket API's log")
}
