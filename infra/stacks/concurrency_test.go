package stacks

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

// A flood of what is open to everybody leaves calls three quarters of the account's executions.
func TestCallsHaveRoom(t *testing.T) {
	t.Parallel()
	ceilings := map[string]any{}
	for name, function := range functions(t) {
		if most, has := function["ReservedConcurrentExecutions"]; has {
			ceilings[name] = most
		}
	}
	assert.Equal(t, map[string]any{"channelhook": 100.0, "realtime": 100.0, "reportapi": 50.0}, ceilings, "of the 1000 that an account has")
	for id, function := range resources(otherStack(t, "api"), "AWS::Lambda::Function") {
		assert.NotContains(t, function["Properties"], "ReservedConcurrentExecutions", "%s: where there are only 100, AWS keeps them all", id)
	}
}
