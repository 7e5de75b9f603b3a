package streams_test

import (
	"context"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodbstreams"
	"github.com/aws/aws-sdk-go-v2/service/dynamodbstreams/types"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/infra/local/streams"
)

// splitStream is a stream whose first shard was split in two, which DynamoDB Local does only after hours. It has
// one record a shard, named as the shard is, and the iterators of a shard expire once.
type splitStream struct {
	streams.Client
	expired map[string]bool
}

func (*splitStream) ListStreams(context.Context, *dynamodbstreams.ListStreamsInput, ...func(*dynamodbstreams.Options)) (*dynamodbstreams.ListStreamsOutput, error) {
	return &dynamodbstreams.ListStreamsOutput{Streams: []types.Stream{{StreamArn: aws.String("arn"), StreamLabel: aws.String("1")}}}, nil
}

func (*splitStream) DescribeStream(_ context.Context, in *dynamodbstreams.DescribeStreamInput, _ ...func(*dynamodbstreams.Options)) (*dynamodbstreams.DescribeStreamOutput, error) {
	// Two pages, children first.
	if in.ExclusiveStartShardId == nil {
		return &dynamodbstreams.DescribeStreamOutput{StreamDescription: &types.StreamDescription{
			LastEvaluatedShardId: aws.String("child"),
			Shards:               []types.Shard{{ShardId: aws.String("child"), ParentShardId: aws.String("parent")}},
		}}, nil
	}
	return &dynamodbstreams.DescribeStreamOutput{StreamDescription: &types.StreamDescription{
		Shards: []types.Shard{{ShardId: aws.String("parent"), ParentShardId: aws.String("trimmed long ago")}},
	}}, nil
}

func (*splitStream) GetShardIterator(_ context.Context, in *dynamodbstreams.GetShardIteratorInput, _ ...func(*dynamodbstreams.Options)) (*dynamodbstreams.GetShardIteratorOutput, error) {
	if aws.ToString(in.SequenceNumber) == "trimmed" {
		return nil, &types.TrimmedDataAccessException{}
	}
	return &dynamodbstreams.GetShardIteratorOutput{ShardIterator: aws.String(*in.ShardId + " 0")}, nil
}

func (s *splitStream) GetRecords(_ context.Context, in *dynamodbstreams.GetRecordsInput, _ ...func(*dynamodbstreams.Options)) (*dynamodbstreams.GetRecordsOutput, error) {
	shard, at, _ := strings.Cut(*in.ShardIterator, " ")
	if !s.expired[shard] {
		s.expired[shard] = true
		return nil, &types.ExpiredIteratorException{}
	}
	if at == "1" {
		return &dynamodbstreams.GetRecordsOutput{}, nil // closed: no next iterator
	}
	return &dynamodbstreams.GetRecordsOutput{NextShardIterator: aws.String(shard + " 1"), Records: []types.Record{{Dynamodb: &types.StreamRecord{
		SequenceNumber: aws.String(strconv.Itoa(len(shard))), Keys: map[string]types.AttributeValue{"pk": &types.AttributeValueMemberS{Value: shard}},
	}}}}, nil
}

func TestParentsComeBeforeChildren(t *testing.T) {
	t.Parallel()
	path, k := filepath.Join(t.TempDir(), "streams.json"), &taker{}
	require.NoError(t, os.WriteFile(path, []byte(`{"parent":{"after":"trimmed"},"gone":{"after":"3","finished":true}}`), 0o600))
	checkpoints, err := streams.OpenCheckpoints(path)
	require.NoError(t, err)
	run(t, &splitStream{expired: map[string]bool{}}, streams.Options{Table: "t", Checkpoints: checkpoints}, k.handle)
	k.eventually(t, "parent", "child")
	require.Eventually(t, func() bool {
		content, err := os.ReadFile(path)
		return err == nil && string(content) == `{"child":{"after":"5","finished":true},"parent":{"after":"6","finished":true}}`
	}, 20*time.Second, time.Millisecond)
}

func TestCheckpointsThatCannotBeRead(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "streams.json")
	require.NoError(t, os.WriteFile(path, []byte("{"), 0o600))
	_, err := streams.OpenCheckpoints(path)
	assert.ErrorContains(t, err, path)
}
