// Package objectstest opens the real object store for tests, over an S3 of their own that checks signatures. It is imported
// by tests only.
package objectstest

import (
	"net/http/httptest"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/s3"

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
	return objects.New(s3.NewFromConfig(store.Config(server.URL), func(o *s3.Options) { o.UsePathStyle = true }), local.Bucket)
}
