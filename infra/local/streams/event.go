package streams

import (
	"github.com/aws/aws-lambda-go/events"
	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodbstreams/types"
)

// eventRecord is the record as Lambda gives it to functions:
// https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html
func eventRecord(record types.Record, arn, region string) events.DynamoDBEventRecord {
	event := events.DynamoDBEventRecord{
		AWSRegion: region, EventSourceArn: arn, EventSource: "aws:dynamodb",
		EventID: aws.ToString(record.EventID), EventName: string(record.EventName), EventVersion: aws.ToString(record.EventVersion),
	}
	if identity := record.UserIdentity; identity != nil {
		event.UserIdentity = &events.DynamoDBUserIdentity{Type: aws.ToString(identity.Type), PrincipalID: aws.ToString(identity.PrincipalId)}
	}
	change := record.Dynamodb
	if change == nil {
		return event
	}
	event.Change = events.DynamoDBStreamRecord{
		Keys: eventItem(change.Keys), NewImage: eventItem(change.NewImage), OldImage: eventItem(change.OldImage),
		SequenceNumber: aws.ToString(change.SequenceNumber), SizeBytes: aws.ToInt64(change.SizeBytes),
		StreamViewType: string(change.StreamViewType),
	}
	event.Change.ApproximateCreationDateTime.Time = aws.ToTime(change.ApproximateCreationDateTime)
	return event
}

func eventItem(item map[string]types.AttributeValue) map[string]events.DynamoDBAttributeValue {
	if item == nil {
		return nil
	}
	converted := make(map[string]events.DynamoDBAttributeValue, len(item))
	for name, value := range item {
		converted[name] = eventValue(value)
	}
	return converted
}

func eventValue(value types.AttributeValue) events.DynamoDBAttributeValue {
	switch v := value.(type) {
	case *types.AttributeValueMemberS:
		return events.NewStringAttribute(v.Value)
	case *types.AttributeValueMemberN:
		return events.NewNumberAttribute(v.Value)
	case *types.AttributeValueMemberBOOL:
		return events.NewBooleanAttribute(v.Value)
	case *types.AttributeValueMemberB:
		return events.NewBinaryAttribute(v.Value)
	case *types.AttributeValueMemberM:
		return events.NewMapAttribute(eventItem(v.Value))
	case *types.AttributeValueMemberL:
		list := make([]events.DynamoDBAttributeValue, len(v.Value))
		for i, element := range v.Value {
			list[i] = eventValue(element)
		}
		return events.NewListAttribute(list)
	case *types.AttributeValueMemberSS:
		return events.NewStringSetAttribute(v.Value)
	case *types.AttributeValueMemberNS:
		return events.NewNumberSetAttribute(v.Value)
	case *types.AttributeValueMemberBS:
		return events.NewBinarySetAttribute(v.Value)
	default:
		return events.NewNullAttribute()
	}
}
