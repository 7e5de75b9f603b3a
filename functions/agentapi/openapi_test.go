package agentapi_test

import (
	"flag"
	"testing"

	"guichet/functions/agentapi"
	"guichet/functions/internal/rest/resttest"
)

var update = flag.Bool("update", false, "write openapi.json")

// go test ./functions/agentapi -run TestOpenAPIFile -update
func TestOpenAPIFile(t *testing.T) {
	t.Parallel()
	resttest.OpenAPIFile(t, *update, agentapi.OpenAPI)
}
