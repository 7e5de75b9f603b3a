package mediaapi

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"time"
)

// ErrNoCall is what a command finds that no node has a call for.
var ErrNoCall = errors.New("no media node has the call")

// Client asks media nodes to do something.
type Client struct {
	Origin string // the centre's, through which nodes are reached
	Key    Key
	HTTP   *http.Client
	Now    func() time.Time
}

// Command has a contact's call do something. It fails with ErrNoCall when the call is not there.
func (c *Client) Command(ctx context.Context, cmd Command) error {
	status, err := c.post(ctx, CallCommandPath(cmd.ContactID), cmd, c.Key.SignCommand)
	if status == http.StatusNotFound {
		return ErrNoCall
	}
	return err
}

// CloseRoom ends a meeting room.
func (c *Client) CloseRoom(ctx context.Context, closing RoomClosing) error {
	_, err := c.post(ctx, RoomClosePath(closing.RoomID), closing, c.Key.SignClosing)
	return err
}

func (c *Client) post(ctx context.Context, path string, content any, sign func([]byte, time.Time) string) (status int, err error) {
	body, err := json.Marshal(content)
	if err != nil {
		return 0, fmt.Errorf("media node: %w", err)
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, c.Origin+path, bytes.NewReader(body))
	if err != nil {
		return 0, fmt.Errorf("media node: %w", err)
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set(SignatureHeader, sign(body, c.Now()))
	response, err := c.HTTP.Do(request)
	if err != nil {
		return 0, fmt.Errorf("media node: %w", err)
	}
	_ = response.Body.Close()
	if response.StatusCode != http.StatusNoContent {
		return response.StatusCode, fmt.Errorf("media node: answered %s", response.Status)
	}
	return response.StatusCode, nil
}
