// Command agentapi is the bootstrap of the dashboard's REST API.
package main

import (
	"net/http"

	"guichet/functions/agentapi"
	"guichet/functions/internal/boot"
)

func main() {
	boot.StartHTTP(agentapi.WithClaims, func(c *boot.Centre) http.Handler {
		return agentapi.New(c.Dispatcher, c.MediaKey, c.Log)
	})
}
