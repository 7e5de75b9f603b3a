package store

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
)

// ChatPlace is a chat's place in a line. Places order the chats of all lines: oldest first.
type ChatPlace struct {
	QueueID, ChatID, Place string
	EnteredAt              time.Time
}

// ChatLine reads the places of the chats that wait for an agent in a queue, oldest first. The read is strongly consistent:
// whichever chat took its place before it is in it.
func (s *Store) ChatLine(ctx context.Context, queueID string) ([]ChatPlace, error) {
	var line []ChatPlace
	err := s.query(ctx, chatList(queueID, lineSortPrefix), func(page []item) (bool, error) {
		for _, it := range page {
			place := strings.TrimPrefix(sortOf(it), lineSortPrefix)
			entered, id, _ := strings.Cut(place, "#")
			at, err := parseTime(entered)
			if err != nil {
				return false, fmt.Errorf("decode place %s: %w", place, err)
			}
			line = append(line, ChatPlace{QueueID: queueID, ChatID: id, Place: place, EnteredAt: at})
		}
		return true, nil
	})
	return line, err
}

// ResolvedChats reads the ids of a queue's resolved chats, latest first: at most limit, from before a cursor on. The
// cursor of each id is its place in the list.
func (s *Store) ResolvedChats(ctx context.Context, queueID, cursor string, limit int) ([]ResolvedChat, error) {
	in := chatList(queueID, doneSortPrefix)
	in.ConsistentRead, in.ScanIndexForward, in.Limit = aws.Bool(false), aws.Bool(false), aws.Int32(int32(limit)) //nolint:gosec // a page
	if cursor != "" {
		in.KeyConditionExpression = aws.String("pk = :pk AND sk BETWEEN :list AND :cursor")
		in.ExpressionAttributeValues[":cursor"] = text(doneSortPrefix + cursor)
	}
	var list []ResolvedChat
	err := s.query(ctx, in, func(page []item) (bool, error) {
		for _, it := range page {
			if at := strings.TrimPrefix(sortOf(it), doneSortPrefix); at != cursor && len(list) < limit {
				list = append(list, ResolvedChat{ChatID: lastPart(at), Cursor: at})
			}
		}
		return len(list) < limit, nil
	})
	return list, err
}

// ResolvedChat is an entry of the list of resolved chats. Cursors order the entries of all queues by time.
type ResolvedChat struct{ ChatID, Cursor string }

func chatList(queueID, prefix string) *dynamodb.QueryInput {
	return &dynamodb.QueryInput{
		KeyConditionExpression:    aws.String("pk = :pk AND begins_with(sk, :list)"),
		ExpressionAttributeValues: item{":pk": text(queuePartition(queueID)), ":list": text(prefix)},
		ConsistentRead:            aws.Bool(true),
	}
}

func sortOf(it item) string {
	if sk, ok := it[SortKey].(*types.AttributeValueMemberS); ok {
		return sk.Value
	}
	return ""
}

func lastPart(s string) string { return s[strings.LastIndexByte(s, '#')+1:] }
