// Package resttest holds what the REST APIs' tests share.
package resttest

import (
	"bytes"
	"encoding/json"
	"os"
	"testing"

	"github.com/stretchr/testify/require"
)

// OpenAPIFile holds the checked-in description of an API, from which the dashboard's client is generated, to the code.
func OpenAPIFile(t *testing.T, update bool, describe func() ([]byte, error)) {
	t.Helper()
	got, err := describe()
	require.NoError(t, err)
	if update {
		var indented bytes.Buffer
		require.NoError(t, json.Indent(&indented, got, "", "  "))
		require.NoError(t, os.WriteFile("openapi.json", append(indented.Bytes(), '\n'), 0o600))
	}
	want, err := os.ReadFile("openapi.json")
	require.NoError(t, err)
	require.JSONEq(t, string(want), string(got), "run this test with -update, then npm run generate in dashboard/")
}
