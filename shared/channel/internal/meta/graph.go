package meta

import (
	"bytes"
	"context"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"time"

	"guichet/shared/channel"
)

// graphTimeout bounds one request to the Graph API, and maxAnswer its answer in bytes.
const (
	graphTimeout = 10 * time.Second
	maxAnswer    = 64 << 10
)

// Get reads the fields of a node, as an inbox.
func (a *App) Get(ctx context.Context, inbox, node, fields string, into any) error {
	return a.call(ctx, inbox, http.MethodGet, node, url.Values{"fields": {fields}}, nil, into)
}

// Post asks for something that is posted to messages, as an inbox.
func (a *App) Post(ctx context.Context, inbox string, body, into any) error {
	text, err := json.Marshal(body)
	if err != nil {
		return fmt.Errorf("write the request: %w", err)
	}
	return a.call(ctx, inbox, http.MethodPost, a.Edge(inbox)+"/messages", url.Values{}, text, into)
}

// call makes one request. Its errors are *channel.SendError.
func (a *App) call(ctx context.Context, inbox, method, path string, query url.Values, body []byte, into any) error {
	token, ok := a.Tokens[inbox]
	if !ok {
		return channel.ErrUnauthorized.With("no access token for the inbox")
	}
	// Proof that the token is used by its app (https://developers.facebook.com/docs/graph-api/guides/secure-requests#appsecret_proof).
	query.Set("appsecret_proof", hex.EncodeToString(a.mac(token)))
	ctx, cancel := context.WithTimeout(ctx, graphTimeout)
	defer cancel()
	address := a.GraphURL + "/" + a.GraphVersion + "/" + path + "?" + query.Encode()
	r, err := http.NewRequestWithContext(ctx, method, address, bytes.NewReader(body))
	if err != nil {
		return fmt.Errorf("address of the Graph API: %w", err)
	}
	r.Header.Set("Authorization", "Bearer "+token) // in the address, it would end up in logs
	if body != nil {
		r.Header.Set("Content-Type", "application/json")
	}
	answer, err := a.HTTP.Do(r)
	if err != nil {
		return channel.ErrUnreachable.With(withoutAddress(err))
	}
	defer answer.Body.Close() //nolint:errcheck // only read
	text, err := io.ReadAll(io.LimitReader(answer.Body, maxAnswer))
	if err != nil {
		return channel.ErrUnreachable.With(err.Error())
	}
	if answer.StatusCode != http.StatusOK {
		return refusal(answer.StatusCode, text)
	}
	if err := json.Unmarshal(text, into); err != nil {
		return channel.ErrUnreachable.With("an answer that is no JSON")
	}
	return nil
}

// withoutAddress keeps the customer's id, which a node may be, out of an error.
func withoutAddress(err error) string {
	if inner, ok := err.(*url.Error); ok { //nolint:errorlint // what Do returns
		return inner.Err.Error()
	}
	return err.Error()
}
