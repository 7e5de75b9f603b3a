// Command realtime is the bootstrap of the WebSocket API.
package main

import (
	"context"

	"github.com/aws/aws-lambda-go/events"

	"guichet/functions/internal/boot"
	"guichet/functions/realtime"
)

type handler = func(context.Context, events.APIGatewayWebsocketProxyRequest) (events.APIGatewayProxyResponse, error)

func main() {
	boot.Start(func(ctx context.Context, d *boot.Dependencies) (handler, error) {
		c, err := d.Centre(ctx)
		if err != nil {
			return nil, err
		}
		chats, err := d.Conversations(c)
		if err != nil {
			return nil, err
		}
		return realtime.New(c.Dispatcher, d.Pusher, chats, c.MediaKey, d.Log).Handle, nil
	})
}
