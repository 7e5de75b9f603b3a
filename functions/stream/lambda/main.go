// Command stream is the bootstrap of the table stream's function.
package main

import (
	"context"

	"github.com/aws/aws-lambda-go/events"

	"guichet/functions/internal/boot"
	"guichet/functions/stream"
)

type handler = func(context.Context, events.DynamoDBEvent) (events.DynamoDBEventResponse, error)

func main() {
	boot.Start(func(_ context.Context, d *boot.Dependencies) (handler, error) {
		chats, err := d.Onlooker()
		if err != nil {
			return nil, err
		}
		return stream.New(d.Store, d.Timers(), d.Bookkeeper(), chats, d.Pusher, d.Log).Handle, nil
	})
}
