// Package channels is the one list of the channels that a centre has. Adding a provider is a folder in shared/channel and a
// line here.
package channels

import (
	"fmt"
	"net/http"
	"net/url"

	"guichet/shared/channel"
	"guichet/shared/channel/instagram"
	"guichet/shared/channel/messenger"
	"guichet/shared/channel/sms"
	"guichet/shared/channel/webchat"
)

// Config is what the channels need to know, a part for each provider. A channel whose part is empty refuses every webhook,
// and whatever it is to send.
type Config struct {
	// PublicURL is the origin that providers were given for webhooks, without a slash at its end.
	PublicURL string
	// HTTP sends requests to providers; nil means the usual way.
	HTTP    *http.Client
	Twilio  Twilio
	Meta    Meta
	Webchat webchat.Config
}

// Twilio is an account of Twilio's.
type Twilio struct {
	AccountSID string
	AuthToken  string
	// APIURL replaces https://api.twilio.com; nil means Twilio itself.
	APIURL *url.URL
}

// Meta is an app of Meta's.
type Meta struct {
	AppSecret   string            `json:"appSecret"`
	VerifyToken string            `json:"verifyToken"`
	Pages       map[string]string `json:"pages"`     // access tokens by page id
	Instagram   map[string]string `json:"instagram"` // access tokens by account id
	// GraphURL replaces https://graph.facebook.com and GraphVersion the version that the channels are written for.
	GraphURL     string `json:"-"`
	GraphVersion string `json:"-"`
}

// All returns the channels.
func All(c Config) ([]channel.Channel, error) {
	ours, err := webchat.New(c.Webchat)
	if err != nil {
		return nil, fmt.Errorf("webchat: %w", err)
	}
	return []channel.Channel{
		sms.New(sms.Config{
			AccountSID: c.Twilio.AccountSID, AuthToken: c.Twilio.AuthToken, PublicURL: c.PublicURL, APIURL: c.Twilio.APIURL, HTTP: c.HTTP,
		}),
		messenger.New(c.meta(c.Meta.Pages)),
		instagram.New(c.meta(c.Meta.Instagram)),
		ours,
	}, nil
}

// meta is what both of Meta's channels need.
func (c Config) meta(tokens map[string]string) messenger.Config {
	return messenger.Config{
		AppSecret: c.Meta.AppSecret, VerifyToken: c.Meta.VerifyToken, Tokens: tokens,
		GraphURL: c.Meta.GraphURL, GraphVersion: c.Meta.GraphVersion, HTTP: c.HTTP,
	}
}
