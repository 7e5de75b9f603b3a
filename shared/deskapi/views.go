// Package deskapi is what the dashboard sees, over REST and over the realtime connection alike: views of the domain
// with their JSON names. The OpenAPI file is generated from these types; they hold no rules.
package deskapi

import (
	"time"

	"guichet/shared/center"
)

// Membership is an agent's status in one queue.
type Membership struct {
	QueueID string     `json:"queueId"`
	Status  string     `json:"status" enum:"out,ready,paused"`
	Reason  string     `json:"reason,omitempty" doc:"Key of the pause reason; 'missed' is given by the system after an unanswered offer."`
	Since   *time.Time `json:"since,omitempty"`
	By      string     `json:"by,omitempty" doc:"The supervisor who gave it; absent when the agent chose it."`
}

// WrapUp is the running wrap-up time after a call.
type WrapUp struct {
	ContactID string    `json:"contactId"`
	QueueID   string    `json:"queueId"`
	Since     time.Time `json:"since"`
	Until     time.Time `json:"until"`
}

// NextStatus is what was chosen, during an agent's contact, for the time after it.
type NextStatus struct {
	Status string `json:"status" enum:"out,ready,paused"`
	Reason string `json:"reason,omitempty" doc:"Key of the pause reason."`
	By     string `json:"by,omitempty" doc:"The supervisor who chose it; absent when the agent did."`
}

// Agent is an agent as desks show them. Keep the one with the highest version.
type Agent struct {
	ID          string       `json:"id"`
	Name        string       `json:"name"`
	Role        string       `json:"role" enum:"agent,supervisor,admin"`
	Language    string       `json:"language" doc:"BCP 47"`
	Memberships []Membership `json:"memberships" nullable:"false" doc:"One for each assigned queue, in order."`
	ContactID   string       `json:"contactId,omitempty" doc:"The call that is offered to the agent or live."`
	WrapUp      *WrapUp      `json:"wrapUp,omitempty"`
	Next        *NextStatus  `json:"next,omitempty" doc:"The status for every joined queue once call and wrap-up are over."`
	IdleSince   *time.Time   `json:"idleSince,omitempty"`
	Online      bool         `json:"online"`
	AudioID     string       `json:"audioId,omitempty" doc:"The media session that carries the agent's audio."`
	Chats       []string     `json:"chats,omitempty" doc:"The chats that the agent holds, oldest first."`
	Line        string       `json:"line,omitempty" doc:"The number that the agent chose to call from, E.164; absent: the first of the desk's lines."`
	Version     int64        `json:"version"`
}

// Line is a number from which an agent calls.
type Line struct {
	Number string `json:"number" doc:"E.164"`
	Label  string `json:"label"`
	Own    bool   `json:"own" doc:"Calls to it ring this agent."`
}

// Guest is a third party whom the call's agent has invited: a colleague, or somebody at a number.
type Guest struct {
	ID        string    `json:"id"`
	AgentID   string    `json:"agentId,omitempty" doc:"The colleague; they accept or decline with the guest's id as offerId."`
	Number    string    `json:"number,omitempty" doc:"E.164"`
	State     string    `json:"state" enum:"ringing,joined"`
	Blind     bool      `json:"blind" doc:"The call is handed over as soon as they answer."`
	At        time.Time `json:"at"`
	ExpiresAt time.Time `json:"expiresAt" doc:"Until when it rings."`
}

// Offer is a call ringing at one agent.
type Offer struct {
	ID        string    `json:"id"`
	AgentID   string    `json:"agentId"`
	At        time.Time `json:"at"`
	ExpiresAt time.Time `json:"expiresAt"`
}

// Playback is a recorded message that plays into a call.
type Playback struct {
	ID          string    `json:"id"`
	RecordingID string    `json:"recordingId"`
	Name        string    `json:"name"`
	At          time.Time `json:"at"`
	Until       time.Time `json:"until" doc:"When it will be over."`
	ThenEnd     bool      `json:"thenEnd" doc:"The call ends with it."`
}

// Contact is one call. Keep the one with the highest version.
type Contact struct {
	ID          string     `json:"id"`
	Kind        string     `json:"kind" enum:"inbound,outbound,callback,campaign,direct"`
	State       string     `json:"state" enum:"scheduled,waiting,offered,connecting,connected,ended"`
	Outcome     string     `json:"outcome,omitempty" enum:"handled,abandoned,timedOut,failed,unanswered,incomplete"`
	QueueID     string     `json:"queueId" doc:"Empty for a call of no queue."`
	ChatID      string     `json:"chatId,omitempty" doc:"The chat from which the call was made."`
	InWidget    bool       `json:"inWidget,omitempty" doc:"The customer is called in the webchat's widget, and has no number."`
	From        string     `json:"from,omitempty" doc:"The customer's number, E.164; absent when withheld."`
	To          string     `json:"to" doc:"Our number, E.164."`
	CallerName  string     `json:"callerName,omitempty"`
	AgentID     string     `json:"agentId,omitempty" doc:"The agent who accepted."`
	Offer       *Offer     `json:"offer,omitempty"`
	Guest       *Guest     `json:"guest,omitempty" doc:"Who is in the call beside customer and agent, or rung for it."`
	Attempt     int        `json:"attempt,omitempty" doc:"Of a callback or a campaign's call: the attempt to reach the customer, from 1."`
	DueAt       *time.Time `json:"dueAt,omitempty" doc:"When a scheduled call will be tried."`
	Playback    *Playback  `json:"playback,omitempty"`
	EnteredAt   time.Time  `json:"enteredAt"`
	AcceptedAt  *time.Time `json:"acceptedAt,omitempty"`
	ConnectedAt *time.Time `json:"connectedAt,omitempty"`
	EndedAt     *time.Time `json:"endedAt,omitempty"`
	HeldAt      *time.Time `json:"heldAt,omitempty" doc:"Since when the customer is on hold."`
	Version     int64      `json:"version"`
}

// Queue is a queue as desks show it.
type Queue struct {
	ID            string `json:"id"`
	Name          string `json:"name"`
	Kind          string `json:"kind" enum:"voice,chat,campaign"`
	RingSeconds   int    `json:"ringSeconds"`
	WrapUpSeconds int    `json:"wrapUpSeconds"`
	Assignment    string `json:"assignment,omitempty" enum:"picked,automatic" doc:"Of a chat queue."`
	Capacity      int    `json:"capacity,omitempty" doc:"Of a chat queue: chats that one agent holds at once when they are assigned automatically."`
}

// Desk is everything an agent's desk needs to start or to catch up: a snapshot whose parts carry the same
// versions as the events, so that whatever arrives twice or late is recognised.
type Desk struct {
	Agent        Agent     `json:"agent"`
	Contact      *Contact  `json:"contact,omitempty" doc:"The call that is offered to the agent or live."`
	Queues       []Queue   `json:"queues" nullable:"false" doc:"The assigned queues and campaigns, and every queue of calls, to which calls can be transferred; for supervisors, all."`
	PauseReasons []string  `json:"pauseReasons" nullable:"false"`
	Lines        []Line    `json:"lines" nullable:"false" doc:"The numbers from which the agent may call, own ones first."`
	CenterName   string    `json:"centerName"`
	ServerTime   time.Time `json:"serverTime" doc:"To count down by the server's clock."`
	Settings     Settings  `json:"settings"`
}

// Settings are what a desk has to know of the centre's.
type Settings struct {
	Country         string   `json:"country" doc:"ISO 3166-1: how numbers without a country are read."`
	AttachmentBytes int64    `json:"attachmentBytes" doc:"How large a file may be."`
	AttachmentTypes []string `json:"attachmentTypes" nullable:"false" doc:"Media types of the files that may be sent."`
}

// ViewAgent renders an agent.
func ViewAgent(a *center.Agent) Agent {
	v := Agent{
		ID: a.ID, Name: a.Name, Role: string(a.Role), Language: a.Language, Memberships: []Membership{},
		ContactID: a.ContactID, IdleSince: optional(a.IdleSince), Online: a.Online(), AudioID: a.AudioID, Chats: a.Chats, Line: a.Line, Version: a.Version,
	}
	for _, q := range a.Queues {
		m := a.StatusIn(q)
		v.Memberships = append(v.Memberships, Membership{QueueID: q, Status: string(m.Status), Reason: m.Reason, Since: optional(m.Since), By: m.By})
	}
	if n := a.Next; n != nil {
		v.Next = &NextStatus{Status: string(n.Status), Reason: n.Reason, By: n.By}
	}
	if w := a.WrapUp; w != nil {
		v.WrapUp = &WrapUp{ContactID: w.ContactID, QueueID: w.QueueID, Since: w.Since, Until: w.Until}
	}
	return v
}

// ViewContact renders a contact.
func ViewContact(c *center.Contact) Contact {
	v := Contact{
		ID: c.ID, Kind: string(c.Kind), State: string(c.State), Outcome: string(c.Outcome), QueueID: c.QueueID, ChatID: c.ChatID, InWidget: c.InWidget,
		From: c.From, To: c.To, CallerName: c.CallerName, AgentID: c.AgentID, EnteredAt: c.EnteredAt,
		AcceptedAt: optional(c.AcceptedAt), ConnectedAt: optional(c.ConnectedAt), EndedAt: optional(c.EndedAt), HeldAt: optional(c.HeldAt), Version: c.Version,
		Attempt: c.Attempt, DueAt: optional(c.DueAt),
	}
	if o := c.Offer; o != nil {
		v.Offer = &Offer{ID: o.ID, AgentID: o.AgentID, At: o.At, ExpiresAt: o.ExpiresAt}
	}
	if g := c.Guest; g != nil {
		v.Guest = &Guest{
			ID: g.ID, AgentID: g.AgentID, Number: g.Number, State: string(g.State), Blind: g.Blind, At: g.At, ExpiresAt: g.ExpiresAt,
		}
	}
	if p := c.Playback; p != nil {
		v.Playback = &Playback{ID: p.ID, RecordingID: p.RecordingID, Name: p.Name, At: p.At, Until: p.Until, ThenEnd: p.ThenEnd}
	}
	return v
}

// ViewQueue renders a queue.
func ViewQueue(q center.Queue) Queue {
	return Queue{
		ID: q.ID, Name: q.Name, Kind: string(q.Kind),
		RingSeconds: int(q.Ring / time.Second), WrapUpSeconds: int(q.WrapUp / time.Second),
		Assignment: string(q.Assignment), Capacity: q.Capacity,
	}
}

// ViewLines renders lines.
func ViewLines(lines []center.Line) []Line {
	views := make([]Line, len(lines))
	for i, l := range lines {
		views[i] = Line{Number: l.Number, Label: l.Label, Own: l.AgentID != ""}
	}
	return views
}

func optional(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}
