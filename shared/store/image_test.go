package store_test

import (
	"context"
	"encoding/json"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-lambda-go/events"
	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodbstreams"
	"github.com/aws/aws-sdk-go-v2/service/dynamodbstreams/types"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/infra/local/dynamo/dynamotest"
	"guichet/shared/center"
	"guichet/shared/store"
	"guichet/shared/store/storetest"
)

// TestDecodeImage reads back, from the table's real stream, what was written.
func TestDecodeImage(t *testing.T) {
	t.Parallel()
	ctx, endpoint, table := context.Background(), dynamotest.Endpoint(t), dynamotest.Table(t)
	s := storetest.Open(t, endpoint, table)
	c, a := fullContact(), fullAgent()
	save(t, s, a)
	require.NoError(t, s.Commit(ctx, store.Change{Contact: c}))
	agentBefore, contactBefore := *a, *c
	a.ContactID, a.WrapUp = "", nil // which makes them available
	save(t, s, a)
	c.From = ""
	require.NoError(t, s.Commit(ctx, store.Change{Contact: c}))
	require.NoError(t, s.AddConnection(ctx, store.Connection{ID: "k1", AgentID: "ada", LeaseUntil: noon}))
	_, err := s.RenewConnection(ctx, "k1", noon.Add(time.Minute))
	require.NoError(t, err)
	require.NoError(t, s.RemoveConnection(ctx, "k1"))

	var got []store.Image
	for _, r := range streamRecords(t, endpoint, table) {
		img, err := store.DecodeImage(r)
		require.NoError(t, err)
		got = append(got, img)
	}
	assert.Equal(t, []store.Image{
		{AgentAfter: &agentBefore},
		{ContactAfter: &contactBefore},
		{AgentBefore: &agentBefore, AgentAfter: a},
		{ContactBefore: &contactBefore, ContactAfter: c},
		{Desks: true, Watches: true},
		{}, // a lease
		{Desks: true, Watches: true},
	}, got)
}

func TestDecodeImageRefusesWhatItCannotRead(t *testing.T) {
	t.Parallel()
	for name, record := range map[string]string{
		"no keys":          `{}`,
		"a key of numbers": `{"Keys": {"pk": {"N": "1"}, "sk": {"S": "x"}}}`,
		"a time":           `{"Keys": {"pk": {"S": "AGENT"}, "sk": {"S": "ada"}}, "NewImage": {"idleSince": {"S": "yesterday"}}}`,
		"a type":           `{"Keys": {"pk": {"S": "CONTACT#c"}, "sk": {"S": "CONTACT"}}, "OldImage": {"priority": {"S": "high"}}}`,
	} {
		var change events.DynamoDBStreamRecord
		require.NoError(t, json.Unmarshal([]byte(record), &change), name)
		_, err := store.DecodeImage(events.DynamoDBEventRecord{Change: change})
		assert.Error(t, err, name)
		assert.Empty(t, center.CodeOf(err), "an internal error")
	}
}

// streamRecords reads a table's stream from its beginning, in order, as the Lambda service hands it over.
func streamRecords(t *testing.T, endpoint, table string) []events.DynamoDBEventRecord {
	t.Helper()
	ctx := context.Background()
	described, err := storetest.Client(endpoint).DescribeTable(ctx, &dynamodb.DescribeTableInput{TableName: &table})
	require.NoError(t, err)
	arn := described.Table.LatestStreamArn
	client := dynamodbstreams.New(dynamodbstreams.Options{
		Region: "eu-west-1", BaseEndpoint: &endpoint, Credentials: credentials.NewStaticCredentialsProvider("test", "test", ""),
	})
	stream, err := client.DescribeStream(ctx, &dynamodbstreams.DescribeStreamInput{StreamArn: arn})
	require.NoError(t, err)
	require.Len(t, stream.StreamDescription.Shards, 1)
	iterator, err := client.GetShardIterator(ctx, &dynamodbstreams.GetShardIteratorInput{
		StreamArn: arn, ShardId: stream.StreamDescription.Shards[0].ShardId, ShardIteratorType: types.ShardIteratorTypeTrimHorizon,
	})
	require.NoError(t, err)
	out, err := client.GetRecords(ctx, &dynamodbstreams.GetRecordsInput{ShardIterator: iterator.ShardIterator})
	require.NoError(t, err)
	var records []events.DynamoDBEventRecord
	for _, r := range out.Records {
		records = append(records, events.DynamoDBEventRecord{EventID: aws.ToString(r.EventID), Change: events.DynamoDBStreamRecord{
			Keys: attributes(t, r.Dynamodb.Keys), OldImage: attributes(t, r.Dynamodb.OldImage), NewImage: attributes(t, r.Dynamodb.NewImage),
		}})
	}
	return records
}

func attributes(t *testing.T, from map[string]types.AttributeValue) map[string]events.DynamoDBAttributeValue {
	t.Helper()
	to := map[string]events.DynamoDBAttributeValue{}
	for name, v := range from {
		to[name] = attribute(t, v)
	}
	return to
}

func attribute(t *testing.T, v types.AttributeValue) events.DynamoDBAttributeValue {
	t.Helper()
	switch v := v.(type) {
	case *types.AttributeValueMemberS:
		return events.NewStringAttribute(v.Value)
	case *types.AttributeValueMemberN:
		return events.NewNumberAttribute(v.Value)
	case *types.AttributeValueMemberBOOL:
		return events.NewBooleanAttribute(v.Value)
	case *types.AttributeValueMemberSS:
		return events.NewStringSetAttribute(v.Value)
	case *types.AttributeValueMemberL:
		var list []events.DynamoDBAttributeValue
		for _, e := range v.Value {
			list = append(list, attribute(t, e))
		}
		return events.NewListAttribute(list)
	case *types.AttributeValueMemberM:
		return events.NewMapAttribute(attributes(t, v.Value))
	case *types.AttributeValueMemberNULL:
		return events.NewNullAttribute()
	}
	t.Fatalf("the table holds a %T", v)
	return events.DynamoDBAttributeValue{}
}

// TestFollowedKeysAreAllThere holds FollowedKeys to the keys that DecodeImage looks at: a noun that is forgotten there is one whose
// changes nobody is told of on AWS.
func TestFollowedKeysAreAllThere(t *testing.T) {
	t.Parallel()
	source, err := os.ReadFile("image.go")
	require.NoError(t, err)
	_, decode, _ := strings.Cut(string(source), "func DecodeImage(")
	decode, _, _ = strings.Cut(decode, "\n}\n")
	// By the sort key alone a contact, a chat and a message are told; the rest by their partition.
	assert.Equal(t, 6, strings.Count(decode, "\tcase "), "a noun more: is its partition among FollowedKeys?")
	assert.Len(t, store.FollowedKeys(), 5, "a chat's messages are in its partition")
}
