// Package meta is Meta's Messenger Platform for one machine: the Send API of Messenger and Instagram on Graph, profiles,
// and webhooks. What customers see and do is in messaging.
package meta

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"fmt"
	"math/big"
	"regexp"
	"sync"
	"time"

	"guichet/infra/local/simulator/messaging"
)

// Channels in the book.
const (
	Messenger = "messenger"
	Instagram = "instagram"
)

// Account is a Facebook page or an Instagram professional account.
type Account struct {
	Channel, ID, Name string
	AccessToken       string
}

// App is the product as it is known to Meta.
type App struct {
	ID          string
	Secret      string // signs webhooks
	VerifyToken string // the product proves with it that it expects webhooks
}

// Config is what the provider knows about its customer, the product.
type Config struct {
	App      App
	Accounts []Account
	// Webhooks are where notifications go, absolute, by channel.
	Webhooks map[string]string
	// Repeats are the pauses before a webhook without a 200 is sent again; nil means defaultRepeats.
	Repeats []time.Duration
}

// defaultRepeats: Meta repeats at once and then ever less often for 36 hours
// (https://developers.facebook.com/docs/graph-api/webhooks/getting-started#event-notifications); here it gives up earlier.
func defaultRepeats() []time.Duration {
	return []time.Duration{time.Second, 5 * time.Second, 30 * time.Second, 2 * time.Minute, 10 * time.Minute}
}

// Meta is the provider. Make it with New; it is safe for concurrent use.
type Meta struct {
	cfg  Config
	book *messaging.Book

	mu       sync.Mutex
	verified map[string]bool // by channel
}

// New returns a provider whose customers are in the book, and registers it there. No webhook is sent before Subscribe.
func New(cfg Config, book *messaging.Book) *Meta {
	if cfg.Repeats == nil {
		cfg.Repeats = defaultRepeats()
	}
	m := &Meta{cfg: cfg, book: book, verified: map[string]bool{}}
	book.Register(m)
	return m
}

// Inboxes implements messaging.Provider.
func (m *Meta) Inboxes() []messaging.Inbox {
	inboxes := make([]messaging.Inbox, len(m.cfg.Accounts))
	for i, a := range m.cfg.Accounts {
		inboxes[i] = messaging.Inbox{Channel: a.Channel, ID: a.ID, Label: a.Name}
	}
	return inboxes
}

// Abilities implements messaging.Provider: what the webhooks of each channel can tell
// (https://developers.facebook.com/docs/messenger-platform/webhooks,
// https://developers.facebook.com/docs/messenger-platform/instagram/features/webhook).
func (m *Meta) Abilities(channel string) messaging.Abilities {
	facebook := channel == Messenger
	return messaging.Abilities{
		Location: facebook, Reactions: true, Unsend: !facebook, Edits: true, Replies: true, Reads: true, Postbacks: true,
		Unsupported: !facebook, Elsewhere: true, Aged: true,
	}
}

// scopedID is an id of a person for one page or account alone.
var scopedID = regexp.MustCompile(`^[0-9]{5,20}$`)

// Customer implements messaging.Provider.
func (m *Meta) Customer(_, asked string) (string, error) {
	if asked == "" {
		return madeUpID()
	}
	if !scopedID.MatchString(asked) {
		return "", messaging.ErrBadCustomer
	}
	return asked, nil
}

func madeUpID() (string, error) {
	const first, span = 2_000_000_000_000_000, 7_000_000_000_000_000
	n, err := rand.Int(rand.Reader, big.NewInt(span))
	if err != nil {
		return "", fmt.Errorf("make up an id: %w", err)
	}
	return fmt.Sprint(n.Int64() + first), nil
}

// MessageID implements messaging.Provider.
func (m *Meta) MessageID(channel string, _ messaging.Message) string { return newMID(channel) }

func newMID(channel string) string {
	b := make([]byte, 48)
	_, _ = rand.Read(b) // crypto/rand.Read never fails
	if channel == Instagram {
		return "aWdf" + base64.RawURLEncoding.EncodeToString(b)
	}
	return "m_" + base64.RawURLEncoding.EncodeToString(b)
}

// customer finds who an account knows by an id.
func (m *Meta) customer(account Account, id string) (messaging.Thread, bool) {
	return m.book.Find(func(t *messaging.Thread) bool {
		return t.Channel == account.Channel && t.Inbox == account.ID && t.Customer == id
	})
}

// Report implements messaging.Provider. What a customer does is told at once, and again if the product does not take it.
func (m *Meta) Report(ctx context.Context, t messaging.Thread, a messaging.Act) int {
	return m.notify(ctx, t, a.Message.ID, m.eventOf(t, a))
}
