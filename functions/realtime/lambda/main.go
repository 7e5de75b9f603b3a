// Command realtime is the bootstrap of the WebSocket API.
package main

import (
	"context"

	"guichet/functions/internal/boot"
	"guichet/functions/realtime"
)

func main() {
	boot.Start(func(ctx context.Context, d *boot.Dependencies) (boot.Connections, error) {
		c, err := d.Centre(ctx)
		if err != nil {
			return nil, err
		}
		chats, err := d.Conversations(c)
		if err != nil {
			return nil, err
		}
		return boot.OpenedByFront(c.OriginSecret, realtime.New(c.Dispatcher, d.Pusher, chats, c.MediaKey, d.Log).Handle), nil
	})
}
