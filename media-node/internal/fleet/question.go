package fleet

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"

	"guichet/shared/mediaapi"
)

// Kind says what is looked for.
type Kind string

// Kinds of what nodes have.
const (
	Status  Kind = ""        // nothing: how is the node?
	Headset Kind = "headset" // where an agent's browser is to open its session
	Line    Kind = "line"    // where a contact's line is to be joined to its agent
	Call    Kind = "call"    // the call of a contact
	Session Kind = "session" // a browser's open session
	Room    Kind = "room"    // a meeting room, or where it is to be opened
)

// Question asks a node what it has.
type Question struct {
	Nonce     string `json:"nonce"` // the answer repeats it
	Kind      Kind   `json:"kind"`
	AgentID   string `json:"agentId,omitempty"`   // headset, line
	ContactID string `json:"contactId,omitempty"` // line, call
	SessionID string `json:"sessionId,omitempty"` // session
	RoomID    string `json:"roomId,omitempty"`    // room
	TicketID  string `json:"ticketId,omitempty"`  // headset, line: with which somebody wants in
}

// newcomer is the name by which a node is chosen for what is nowhere yet; empty for what is not to be made.
func (q Question) newcomer() string {
	switch q.Kind {
	case Headset, Line:
		return q.AgentID
	case Room:
		return q.RoomID
	case Status, Call, Session:
	}
	return ""
}

// anybodys tells whether a request asks this of which nothing has proven yet that it may: neither a ticket nor a signature.
func (q Question) anybodys() bool { return q.Kind == Session || q.Kind == Room }

// Has is what a node has of what is asked for.
type Has struct {
	Much int  `json:"much"` // 0 for nothing; the node that has most has it
	Open bool `json:"open"` // the node takes newcomers of this kind
	Used bool `json:"used"` // the ticket was used on the node
}

type answer struct {
	Nonce   string    `json:"nonce"`
	Node    string    `json:"node"`
	Version string    `json:"version"`
	Started time.Time `json:"started"`
	Has
}

const maxAnswer = 4 << 10 // bytes

var errStranger = errors.New("the answer is not a node's")

// ask asks one node. Only a node can have answered: it has the key, and repeats the nonce.
func (f *Fleet) ask(address string, q Question) (answer, error) {
	q.Nonce = newNonce()
	body, header, err := f.post(address, pathQuestion, q)
	if err != nil {
		return answer{}, err
	}
	var a answer
	if err := f.cfg.Key.VerifyAnswer(header, body, f.cfg.Now()); err != nil {
		return answer{}, fmt.Errorf("%w: %w", errStranger, err)
	}
	if err := json.Unmarshal(body, &a); err != nil || a.Nonce != q.Nonce {
		return answer{}, errStranger
	}
	return a, nil
}

// post sends a signed body to one node and returns the answer with its signature.
func (f *Fleet) post(address, path string, content any) (answer []byte, signature string, err error) {
	body, err := json.Marshal(content)
	if err != nil {
		return nil, "", err
	}
	ctx, cancel := context.WithTimeout(f.running, askTimeout)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://"+address+path, bytes.NewReader(body))
	if err != nil {
		return nil, "", err
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set(mediaapi.SignatureHeader, f.cfg.Key.SignQuestion(body, f.cfg.Now()))
	res, err := f.client.Do(r)
	if err != nil {
		return nil, "", err
	}
	defer func() { _ = res.Body.Close() }()
	got, err := io.ReadAll(io.LimitReader(res.Body, maxAnswer))
	if err != nil {
		return nil, "", err
	}
	if res.StatusCode/100 != 2 {
		return nil, "", fmt.Errorf("%s answered %s", address, res.Status)
	}
	return got, res.Header.Get(mediaapi.SignatureHeader), nil
}
