package meta

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"math/big"
	"net/http"
	"net/url"
	"strings"
	"time"
	"unicode/utf16"

	"guichet/infra/local/simulator/messaging"
)

// notification is the body of a webhook
// (https://developers.facebook.com/docs/messenger-platform/reference/webhook-events#format).
type notification struct {
	Object string  `json:"object"`
	Entry  []entry `json:"entry"`
}

type entry struct {
	ID        string  `json:"id"`
	Time      int64   `json:"time"` // milliseconds
	Messaging []event `json:"messaging"`
}

// notify sends an event about a message; when there is no 200 it goes on trying by itself.
func (m *Meta) notify(ctx context.Context, t messaging.Thread, mid string, e event) int {
	m.mu.Lock()
	verified := m.verified[t.Channel]
	m.mu.Unlock()
	if !verified {
		return 0
	}
	hook, err := m.hook(t, e)
	if err != nil {
		return 0
	}
	status := m.book.Post(ctx, t.ID, mid, hook)
	if status != http.StatusOK {
		m.book.Go(func(ctx context.Context) { m.again(ctx, t.ID, mid, hook) })
	}
	return status
}

// again repeats a webhook until it is taken, ever less often.
func (m *Meta) again(ctx context.Context, thread, mid string, hook messaging.Webhook) {
	for _, pause := range m.cfg.Repeats {
		select {
		case <-ctx.Done():
			return
		case <-time.After(pause):
		}
		if m.book.Post(ctx, thread, mid, hook) == http.StatusOK {
			m.book.ChangeMessage(thread, mid, func(about *messaging.Message) {
				if about.State == messaging.Failed && about.From == messaging.FromCustomer {
					about.State = messaging.Delivered
				}
			})
			return
		}
	}
}

func (m *Meta) hook(t messaging.Thread, e event) (messaging.Webhook, error) {
	object := "page"
	if t.Channel == Instagram {
		object = "instagram"
	}
	raw, err := json.Marshal(notification{object, []entry{{t.Inbox, time.Now().UnixMilli(), []event{e}}}})
	if err != nil {
		return messaging.Webhook{}, fmt.Errorf("encode the webhook: %w", err)
	}
	body := []byte(escaped(string(raw)))
	return messaging.Webhook{URL: m.cfg.Webhooks[t.Channel], Body: body, Header: http.Header{
		"Content-Type": {"application/json"}, "User-Agent": {"facebookexternalua"},
		"X-Hub-Signature-256": {"sha256=" + m.cfg.App.sign(body)},
	}}, nil
}

// sign is the HMAC-SHA-256 of a body
// (https://developers.facebook.com/docs/graph-api/webhooks/getting-started#validate-payloads).
func (a App) sign(body []byte) string {
	mac := hmac.New(sha256.New, []byte(a.Secret))
	mac.Write(body)
	return hex.EncodeToString(mac.Sum(nil))
}

// escaped writes everything beyond ASCII as Meta does, in lowercase: \u00e9.
func escaped(text string) string {
	var out strings.Builder
	for _, r := range text {
		if r < 0x80 {
			out.WriteRune(r)
			continue
		}
		for _, unit := range utf16.Encode([]rune{r}) {
			fmt.Fprintf(&out, `\u%04x`, unit)
		}
	}
	return out.String()
}

// verifyTime bounds the verification of one webhook.
const verifyTime = 10 * time.Second

// Subscribe asks the product to prove that it expects webhooks, as the dashboard of an app does when they are set up.
func (m *Meta) Subscribe(ctx context.Context) error {
	for channel, address := range m.cfg.Webhooks {
		if err := m.verify(ctx, address); err != nil {
			return fmt.Errorf("set up the webhooks of %s: %w", channel, err)
		}
		m.mu.Lock()
		m.verified[channel] = true
		m.mu.Unlock()
	}
	return nil
}

// verify is the handshake
// (https://developers.facebook.com/docs/graph-api/webhooks/getting-started#verification-requests).
func (m *Meta) verify(ctx context.Context, address string) error {
	ctx, cancel := context.WithTimeout(ctx, verifyTime)
	defer cancel()
	number, err := rand.Int(rand.Reader, big.NewInt(1<<31))
	if err != nil {
		return fmt.Errorf("make a challenge: %w", err)
	}
	challenge := number.String()
	query := url.Values{"hub.mode": {"subscribe"}, "hub.challenge": {challenge}, "hub.verify_token": {m.cfg.App.VerifyToken}}
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address+"?"+query.Encode(), nil)
	if err != nil {
		return fmt.Errorf("verify: %w", err)
	}
	request.Close = true
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return fmt.Errorf("verify: %w", err)
	}
	defer func() { _ = response.Body.Close() }()
	body, err := io.ReadAll(io.LimitReader(response.Body, 1<<10))
	if err != nil {
		return fmt.Errorf("verify: %w", err)
	}
	if response.StatusCode != http.StatusOK || string(body) != challenge {
		return fmt.Errorf("the product answered %d and not the challenge", response.StatusCode)
	}
	return nil
}
