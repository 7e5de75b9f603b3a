package agentapi_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"guichet/functions/agentapi"
)

var update = flag.Bool("update", false, "write openapi.json")

// TestOpenAPIFile holds the checked-in description, from which the dashboard's client is generated, to the code.
// go test ./functions/agentapi -run TestOpenAPIFile -update
func TestOpenAPIFile(t *testing.T) {
	t.Parallel()
	got, err := agentapi.OpenAPI()
	require.NoError(t, err)
	if *update {
		var indented bytes.Buffer
		require.NoError(t, json.Indent(&indented, got, "", "  "))
		require.NoError(t, os.WriteFile("openapi.json", append(indented.Bytes(), '\n'), 0o600))
	}
	want, err := os.ReadFile("openapi.json")
	require.NoError(t, err)
	require.JSONEq(t, string(want), string(got), "run this test with -update, then npm run generate in dashboard/")
}
