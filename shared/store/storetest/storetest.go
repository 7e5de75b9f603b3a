// Package storetest opens the real store for tests, over any DynamoDB endpoint. It is imported by tests only.
package storetest

import (
	"context"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"guichet/shared/store"
)

// Client returns a client of the endpoint; options, such as another HTTP client, come last.
func Client(endpoint string, options ...func(*dynamodb.Options)) *dynamodb.Client {
	return dynamodb.New(dynamodb.Options{
		Region: "eu-west-1", BaseEndpoint: aws.String(endpoint),
		Credentials: credentials.NewStaticCredentialsProvider("test", "test", ""),
	}, options...)
}

// Open creates the table and returns a store over it.
func Open(t testing.TB, endpoint, table string) *store.Store {
	t.Helper()
	client := Client(endpoint)
	if err := store.EnsureTable(context.Background(), client, table); err != nil {
		t.Fatal(err)
	}
	return store.New(client, table)
}

// WithoutStream turns the table's stream off, for tests of many thousand writes: the emulator keeps each record.
func WithoutStream(t testing.TB, endpoint, table string) {
	t.Helper()
	_, err := Client(endpoint).UpdateTable(context.Background(), &dynamodb.UpdateTableInput{
		TableName: &table, StreamSpecification: &types.StreamSpecification{StreamEnabled: aws.Bool(false)},
	})
	if err != nil {
		t.Fatal(err)
	}
}
