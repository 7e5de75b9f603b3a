// Command agentapi is the bootstrap of the dashboard's REST API.
package main

import (
	"net/http"

	"guichet/functions/agentapi"
	"guichet/functions/internal/boot"
	"guichet/shared/channel"
)

func main() {
	boot.StartHTTP(agentapi.WithClaims, func(d *boot.Dependencies, c *boot.Centre) http.Handler {
		return agentapi.New(c.Dispatcher, d.Conversations(c, channel.NewSet()), d.Objects(), c.MediaKey, c.Log)
	})
}
