package stacks

import (
	"encoding/json"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awslambda"
	"github.com/aws/aws-cdk-go/awscdk/v2/awslambdaeventsources"
	"github.com/aws/aws-cdk-go/awscdk/v2/awssqs"
	"github.com/aws/jsii-runtime-go"

	"guichet/shared/store"
)

// newFailedRecords defines the queue that keeps where in the stream a record was that a function has set aside, and the nights that
// failed.
func newFailedRecords(stack awscdk.Stack, d data) awssqs.Queue {
	queue := awssqs.NewQueue(stack, jsii.String("failed-records"), &awssqs.QueueProps{
		Encryption:      awssqs.QueueEncryption_SQS_MANAGED,
		EnforceSSL:      jsii.Bool(true),
		RetentionPeriod: awscdk.Duration_Days(jsii.Number(14)),
	})
	d.encryptQueue(queue)
	return queue
}

// addStream feeds the function from the table's stream. A record that fails alone is tried ten times and then set
// aside, so that it does not hold up its shard until it expires. The function is called for the partition keys that begin as given:
// most writes to a busy table are figures, which nobody follows. A function that wants to know the shard has a window, which may be
// nil: https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-windows.html
func addStream(d data, failed awssqs.Queue, function awslambda.Function, keys []string, window awscdk.Duration) {
	function.AddEventSource(awslambdaeventsources.NewDynamoEventSource(d.table, &awslambdaeventsources.DynamoEventSourceProps{
		StartingPosition:        awslambda.StartingPosition_TRIM_HORIZON,
		BatchSize:               jsii.Number(100),
		MaxBatchingWindow:       seconds(0),     // cards are to change within a second
		ParallelizationFactor:   jsii.Number(1), // one batch of a shard at a time: its checkpoint is one item
		BisectBatchOnError:      jsii.Bool(true),
		ReportBatchItemFailures: jsii.Bool(true),
		RetryAttempts:           jsii.Number(10),
		OnFailure:               awslambdaeventsources.NewSqsDlq(failed),
		TumblingWindow:          window,
		Filters:                 &[]*map[string]any{onlyKeys(keys)},
	}))
}

// onlyKeys lets records of partition keys that begin with one of these through:
// https://docs.aws.amazon.com/lambda/latest/dg/with-ddb-filtering.html
func onlyKeys(beginnings []string) *map[string]any {
	rules := make([]map[string]string, len(beginnings))
	for i, b := range beginnings {
		rules[i] = map[string]string{"prefix": b}
	}
	pattern, err := json.Marshal(map[string]any{"dynamodb": map[string]any{"Keys": map[string]any{store.PartitionKey: map[string]any{"S": rules}}}})
	if err != nil {
		panic(err) // strings alone: only a programming error gets here
	}
	return &map[string]any{"pattern": string(pattern)}
}
