package messaging

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"time"
)

// Webhook is a signed POST to the product.
type Webhook struct {
	URL    string
	Header http.Header
	Body   []byte
}

const (
	// webhookTime is how long a provider waits for the answer to a webhook.
	webhookTime = 15 * time.Second
	maxAnswer   = 64 << 10
)

// Post sends a webhook about a message of a thread and remembers it. It returns the status of the answer; 0 when there
// was none.
func (b *Book) Post(ctx context.Context, thread, message string, hook Webhook) int {
	status, err := b.post(ctx, hook)
	if err != nil {
		b.log.Warn("webhook failed", "error", err)
	}
	_, _ = b.Change(thread, func(t *Thread) {
		if t.hooks == nil || len(t.hooks) > keptMessages {
			t.hooks = map[string]Webhook{}
		}
		t.hooks[message], t.hooks[""] = hook, hook
		t.Answered = status
	})
	return status
}

// Repeat sends the last webhook about a message once more, as it was; without a message, the last of the thread.
func (b *Book) Repeat(ctx context.Context, thread, message string) (int, error) {
	var hook Webhook
	var known bool
	if _, err := b.Change(thread, func(t *Thread) { hook, known = t.hooks[message] }); err != nil {
		return 0, err
	}
	if !known {
		return 0, ErrNoMessage
	}
	return b.Post(ctx, thread, message, hook), nil
}

func (b *Book) post(ctx context.Context, hook Webhook) (int, error) {
	// The provider goes on when the person who wrote leaves, and stops when it is closed.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), webhookTime)
	defer cancel()
	defer context.AfterFunc(b.ctx, cancel)()
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, hook.URL, bytes.NewReader(hook.Body))
	if err != nil {
		return 0, fmt.Errorf("webhook: %w", err)
	}
	request.Header = hook.Header.Clone()
	response, err := b.http.Do(request)
	if err != nil {
		return 0, fmt.Errorf("webhook: %w", err)
	}
	defer func() { _ = response.Body.Close() }()
	_, _ = io.Copy(io.Discard, io.LimitReader(response.Body, maxAnswer)) // so that the connection can be used again
	return response.StatusCode, nil
}

// Taken tells whether the product has answered that it has a webhook's message.
func Taken(status int) bool { return status >= 200 && status < 300 }
