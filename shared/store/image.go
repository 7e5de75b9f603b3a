package store

import (
	"fmt"
	"slices"
	"strings"

	"github.com/aws/aws-lambda-go/events"
	"github.com/aws/aws-sdk-go-v2/feature/dynamodb/attributevalue"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"guichet/shared/center"
)

// Image is what one stream record changed, decoded: at most one noun, before and after. A nil side did not exist.
type Image struct {
	AgentBefore, AgentAfter     *center.Agent
	ContactBefore, ContactAfter *center.Contact
	ChatBefore, ChatAfter       *center.Chat
	MessageBefore, MessageAfter *center.Message

	VoicemailBefore, VoicemailAfter *center.Voicemail
	// Desks tells that a desk has connected or gone.
	Desks bool
	// Watches tells that the desks which watch cards have changed.
	Watches bool
	// QueueID is the queue whose line, schedule, agents or chats have changed; empty when none's.
	QueueID string
}

// FollowedKeys are the beginnings of the partition keys of which DecodeImage can tell anything but QueueID: a function that follows the
// stream need not be called for others.
func FollowedKeys() []string {
	return []string{agentPartition, contactPartition(""), chatPartition(""), connectionPartition, voicemailPrefix}
}

// FollowedQueueKeys are the beginnings of the partition keys of which it tells QueueID.
func FollowedQueueKeys() []string { return []string{queuePartition("")} }

// DecodeImage reads a stream record with both images. Records of other nouns give an empty image.
func DecodeImage(r events.DynamoDBEventRecord) (Image, error) {
	var img Image
	key := r.Change.Keys
	pk, sk := key[PartitionKey], key[SortKey]
	if pk.DataType() != events.DataTypeString || sk.DataType() != events.DataTypeString {
		return img, fmt.Errorf("decode stream record %s: keys are not strings", r.EventID)
	}
	img.QueueID = queueOf(pk.String(), sk.String())
	var err error
	switch {
	case pk.String() == agentPartition:
		img.AgentBefore, img.AgentAfter, err = imagesOf(r, agentRecord.agent)
	case sk.String() == contactSort:
		img.ContactBefore, img.ContactAfter, err = imagesOf(r, contactRecord.contact)
	case strings.HasPrefix(pk.String(), voicemailPrefix):
		img.VoicemailBefore, img.VoicemailAfter, err = imagesOf(r, voicemailRecord.voicemail)
	case sk.String() == chatSort:
		img.ChatBefore, img.ChatAfter, err = imagesOf(r, chatRecord.chat)
	case pk.String() == connectionPartition:
		img.Desks = len(r.Change.OldImage) == 0 || len(r.Change.NewImage) == 0 // else its lease was renewed
		img.Watches = img.Desks || !slices.Equal(watched(r.Change.OldImage), watched(r.Change.NewImage))
	case strings.HasPrefix(sk.String(), messageSortPrefix):
		img.MessageBefore, img.MessageAfter, err = imagesOf(r, messageRecord.message)
	}
	return img, err
}

func watched(image map[string]events.DynamoDBAttributeValue) []string {
	v, ok := image[watchAttribute]
	if !ok || v.DataType() != events.DataTypeStringSet {
		return nil
	}
	return slices.Sorted(slices.Values(v.StringSet()))
}

func imagesOf[R, T any](r events.DynamoDBEventRecord, decode func(R) (*T, error)) (before, after *T, err error) {
	if before, err = imageOf(r.Change.OldImage, decode); err != nil {
		return nil, nil, err
	}
	after, err = imageOf(r.Change.NewImage, decode)
	return before, after, err
}

func imageOf[R, T any](from map[string]events.DynamoDBAttributeValue, decode func(R) (*T, error)) (*T, error) {
	if len(from) == 0 {
		return nil, nil
	}
	it := make(item, len(from))
	for name, v := range from {
		it[name] = sdkValue(v)
	}
	var r R
	if err := attributevalue.UnmarshalMap(it, &r); err != nil {
		return nil, fmt.Errorf("decode stream image: %w", err)
	}
	return decode(r)
}

// sdkValue converts the Lambda event's attribute values, which the SDK does not share.
func sdkValue(v events.DynamoDBAttributeValue) types.AttributeValue {
	switch v.DataType() {
	case events.DataTypeString:
		return &types.AttributeValueMemberS{Value: v.String()}
	case events.DataTypeNumber:
		return &types.AttributeValueMemberN{Value: v.Number()}
	case events.DataTypeBoolean:
		return &types.AttributeValueMemberBOOL{Value: v.Boolean()}
	case events.DataTypeStringSet:
		return &types.AttributeValueMemberSS{Value: v.StringSet()}
	case events.DataTypeBinary:
		return &types.AttributeValueMemberB{Value: v.Binary()}
	case events.DataTypeList:
		list := &types.AttributeValueMemberL{}
		for _, e := range v.List() {
			list.Value = append(list.Value, sdkValue(e))
		}
		return list
	case events.DataTypeMap:
		m := &types.AttributeValueMemberM{Value: item{}}
		for name, e := range v.Map() {
			m.Value[name] = sdkValue(e)
		}
		return m
	default: // number and binary sets are not written by this package
		return &types.AttributeValueMemberNULL{Value: true}
	}
}
