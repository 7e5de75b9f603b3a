// Command agentapi is the bootstrap of the dashboard's REST API.
package main

import (
	"net/http"

	"guichet/functions/agentapi"
	"guichet/functions/internal/boot"
)

func main() {
	boot.StartHTTP(agentapi.WithClaims, func(d *boot.Dependencies, c *boot.Centre) (http.Handler, error) {
		chats, err := d.Conversations(c)
		if err != nil {
			return nil, err
		}
		return agentapi.New(c.Dispatcher, chats, d.Objects(), c.MediaKey, c.Log), nil
	})
}
