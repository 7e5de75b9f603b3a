// Command mediahook is the bootstrap of the media nodes' reports.
package main

import (
	"net/http"

	"guichet/functions/internal/boot"
	"guichet/functions/mediahook"
)

func main() {
	boot.StartHTTP(nil, func(_ *boot.Dependencies, c *boot.Centre) (http.Handler, error) {
		return mediahook.New(c.Dispatcher, c.MediaKey, c.Log), nil
	})
}
