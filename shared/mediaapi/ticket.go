// Package mediaapi is the contract between the control plane and the media nodes: signed tickets that admit a party
// to a node, and signed events that a node reports. It holds no policy and imports the standard library alone.
package mediaapi

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"
)

// TicketLifetime is how long a ticket admits its bearer after it was issued.
const TicketLifetime = 60 * time.Second

// Purpose is the single thing a ticket may be used for.
type Purpose string

const (
	// PurposeAgent opens the agent's own audio session (WHIP, RFC 9725).
	PurposeAgent Purpose = "agent"
	// PurposeStream joins a provider's media stream to the agent named in the ticket.
	PurposeStream Purpose = "stream"
	// PurposeVisitorAudio opens the audio session of a webchat's visitor (WHIP), and joins it to the agent named in the ticket
	// as PurposeStream does a provider's stream.
	PurposeVisitorAudio Purpose = "visitor-audio"
	// PurposeRealtime opens the dashboard's event connection.
	PurposeRealtime Purpose = "realtime"
	// PurposeVisitor opens the event connection of a webchat's page.
	PurposeVisitor Purpose = "visitor"
	// PurposeRoom enters a meeting room. Its ticket is a link's, which lasts for hours and may be used again.
	PurposeRoom Purpose = "room"
)

// Ticket admits its bearer once, for one purpose, until it expires. It travels as a signed opaque string.
type Ticket struct {
	ID        string  `json:"jti"` // unique; a node refuses the second use, but of rooms
	Purpose   Purpose `json:"use"`
	AgentID   string  `json:"agt"`
	ContactID string  `json:"ctc,omitempty"` // stream and visitor-audio only
	CallSID   string  `json:"sid,omitempty"` // stream only: the provider's call that may present it
	GuestID   string  `json:"gst,omitempty"` // stream only: the line is that of this guest (ActionGuest), not the customer's
	ChatID    string  `json:"cht,omitempty"` // visitor only
	RoomID    string  `json:"rom,omitempty"` // room only
	Role      Role    `json:"rol,omitempty"` // room only
	Name      string  `json:"nam,omitempty"` // room only: what a host is called; guests say it themselves
	// ParkSeconds is how long a stream is kept with hold music while its agent is absent.
	ParkSeconds int   `json:"prk,omitempty"`
	ExpiresUnix int64 `json:"exp"` // seconds since the epoch
}

// Reasons for which a ticket is refused. All of them mean 401 to the bearer; the distinction is for logs and tests.
var (
	ErrTicketMalformed = errors.New("ticket malformed")
	ErrTicketSignature = errors.New("ticket signature does not match")
	ErrTicketExpired   = errors.New("ticket expired")
	ErrTicketPurpose   = errors.New("ticket is for another purpose")
)

// Key signs and verifies with HMAC-SHA-256. Use at least 32 random bytes.
type Key []byte

// Sign returns the ticket as base64url(JSON) "." base64url(signature).
func (k Key) Sign(t Ticket) (string, error) {
	body, err := json.Marshal(t)
	if err != nil {
		return "", fmt.Errorf("sign ticket: %w", err)
	}
	payload := base64.RawURLEncoding.EncodeToString(body)
	return payload + "." + base64.RawURLEncoding.EncodeToString(k.mac("ticket", payload)), nil
}

// Verify checks the signature, the purpose and the expiry, in that order. Single use is the verifier's to enforce, by Ticket.ID.
func (k Key) Verify(token string, use Purpose, now time.Time) (Ticket, error) {
	payload, sig, ok := strings.Cut(token, ".")
	if !ok || len(token) > 2048 {
		return Ticket{}, ErrTicketMalformed
	}
	got, err := base64.RawURLEncoding.DecodeString(sig)
	if err != nil {
		return Ticket{}, ErrTicketMalformed
	}
	if !hmac.Equal(got, k.mac("ticket", payload)) {
		return Ticket{}, ErrTicketSignature
	}
	body, err := base64.RawURLEncoding.DecodeString(payload)
	if err != nil {
		return Ticket{}, ErrTicketMalformed
	}
	var t Ticket
	if err := json.Unmarshal(body, &t); err != nil {
		return Ticket{}, ErrTicketMalformed
	}
	if t.Purpose != use {
		return Ticket{}, ErrTicketPurpose
	}
	if now.Unix() >= t.ExpiresUnix {
		return Ticket{}, ErrTicketExpired
	}
	return t, nil
}

// mac separates what is signed by domain, so that a signed event can never pass for a ticket.
func (k Key) mac(domain, payload string) []byte {
	h := hmac.New(sha256.New, k)
	h.Write([]byte("guichet/" + domain + "/"))
	h.Write([]byte(payload))
	return h.Sum(nil)
}
