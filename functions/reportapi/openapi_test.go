package reportapi_test

import (
	"flag"
	"testing"

	"guichet/functions/internal/rest/resttest"
	"guichet/functions/reportapi"
)

var update = flag.Bool("update", false, "write openapi.json")

// go test ./functions/reportapi -run TestOpenAPIFile -update
func TestOpenAPIFile(t *testing.T) {
	t.Parallel()
	resttest.OpenAPIFile(t, *update, reportapi.OpenAPI)
}
