// Package objectstest opens the real object store for tests, over an S3 of their own that checks signatures. It is imported
// by tests only.
package objectstest

import (
	"net/http/httptest"
	"testing"

	local "guichet/infra/local/objects"
	"guichet/shared/objects"
)

// Open returns an empty bucket.
func Open(t testing.TB) *objects.Bucket {
	t.Helper()
	store, err := local.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(store)
	t.Cleanup(server.Close)
	return objects.New(store.Config(server.URL), local.Bucket)
}
