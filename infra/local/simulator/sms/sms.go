// Package sms is Twilio's Programmable Messaging for one machine: the Messages resource, its webhooks and its media. What
// customers see and do is in messaging.
package sms

import (
	"crypto/rand"
	"fmt"
	"math/big"
	"regexp"
	"strings"
	"time"

	"guichet/infra/local/simulator/messaging"
	"guichet/infra/local/simulator/twilio"
)

// Channel is the channel's name in the book.
const Channel = "sms"

// Number is a rented number and where its messages go.
type Number struct {
	E164, Label string
	// URL gets incoming messages: absolute, or a path on Config.PublicURL.
	URL string
}

// Config is what the provider knows about its customer, the product.
type Config struct {
	Account   twilio.Account
	PublicURL string // scheme and host of the product's front; the base of relative URLs in Numbers
	APIURL    string // where API is reached: the base of media's addresses
	Numbers   []Number
	// Pace is how long each step of a delivery takes; 0 means half a second.
	Pace time.Duration
}

const defaultPace = 500 * time.Millisecond

// SMS is the provider. Make it with New; it is safe for concurrent use.
type SMS struct {
	cfg  Config
	book *messaging.Book
	sent *ledger
}

// New returns a provider whose customers are in the book, and registers it there.
func New(cfg Config, book *messaging.Book) *SMS {
	if cfg.Pace <= 0 {
		cfg.Pace = defaultPace
	}
	s := &SMS{cfg: cfg, book: book, sent: newLedger()}
	book.Register(s)
	return s
}

// Inboxes implements messaging.Provider.
func (s *SMS) Inboxes() []messaging.Inbox {
	inboxes := make([]messaging.Inbox, len(s.cfg.Numbers))
	for i, n := range s.cfg.Numbers {
		inboxes[i] = messaging.Inbox{Channel: Channel, ID: n.E164, Label: n.Label}
	}
	return inboxes
}

// Abilities implements messaging.Provider: text and files are all that there is.
func (s *SMS) Abilities(string) messaging.Abilities { return messaging.Abilities{} }

var e164 = regexp.MustCompile(`^\+[1-9][0-9]{6,14}$`)

// madeUp numbers are from 06 39 98 00 xx and on, which France keeps for fiction.
const (
	madeUpPrefix = "+336399800"
	madeUpCount  = 90
)

// Customer implements messaging.Provider.
func (s *SMS) Customer(_, asked string) (string, error) {
	if asked == "" {
		n, err := rand.Int(rand.Reader, big.NewInt(madeUpCount))
		if err != nil {
			return "", fmt.Errorf("make up a number: %w", err)
		}
		return fmt.Sprintf("%s%d", madeUpPrefix, n.Int64()+10), nil
	}
	if !e164.MatchString(asked) {
		return "", messaging.ErrBadCustomer
	}
	return asked, nil
}

// MessageID implements messaging.Provider: SM for text, MM when there is media
// (https://www.twilio.com/docs/messaging/api/message-resource#message-properties).
func (s *SMS) MessageID(_ string, m messaging.Message) string {
	if len(m.Files) > 0 {
		return twilio.NewSID("MM")
	}
	return twilio.NewSID("SM")
}

func (s *SMS) number(e164 string) (Number, bool) {
	for _, n := range s.cfg.Numbers {
		if n.E164 == e164 {
			return n, true
		}
	}
	return Number{}, false
}

// absolute resolves what a number's settings name against the product's front.
func (s *SMS) absolute(to string) string {
	if strings.HasPrefix(to, "/") {
		return s.cfg.PublicURL + to
	}
	return to
}
