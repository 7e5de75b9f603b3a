// Package meta is what Messenger and Instagram have in common: Meta's signed webhooks, the Send API of the Graph API, its
// error codes and the messaging window. It is no channel.
package meta

import (
	"net/http"
	"time"

	"guichet/shared/center"
	"guichet/shared/channel"
)

// Defaults of Config.
const (
	DefaultGraphURL     = "https://graph.facebook.com"
	DefaultGraphVersion = "v24.0"
)

// Config is what a channel of Meta's needs to know.
type Config struct {
	AppSecret   string // without it, every webhook is refused
	VerifyToken string // what Meta says when it is given the webhooks' address; without it, none is confirmed
	// Tokens are the access tokens by inbox: a page's id, an Instagram account's id.
	Tokens map[string]string
	// GraphURL is the Graph API's origin and GraphVersion its version; empty ones mean the defaults.
	GraphURL     string
	GraphVersion string
	// HTTP sends the requests; nil means the usual way.
	HTTP *http.Client
	// Now is the clock; nil means the real one.
	Now func() time.Time
}

// Dialect is what is one network's own.
type Dialect struct {
	Channel string
	Object  string // what its webhooks are about
	// Edge is the node to which messages are posted, for an inbox.
	Edge func(inbox string) string
	// Event understands what only this network reports; ok is false for all else.
	Event func(e Event) (event channel.Event, ok bool)
	// Attach adds to a message what only this network attaches; it tells whether it did.
	Attach func(in *channel.Incoming, a Attachment) bool
	// Fits tells whether a text is short enough to be sent.
	Fits func(text string) bool
}

// App is a Meta app as it serves one network.
type App struct {
	Dialect
	Config
}

// New returns the app.
func New(d Dialect, c Config) *App {
	if c.GraphURL == "" {
		c.GraphURL = DefaultGraphURL
	}
	if c.GraphVersion == "" {
		c.GraphVersion = DefaultGraphVersion
	}
	if c.HTTP == nil {
		c.HTTP = &http.Client{}
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	return &App{d, c}
}

// How long after the customer's last message anything may be answered, and how long a human agent may answer
// (https://developers.facebook.com/docs/messenger-platform/policy/policy-overview, "Standard Messaging" and "Human Agent").
const (
	standardWindow = 24 * time.Hour
	humanWindow    = 7 * 24 * time.Hour
)

// Window implements channel.Windowed.
func (a *App) Window(c *center.Chat) (standard, human time.Time) {
	return c.LastInAt.Add(standardWindow), c.LastInAt.Add(humanWindow)
}
