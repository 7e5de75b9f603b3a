package mediaapi

import (
	"crypto/hmac"
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// EventType says what happened on a node.
type EventType string

const (
	// AgentJoined says: the agent's audio path is up (ICE and DTLS done). A later one with another SessionID replaces it.
	AgentJoined EventType = "agent.joined"
	// AgentLeft says: the audio path named by SessionID is gone (closed, or no consent for 5 seconds).
	AgentLeft EventType = "agent.left"
	// ContactJoined says: the customer's stream and the agent's audio are bridged; sent again after a rejoin.
	ContactJoined EventType = "contact.joined"
	// ContactParked says: the agent's audio is absent, and the customer hears hold music, or a guest who is there.
	ContactParked EventType = "contact.parked"
	// ContactParkExpired says: the agent did not come back within Ticket.ParkSeconds; the node closed the stream.
	ContactParkExpired EventType = "contact.parkExpired"
	// ContactLeft says: the customer's stream ended; Reason says why.
	ContactLeft EventType = "contact.left"
	// ContactPlayed says: the recorded message named by PlaybackID is over; Reason says why.
	ContactPlayed EventType = "contact.played"
	// GuestJoined says: the guest named by GuestID hears the call and is heard; sent again after a rejoin, or for a newer line.
	GuestJoined EventType = "guest.joined"
	// GuestLeft says: they do not any more; Reason says why. Only a guest who had joined leaves.
	GuestLeft EventType = "guest.left"
)

// Reasons of ContactLeft, and of GuestLeft. A guest who is an agent leaves for the reasons of AgentLeft, or is ended too.
const (
	LeftStopped   = "stopped"   // the provider sent stop: the call ended or was redirected; or a visitor's page closed its session
	LeftLost      = "lost"      // the connection broke without a stop
	LeftMalformed = "malformed" // a frame could not be understood
	LeftDrained   = "drained"   // the node is shutting down
	LeftEnded     = "ended"     // the control plane wanted it
)

// Reasons of ContactPlayed.
const (
	PlayedFinished = "finished"
	PlayedStopped  = "stopped" // by a command, by another message, or by the end of the call
	PlayedFailed   = "failed"  // it could not be fetched or understood
)

// Event is one report of a node, POSTed as JSON to EventPath. A node retries with back-off until it is
// answered 2xx or the event is older than EventLifetime; a repeat carries the same ID.
type Event struct {
	ID        string    `json:"id"`
	Type      EventType `json:"type"`
	At        time.Time `json:"at"`
	NodeID    string    `json:"nodeId"`
	SessionID string    `json:"sessionId,omitempty"` // the agent's WHIP session; of GuestJoined and GuestLeft that of the guest
	AgentID   string    `json:"agentId"`             // who has the call
	ContactID string    `json:"contactId,omitempty"`
	CallSID   string    `json:"callSid,omitempty"` // the customer's line; of GuestJoined and GuestLeft the guest's
	Reason    string    `json:"reason,omitempty"`
	// PlaybackID is that of the command; of ContactPlayed only.
	PlaybackID string `json:"playbackId,omitempty"`
	// GuestID is that of the command; of GuestJoined and GuestLeft only.
	GuestID string `json:"guestId,omitempty"`
}

const (
	// EventPath is where nodes post events, on the one public origin.
	EventPath = "/hooks/media"
	// SignatureHeader carries "t=<unix seconds>,v1=<hex HMAC-SHA-256 of t '.' body>".
	SignatureHeader = "Guichet-Signature"
	// EventLifetime bounds both a node's retries and the clock skew that a verifier accepts.
	EventLifetime = 5 * time.Minute
)

// ErrEventSignature is any reason not to believe that the other side sent this body now.
var ErrEventSignature = errors.New("signature missing, wrong or too old")

// SignEvent returns the value of SignatureHeader for a body sent at now. Sign again at each retry.
func (k Key) SignEvent(body []byte, now time.Time) string { return k.signBody("event", body, now) }

// VerifyEvent checks the value of SignatureHeader against the body.
func (k Key) VerifyEvent(header string, body []byte, now time.Time) error {
	return k.verifyBody("event", header, body, now)
}

func (k Key) signBody(domain string, body []byte, now time.Time) string {
	t := strconv.FormatInt(now.Unix(), 10)
	return fmt.Sprintf("t=%s,v1=%s", t, hex.EncodeToString(k.mac(domain, t+"."+string(body))))
}

func (k Key) verifyBody(domain, header string, body []byte, now time.Time) error {
	ts, sig, ok := strings.Cut(header, ",v1=")
	ts, okT := strings.CutPrefix(ts, "t=")
	unix, err := strconv.ParseInt(ts, 10, 64)
	if !ok || !okT || err != nil {
		return ErrEventSignature
	}
	if age := now.Sub(time.Unix(unix, 0)); age > EventLifetime || age < -EventLifetime {
		return ErrEventSignature
	}
	got, err := hex.DecodeString(sig)
	if err != nil || !hmac.Equal(got, k.mac(domain, ts+"."+string(body))) {
		return ErrEventSignature
	}
	return nil
}
