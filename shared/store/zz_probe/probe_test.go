package probe

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"guichet/infra/local/dynamo/dynamotest"
	"guichet/shared/store"
)

func TestProbe(t *testing.T) {
	ctx := context.Background()
	c := dynamodb.New(dynamodb.Options{Region: "local", BaseEndpoint: aws.String(dynamotest.Endpoint(t)), Credentials: credentials.NewStaticCredentialsProvider("x", "y", "")})
	tab := dynamotest.Table(t)
	s := time.Now()
	if err := store.EnsureTable(ctx, c, tab); err != nil {
		t.Fatal(err)
	}
	fmt.Println("create", time.Since(s))
	s = time.Now()
	tab2 := tab + "b"
	store.EnsureTable(ctx, c, tab2)
	fmt.Println("create2", time.Since(s))
	S := func(v string) types.AttributeValue { return &types.AttributeValueMemberS{Value: v} }
	put := func(i int) {
		_, err := c.PutItem(ctx, &dynamodb.PutItemInput{TableName: &tab, Item: map[string]types.AttributeValue{"pk": S("a"), "sk": S(fmt.Sprint(i % 30)), "x": S("hello"), "ready": S("zz")}, ReturnConsumedCapacity: types.ReturnConsumedCapacityIndexes})
		if err != nil {
			t.Fatal(err)
		}
	}
	for range 5 {
		s = time.Now()
		for i := range 200 {
			put(i)
		}
		fmt.Println("put", time.Since(s)/200)
		s = time.Now()
		for i := range 200 {
			c.GetItem(ctx, &dynamodb.GetItemInput{TableName: &tab, Key: map[string]types.AttributeValue{"pk": S("a"), "sk": S(fmt.Sprint(i % 30))}})
		}
		fmt.Println("get", time.Since(s)/200)
		s = time.Now()
		for range 100 {
			c.Scan(ctx, &dynamodb.ScanInput{TableName: &tab})
		}
		fmt.Println("scan", time.Since(s)/100)
		s = time.Now()
		for range 100 {
			c.TransactWriteItems(ctx, &dynamodb.TransactWriteItemsInput{TransactItems: []types.TransactWriteItem{
				{Put: &types.Put{TableName: &tab, Item: map[string]types.AttributeValue{"pk": S("a"), "sk": S("t"), "x": S("hello")}}},
				{Put: &types.Put{TableName: &tab, Item: map[string]types.AttributeValue{"pk": S("b"), "sk": S("t"), "x": S("hello")}}},
			}})
		}
		fmt.Println("transact", time.Since(s)/100)
	}
	// condition failure all old
	_, err := c.PutItem(ctx, &dynamodb.PutItemInput{TableName: &tab, Item: map[string]types.AttributeValue{"pk": S("a"), "sk": S("1")}, ConditionExpression: aws.String("attribute_not_exists(pk)"), ReturnValuesOnConditionCheckFailure: types.ReturnValuesOnConditionCheckFailureAllOld})
	var ccf *types.ConditionalCheckFailedException
	fmt.Println(errors.As(err, &ccf), ccf.Item)
	// capacity
	for _, ready := range []string{"", "aa", "aa", "bb", ""} {
		it := map[string]types.AttributeValue{"pk": S("cap"), "sk": S("1"), "n": S(time.Now().String())}
		if ready != "" {
			it["ready"] = S(ready)
		}
		o, err := c.PutItem(ctx, &dynamodb.PutItemInput{TableName: &tab, Item: it, ReturnConsumedCapacity: types.ReturnConsumedCapacityIndexes})
		if err != nil {
			t.Fatal(err)
		}
		fmt.Printf("put ready=%q total %v table %v lsi %+v\n", ready, *o.ConsumedCapacity.CapacityUnits, *o.ConsumedCapacity.Table.CapacityUnits, o.ConsumedCapacity.LocalSecondaryIndexes)
		for k, v := range o.ConsumedCapacity.LocalSecondaryIndexes {
			fmt.Println("   ", k, *v.CapacityUnits)
		}
	}
	for _, ready := range []string{"aa", "bb", ""} {
		it := map[string]types.AttributeValue{"pk": S("cap"), "sk": S("1"), "n": S(time.Now().String())}
		if ready != "" {
			it["ready"] = S(ready)
		}
		tok := aws.String("tok" + ready + time.Now().String()[:20])
		for range 2 {
			o, err := c.TransactWriteItems(ctx, &dynamodb.TransactWriteItemsInput{ClientRequestToken: tok, ReturnConsumedCapacity: types.ReturnConsumedCapacityIndexes, TransactItems: []types.TransactWriteItem{{Put: &types.Put{TableName: &tab, Item: it}}, {Delete: &types.Delete{TableName: &tab, Key: map[string]types.AttributeValue{"pk": S("a"), "sk": S("2")}}}}})
			if err != nil {
				fmt.Println(err)
				continue
			}
			for _, cc := range o.ConsumedCapacity {
				fmt.Printf("tx ready=%q total %v r %v w %v", ready, *cc.CapacityUnits, cc.ReadCapacityUnits, cc.WriteCapacityUnits)
				for k, v := range cc.LocalSecondaryIndexes {
					fmt.Print("   ", k, *v.CapacityUnits)
				}
				fmt.Println()
			}
		}
	}
	// idempotency token with condition
	for range 2 {
		_, err := c.TransactWriteItems(ctx, &dynamodb.TransactWriteItemsInput{ClientRequestToken: aws.String("same-token"), TransactItems: []types.TransactWriteItem{{Put: &types.Put{TableName: &tab, Item: map[string]types.AttributeValue{"pk": S("idem"), "sk": S("1")}, ConditionExpression: aws.String("attribute_not_exists(pk)")}}}})
		fmt.Println("idem", err)
	}
	q, _ := c.Query(ctx, &dynamodb.QueryInput{TableName: &tab, IndexName: aws.String("ready"), KeyConditionExpression: aws.String("pk = :p"), ExpressionAttributeValues: map[string]types.AttributeValue{":p": S("none")}, ConsistentRead: aws.Bool(true), ReturnConsumedCapacity: types.ReturnConsumedCapacityTotal})
	fmt.Println("empty query", *q.ConsumedCapacity.CapacityUnits)
	g, _ := c.GetItem(ctx, &dynamodb.GetItemInput{TableName: &tab, Key: map[string]types.AttributeValue{"pk": S("cap"), "sk": S("1")}, ReturnConsumedCapacity: types.ReturnConsumedCapacityTotal})
	fmt.Println("ev get", *g.ConsumedCapacity.CapacityUnits)
	d, _ := c.DeleteItem(ctx, &dynamodb.DeleteItemInput{TableName: &tab, Key: map[string]types.AttributeValue{"pk": S("nope"), "sk": S("1")}, ReturnConsumedCapacity: types.ReturnConsumedCapacityTotal})
	fmt.Println("del absent", *d.ConsumedCapacity.CapacityUnits)
}
