// Package dynamotest gives tests a real DynamoDB. Tables are shared by all tests of a package, and, when
// GUICHET_DYNAMODB_ENDPOINT is set, by all packages: name each test's table uniquely, with Table.
package dynamotest

import (
	"context"
	"crypto/rand"
	"sync"
	"testing"

	"guichet/infra/local/dynamo"
)

// shared is one server a test binary. It is never closed, since no test knows that it is the last one: it ends with
// the binary, even if that is killed.
var shared = sync.OnceValues(func() (*dynamo.Server, error) {
	return dynamo.Start(context.Background(), dynamo.Options{})
})

// Endpoint is the base URL of an in-memory DynamoDB Local, started by the first test that asks.
func Endpoint(t testing.TB) string {
	t.Helper()
	server, err := shared()
	if err != nil {
		t.Fatalf("start DynamoDB Local: %v", err)
	}
	return server.Endpoint()
}

// Table is a name that no other test uses.
func Table(t testing.TB) string {
	t.Helper()
	return "test-" + rand.Text()
}
