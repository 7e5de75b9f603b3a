package functiontest

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"time"

	"guichet/shared/center"
	"guichet/shared/channel"
)

// What the centre has for chats.
const (
	AutomaticID = "que_messages" // assigned automatically
	PickedID    = "que_letters"  // picked by the agents
	Capacity    = 2
	ChatGrace   = 2 * time.Minute
	ChannelName = "carrier" // the one channel
	Inbox       = "main"    // of the automatic queue
	PickedInbox = "picked"  // of the other
)

// Channel is a channel that takes notes of what it is to send.
type Channel struct {
	mu   sync.Mutex
	sent []channel.Outgoing
	Fail error // what Send answers while it is set
}

// Name is the channel's.
func (*Channel) Name() string { return ChannelName }

// Routes has none: tests call the receiver.
func (*Channel) Routes(channel.Router, channel.Receiver) {}

// Send notes a message.
func (c *Channel) Send(_ context.Context, o channel.Outgoing) (string, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.Fail != nil {
		return "", c.Fail
	}
	c.sent = append(c.sent, o)
	return fmt.Sprintf("out-%d", len(c.sent)), nil
}

// SetFail makes Send fail from now on, or no more.
func (c *Channel) SetFail(err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.Fail = err
}

// Sent are the texts that were sent.
func (c *Channel) Sent() []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	texts := []string{}
	for _, o := range c.sent {
		texts = append(texts, o.Message.Text)
	}
	return texts
}

// Files is an object store in memory.
type Files struct {
	mu    sync.Mutex
	files map[string][]byte
}

// Put keeps a file.
func (f *Files) Put(_ context.Context, key, _ string, body io.Reader, _ int64) error {
	content, err := io.ReadAll(body)
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.files == nil {
		f.files = map[string][]byte{}
	}
	f.files[key] = content
	return err
}

// Read returns a file's beginning and size.
func (f *Files) Read(_ context.Context, key string, limit int64) ([]byte, int64, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	content, ok := f.files[key]
	if !ok {
		return nil, 0, center.Errorf(center.NotFound, "file-missing", "the file is not there")
	}
	return bytes.Clone(content[:min(int64(len(content)), limit)]), int64(len(content)), nil
}

// PresignGet makes an address that shows what it was made for.
func (*Files) PresignGet(_ context.Context, key, _, _ string, _ bool, lifetime time.Duration) (string, error) {
	return fmt.Sprintf("https://files.example/%s?for=%s", key, lifetime), nil
}

// Sniff tells a type as browsers do.
func (*Files) Sniff(head []byte) string {
	name, _, _ := strings.Cut(http.DetectContentType(head), ";")
	return name
}

// Text is a customer's message.
func Text(providerID, text string, at time.Time) channel.Event {
	return channel.Event{
		Channel: ChannelName, Inbox: Inbox, Customer: center.Customer{ID: "customer", Name: "Jeanne"}, At: at,
		Message: &channel.Incoming{ProviderID: providerID, Kind: center.KindText, Text: text},
	}
}
