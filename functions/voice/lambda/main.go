// Command voice is the bootstrap of Twilio's voice webhooks.
package main

import (
	"net/http"

	"guichet/functions/internal/boot"
	"guichet/functions/voice"
	"guichet/shared/telephony"
)

func main() {
	boot.StartHTTP(nil, func(_ *boot.Dependencies, c *boot.Centre) (http.Handler, error) {
		return voice.New(c.Dispatcher, telephony.NewValidator(c.Account, c.PublicURL), c.PublicURL, c.Log), nil
	})
}
