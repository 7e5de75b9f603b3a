package store

import (
	"context"
	"time"

	"guichet/shared/center"
)

// contactRetention is how long a contact is kept after its last change: 13 months of reports.
const contactRetention = 400 * 24 * time.Hour

type offerRecord struct {
	ID        string `dynamodbav:"id"`
	AgentID   string `dynamodbav:"agent"`
	At        string `dynamodbav:"at"`
	ExpiresAt string `dynamodbav:"expires"`
}

type playbackRecord struct {
	ID          string `dynamodbav:"id"`
	RecordingID string `dynamodbav:"recording"`
	Name        string `dynamodbav:"name"`
	At          string `dynamodbav:"at"`
	Until       string `dynamodbav:"until"`
	ThenEnd     bool   `dynamodbav:"thenEnd,omitempty"`
}

type guestRecord struct {
	ID        string `dynamodbav:"id"`
	AgentID   string `dynamodbav:"agent,omitempty"`
	Number    string `dynamodbav:"number,omitempty"`
	CallSID   string `dynamodbav:"callSid,omitempty"`
	State     string `dynamodbav:"state"`
	Blind     bool   `dynamodbav:"blind,omitempty"`
	At        string `dynamodbav:"at"`
	ExpiresAt string `dynamodbav:"expires"`
}

type contactRecord struct {
	PK          string            `dynamodbav:"pk"`
	SK          string            `dynamodbav:"sk"`
	V           int64             `dynamodbav:"v"`
	TTL         int64             `dynamodbav:"ttl"`
	ID          string            `dynamodbav:"id"`
	Kind        string            `dynamodbav:"kind"`
	State       string            `dynamodbav:"state"`
	Outcome     string            `dynamodbav:"outcome,omitempty"`
	QueueID     string            `dynamodbav:"queue"`
	LineOf      string            `dynamodbav:"lineOf,omitempty"`
	Missed      string            `dynamodbav:"missed,omitempty"`
	Attempt     int               `dynamodbav:"attempt,omitempty"`
	DueAt       string            `dynamodbav:"due,omitempty"`
	Machine     bool              `dynamodbav:"machine,omitempty"`
	Token       string            `dynamodbav:"token,omitempty"`
	QueuedAt    string            `dynamodbav:"queued,omitempty"`
	Guest       *guestRecord      `dynamodbav:"guest,omitempty"`
	Priority    int               `dynamodbav:"priority"`
	From        string            `dynamodbav:"from,omitempty"`
	To          string            `dynamodbav:"to"`
	ChatID      string            `dynamodbav:"chat,omitempty"`
	InWidget    bool              `dynamodbav:"widget,omitempty"`
	CallerName  string            `dynamodbav:"callerName,omitempty"`
	CallSID     string            `dynamodbav:"callSid,omitempty"`
	EnteredAt   string            `dynamodbav:"entered"`
	AcceptedAt  string            `dynamodbav:"accepted,omitempty"`
	ConnectedAt string            `dynamodbav:"connected,omitempty"`
	EndedAt     string            `dynamodbav:"ended,omitempty"`
	HeldAt      string            `dynamodbav:"held,omitempty"`
	MovedAt     string            `dynamodbav:"moved,omitempty"`
	AnsweredAt  string            `dynamodbav:"answered,omitempty"`
	CallbackAt  string            `dynamodbav:"callback,omitempty"`
	LeftAt      string            `dynamodbav:"left,omitempty"`
	HoldMs      int64             `dynamodbav:"holdMs,omitempty"`
	HoldBefore  int64             `dynamodbav:"holdBefore,omitempty"`
	Offer       *offerRecord      `dynamodbav:"offer,omitempty"`
	Playback    *playbackRecord   `dynamodbav:"playback,omitempty"`
	AgentID     string            `dynamodbav:"agent,omitempty"`
	Asked       []string          `dynamodbav:"asked,omitempty"`
	Declined    map[string]string `dynamodbav:"declined,omitempty"`
}

// Contact reads a contact; a consistent read costs twice an eventual one.
func (s *Store) Contact(ctx context.Context, id string, consistent bool) (*center.Contact, error) {
	var r contactRecord
	found, err := s.get(ctx, contactPartition(id), contactSort, consistent, &r)
	if err != nil {
		return nil, err
	}
	if !found {
		return nil, center.Errorf(center.NotFound, "contact-unknown", "no contact %s", id)
	}
	return r.contact()
}

func newContactRecord(c *center.Contact) contactRecord {
	last := c.EnteredAt
	if c.Ended() {
		last = c.EndedAt
	}
	r := contactRecord{
		PK: contactPartition(c.ID), SK: contactSort, V: c.Version + 1, TTL: last.Add(contactRetention).Unix(),
		ID: c.ID, Kind: string(c.Kind), State: string(c.State), Outcome: string(c.Outcome), QueueID: c.QueueID, Priority: c.Priority,
		LineOf: c.LineOf, Missed: c.Missed, Attempt: c.Attempt, Machine: c.Machine, DueAt: formatTime(c.DueAt), Token: c.Token, QueuedAt: formatTime(c.QueuedAt),
		From: c.From, To: c.To, ChatID: c.ChatID, InWidget: c.InWidget,
		CallerName: c.CallerName, CallSID: c.CallSID,
		EnteredAt: formatTime(c.EnteredAt), AcceptedAt: formatTime(c.AcceptedAt),
		ConnectedAt: formatTime(c.ConnectedAt), EndedAt: formatTime(c.EndedAt),
		MovedAt: formatTime(c.MovedAt), AnsweredAt: formatTime(c.AnsweredAt), CallbackAt: formatTime(c.CallbackAt), LeftAt: formatTime(c.LeftAt),
		HeldAt: formatTime(c.HeldAt), HoldMs: c.HoldTime.Milliseconds(), HoldBefore: c.HoldBefore.Milliseconds(), AgentID: c.AgentID, Asked: c.Asked,
	}
	if o := c.Offer; o != nil {
		r.Offer = &offerRecord{ID: o.ID, AgentID: o.AgentID, At: formatTime(o.At), ExpiresAt: formatTime(o.ExpiresAt)}
	}
	if g := c.Guest; g != nil {
		r.Guest = &guestRecord{
			ID: g.ID, AgentID: g.AgentID, Number: g.Number, CallSID: g.CallSID, State: string(g.State), Blind: g.Blind,
			At: formatTime(g.At), ExpiresAt: formatTime(g.ExpiresAt),
		}
	}
	if p := c.Playback; p != nil {
		r.Playback = &playbackRecord{
			ID: p.ID, RecordingID: p.RecordingID, Name: p.Name, At: formatTime(p.At), Until: formatTime(p.Until), ThenEnd: p.ThenEnd,
		}
	}
	if len(c.Declined) > 0 {
		r.Declined = make(map[string]string, len(c.Declined))
		for agent, until := range c.Declined {
			r.Declined[agent] = formatTime(until)
		}
	}
	return r
}

func (r contactRecord) contact() (*center.Contact, error) {
	var d timeDecoder
	c := &center.Contact{
		ID: r.ID, Kind: center.ContactKind(r.Kind), State: center.State(r.State), Outcome: center.Outcome(r.Outcome),
		QueueID: r.QueueID, Priority: r.Priority, From: r.From, To: r.To, ChatID: r.ChatID, LineOf: r.LineOf, Missed: r.Missed,
		Attempt: r.Attempt, Machine: r.Machine, DueAt: d.time(r.DueAt), Token: r.Token, QueuedAt: d.time(r.QueuedAt),
		InWidget: r.InWidget, CallerName: r.CallerName, CallSID: r.CallSID,
		EnteredAt: d.time(r.EnteredAt), AcceptedAt: d.time(r.AcceptedAt),
		ConnectedAt: d.time(r.ConnectedAt), EndedAt: d.time(r.EndedAt),
		MovedAt: d.time(r.MovedAt), AnsweredAt: d.time(r.AnsweredAt), CallbackAt: d.time(r.CallbackAt), LeftAt: d.time(r.LeftAt),
		HoldBefore: time.Duration(r.HoldBefore) * time.Millisecond,
		HeldAt:     d.time(r.HeldAt), HoldTime: time.Duration(r.HoldMs) * time.Millisecond, AgentID: r.AgentID, Asked: r.Asked, Version: r.V,
	}
	if o := r.Offer; o != nil {
		c.Offer = &center.Offer{ID: o.ID, AgentID: o.AgentID, At: d.time(o.At), ExpiresAt: d.time(o.ExpiresAt)}
	}
	if g := r.Guest; g != nil {
		c.Guest = &center.Guest{
			ID: g.ID, AgentID: g.AgentID, Number: g.Number, CallSID: g.CallSID, State: center.GuestState(g.State), Blind: g.Blind,
			At: d.time(g.At), ExpiresAt: d.time(g.ExpiresAt),
		}
	}
	if p := r.Playback; p != nil {
		c.Playback = &center.Playback{
			ID: p.ID, RecordingID: p.RecordingID, Name: p.Name, At: d.time(p.At), Until: d.time(p.Until), ThenEnd: p.ThenEnd,
		}
	}
	if len(r.Declined) > 0 {
		c.Declined = make(map[string]time.Time, len(r.Declined))
		for agent, until := range r.Declined {
			c.Declined[agent] = d.time(until)
		}
	}
	return c, d.failure("contact " + r.ID)
}
