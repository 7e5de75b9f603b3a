// Package sms carries chats over Twilio's Programmable Messaging: SMS and MMS. Inboxes and customers are numbers in E.164.
package sms

import (
	"context"
	"net/http"
	"net/url"

	"github.com/twilio/twilio-go/client"
	openapi "github.com/twilio/twilio-go/rest/api/v2010"

	"guichet/shared/channel"
	"guichet/shared/channel/internal/webhook"
)

// Name is the channel's name.
const Name = "sms"

// Config is what the channel needs to know.
type Config struct {
	AccountSID string
	AuthToken  string // without it, every webhook is refused
	// PublicURL is the origin that Twilio was given for webhooks, without a slash at its end.
	PublicURL string
	// APIURL replaces https://api.twilio.com, for a provider that speaks the same API. Nil means Twilio itself.
	APIURL *url.URL
	// HTTP sends the requests; nil means the usual way.
	HTTP *http.Client
}

// Channel is Twilio's messaging. It implements channel.Channel and channel.Fetcher.
type Channel struct {
	config    Config
	base      *url.URL
	http      *http.Client
	validator client.RequestValidator
}

// New returns the channel.
func New(c Config) *Channel {
	ch := &Channel{config: c, base: c.APIURL, http: c.HTTP, validator: client.NewRequestValidator(c.AuthToken)}
	if ch.base == nil {
		ch.base = &url.URL{Scheme: "https", Host: "api.twilio.com"}
	}
	if ch.http == nil {
		ch.http = &http.Client{}
	}
	return ch
}

// Name implements channel.Channel.
func (c *Channel) Name() string { return Name }

// Routes implements channel.Channel.
func (c *Channel) Routes(router channel.Router, r channel.Receiver) {
	router.Handle("POST /incoming", webhook.Endpoint{
		Channel: Name, Receiver: r, Signed: c.signed, Read: readIncoming, Answer: answer,
	})
	router.Handle("POST /status", webhook.Endpoint{Channel: Name, Receiver: r, Signed: c.signed, Read: readStatus})
}

// signatureHeader carries Twilio's signature (https://www.twilio.com/docs/usage/security#validating-requests).
const signatureHeader = "X-Twilio-Signature"

// signed tells whether Twilio sent this body to this address. The host is the public one, whatever the request says.
func (c *Channel) signed(r *http.Request, body []byte) bool {
	signature := r.Header.Get(signatureHeader)
	return c.config.AuthToken != "" && signature != "" &&
		c.validator.ValidateBody(c.config.PublicURL+r.URL.RequestURI(), body, signature)
}

// answer is the empty document: what is to be answered is written by an agent.
func answer(w http.ResponseWriter) {
	w.Header().Set("Content-Type", "text/xml; charset=utf-8")
	_, _ = w.Write([]byte(`<?xml version="1.0" encoding="UTF-8"?><Response/>`))
}

// Authorize implements channel.Fetcher: an account may demand its credentials for media
// (https://www.twilio.com/docs/messaging/guides/accessing-and-using-your-media#http-basic-auth).
func (c *Channel) Authorize(r *http.Request) {
	if r.URL.Scheme == c.base.Scheme && r.URL.Host == c.base.Host {
		r.SetBasicAuth(c.config.AccountSID, c.config.AuthToken)
	}
}

// api is a client of Twilio's whose requests end with ctx.
func (c *Channel) api(ctx context.Context) *openapi.ApiService {
	httpClient := *c.http
	httpClient.Transport = sender{ctx, c.base, c.http.Transport}
	base := &client.Client{
		Credentials: client.NewCredentials(c.config.AccountSID, c.config.AuthToken),
		HTTPClient:  &httpClient,
	}
	base.SetAccountSid(c.config.AccountSID)
	return openapi.NewApiService(client.NewRequestHandler(base))
}

// sender gives requests what Twilio's library does not: a context, and a host other than Twilio's.
type sender struct {
	ctx  context.Context
	base *url.URL
	next http.RoundTripper
}

func (s sender) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(s.ctx)
	r.URL.Scheme, r.URL.Host, r.Host = s.base.Scheme, s.base.Host, s.base.Host
	if s.next == nil {
		return http.DefaultTransport.RoundTrip(r)
	}
	return s.next.RoundTrip(r)
}
