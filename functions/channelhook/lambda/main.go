// Command channelhook is the bootstrap of the messaging channels' webhooks.
package main

import (
	"net/http"

	"guichet/functions/channelhook"
	"guichet/functions/internal/boot"
)

func main() {
	boot.StartHTTP(nil, func(d *boot.Dependencies, c *boot.Centre) (http.Handler, error) {
		chats, err := d.Conversations(c)
		if err != nil {
			return nil, err
		}
		return channelhook.New(chats.Channels, chats, c.Log), nil
	})
}
