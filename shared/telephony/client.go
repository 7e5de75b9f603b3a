// Package telephony is the product's side of Twilio's voice protocols: the Calls REST resource, TwiML documents and
// webhook signatures. It decides nothing about contacts.
package telephony

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"time"

	"github.com/twilio/twilio-go/client"
	openapi "github.com/twilio/twilio-go/rest/api/v2010"

	"guichet/shared/center"
	"guichet/shared/dispatch"
)

// Account is what Twilio issues to its customer.
type Account struct {
	SID       string `json:"accountSid"`
	AuthToken string `json:"authToken"`
}

// Client acts on live calls through Twilio's REST API. It implements dispatch.Phone.
type Client struct {
	api       *openapi.ApiService
	publicURL string
}

// restTimeout bounds one REST request: an agent is waiting for it.
const restTimeout = 5 * time.Second

// NewClient returns a client of the account. publicURL is where Twilio reaches this centre. apiURL replaces
// https://api.twilio.com, for a provider that speaks the same API; empty means Twilio itself.
func NewClient(account Account, publicURL, apiURL string) (*Client, error) {
	base := &client.Client{
		Credentials: client.NewCredentials(account.SID, account.AuthToken),
		HTTPClient:  &http.Client{Timeout: restTimeout},
	}
	base.SetAccountSid(account.SID)
	if apiURL != "" {
		u, err := url.Parse(apiURL)
		if err != nil {
			return nil, fmt.Errorf("telephony API address: %w", err)
		}
		base.HTTPClient.Transport = elsewhere{u}
	}
	return &Client{api: openapi.NewApiService(client.NewRequestHandler(base)), publicURL: publicURL}, nil
}

// elsewhere sends requests for Twilio to another host.
type elsewhere struct{ base *url.URL }

func (e elsewhere) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	r.URL.Scheme, r.URL.Host, r.Host = e.base.Scheme, e.base.Host, e.base.Host
	return http.DefaultTransport.RoundTrip(r)
}

// Join redirects the contact's call into the media stream that the ticket admits.
func (c *Client) Join(ctx context.Context, contact *center.Contact, ticket string) error {
	doc, err := Connect(c.publicURL, contact, ticket)
	if err != nil {
		return err
	}
	params := &openapi.UpdateCallParams{}
	params.SetTwiml(doc)
	_, err = c.api.UpdateCall(contact.CallSID, params)
	if err = asGone("redirect call", err); !errors.Is(err, dispatch.ErrCallGone) {
		return err
	}
	// Twilio refuses a call that is over and one that does not yet run its first document with the same code.
	ended, fetchErr := c.Ended(ctx, contact)
	if fetchErr == nil && !ended {
		return dispatch.ErrCallEarly
	}
	return err
}

// AskAnew redirects the contact's call to the question what is to be done with it.
func (c *Client) AskAnew(_ context.Context, contact *center.Contact) error {
	params := &openapi.UpdateCallParams{}
	params.SetUrl(contactURL(c.publicURL, PathNext, contact.ID))
	_, err := c.api.UpdateCall(contact.CallSID, params)
	return asGone("redirect call", err)
}

// Forward redirects the contact's customer, and its guest unless they are only just answering, into a conference of the two. The
// guest goes first: with the customer's line our node's call ends, and it hangs up whoever is still in it.
func (c *Client) Forward(_ context.Context, contact *center.Contact) error {
	doc, err := Conference(contact.ID)
	if err != nil {
		return err
	}
	params := &openapi.UpdateCallParams{}
	params.SetTwiml(doc)
	if g := contact.Guest; g != nil && !g.Blind {
		_, err := c.api.UpdateCall(g.CallSID, params)
		if err = asGone("forward guest", err); errors.Is(err, dispatch.ErrCallGone) {
			return dispatch.ErrGuestGone
		}
		if err != nil {
			return err
		}
	}
	_, err = c.api.UpdateCall(contact.CallSID, params)
	return asGone("forward call", err)
}

// dialSeconds is how long a call of ours rings.
const dialSeconds = 40

// Dial calls the contact's customer from our number (https://www.twilio.com/docs/voice/api/call-resource#create-a-call-resource).
// For a call that nobody has asked for just now, Twilio also finds out whether a machine answers, without keeping people waiting
// for it (https://www.twilio.com/docs/voice/answering-machine-detection).
func (c *Client) Dial(_ context.Context, contact *center.Contact) (string, error) {
	params := &openapi.CreateCallParams{}
	params.SetTo(contact.From)
	params.SetUrl(attemptURL(c.publicURL, PathAnswered, contact))
	params.SetStatusCallback(attemptURL(c.publicURL, PathStatus, contact))
	if contact.Kind.Returns() {
		params.SetMachineDetection("Enable")
		params.SetAsyncAmd("true")
		params.SetAsyncAmdStatusCallback(attemptURL(c.publicURL, PathMachine, contact))
	}
	return c.call(contact, params)
}

// DialGuest calls the number of the contact's guest from our number.
func (c *Client) DialGuest(_ context.Context, contact *center.Contact) (string, error) {
	params := &openapi.CreateCallParams{}
	params.SetTo(contact.Guest.Number)
	params.SetUrl(guestURL(c.publicURL, PathGuestAnswered, contact))
	params.SetStatusCallback(guestURL(c.publicURL, PathGuestStatus, contact))
	return c.call(contact, params)
}

func (c *Client) call(contact *center.Contact, params *openapi.CreateCallParams) (string, error) {
	params.SetFrom(contact.To)
	params.SetTimeout(dialSeconds)
	call, err := c.api.CreateCall(params)
	var rest *client.TwilioRestError
	if errors.As(err, &rest) && rest.Status == http.StatusBadRequest {
		return "", center.Errorf(center.Invalid, "number-refused", "the number cannot be called (%d)", rest.Code)
	}
	if err != nil {
		return "", fmt.Errorf("create call: %w", err)
	}
	if call.Sid == nil {
		return "", errors.New("create call: the answer has no sid")
	}
	return *call.Sid, nil
}

// HangUp ends a call.
func (c *Client) HangUp(_ context.Context, contact *center.Contact) error {
	params := &openapi.UpdateCallParams{}
	params.SetStatus("completed")
	_, err := c.api.UpdateCall(contact.CallSID, params)
	return asGone("hang up call", err)
}

// Ended tells whether Twilio knows the call as over.
func (c *Client) Ended(_ context.Context, contact *center.Contact) (bool, error) {
	call, err := c.api.FetchCall(contact.CallSID, &openapi.FetchCallParams{})
	if err = asGone("fetch call", err); errors.Is(err, dispatch.ErrCallGone) {
		return true, nil
	}
	if err != nil {
		return false, err
	}
	return call.Status != nil && Final(*call.Status), nil
}

// Final tells whether a CallStatus is a call's last
// (https://www.twilio.com/docs/voice/api/call-resource#call-status-values).
func Final(status string) bool {
	switch status {
	case "completed", "busy", "failed", "no-answer", "canceled":
		return true
	}
	return false
}

// Twilio's errors for a call that cannot be acted on because it is over or unknown
// (https://www.twilio.com/docs/api/errors/21220, /20404).
const (
	codeNotInProgress = 21220
	codeNotFound      = 20404
)

func asGone(op string, err error) error {
	var rest *client.TwilioRestError
	if errors.As(err, &rest) && (rest.Code == codeNotInProgress || rest.Code == codeNotFound) {
		return fmt.Errorf("%s: %w", op, dispatch.ErrCallGone)
	}
	if err != nil {
		return fmt.Errorf("%s: %w", op, err)
	}
	return nil
}
