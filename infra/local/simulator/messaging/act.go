package messaging

import (
	"context"
	"fmt"
	"time"
	"unicode/utf8"
)

// Provider is a carrier of messages on one or more channels.
type Provider interface {
	Inboxes() []Inbox
	Abilities(channel string) Abilities
	// Faults names the failures that FailNext takes for a channel.
	Faults(channel string) []string
	// Customer checks who a person says to be on a channel, or makes somebody up when they say nothing.
	Customer(channel, asked string) (string, error)
	// MessageID names a message that is about to be.
	MessageID(channel string, m Message) string
	// Report tells the product what a customer did; t is the thread after it. It returns the status of the answer.
	Report(ctx context.Context, t Thread, a Act) int
}

// ActKind is what a customer does.
type ActKind string

// Kinds of acts.
const (
	ActWrite     ActKind = "write"
	ActReact     ActKind = "react"     // with Act.Emoji; empty takes it back
	ActUnsend    ActKind = "unsend"    // of an own message
	ActEdit      ActKind = "edit"      // of an own message
	ActRead      ActKind = "read"      // everything so far
	ActElsewhere ActKind = "elsewhere" // the business writes from the provider's own inbox
)

// Act is one thing that a customer does in a thread. Message is what is written, or what it is about.
type Act struct {
	Kind    ActKind
	Message Message
	Emoji   string
}

// Limits of what the page may write; providers have their own.
const (
	maxText  = 5000
	maxFiles = 10
)

// Do does what a customer does, and returns the message that it was about once the product has answered.
func (b *Book) Do(ctx context.Context, thread string, a Act) (Message, error) {
	t, err := b.Thread(thread)
	if err != nil {
		return Message{}, err
	}
	b.mu.Lock()
	p := b.providers[t.Channel]
	b.mu.Unlock()
	if p == nil {
		return Message{}, fmt.Errorf("%s: %w", t.Channel, ErrNoInbox)
	}
	if err := allowed(p.Abilities(t.Channel), &t, a); err != nil {
		return Message{}, err
	}
	if a.Kind == ActWrite || a.Kind == ActElsewhere {
		a.Message.ID = p.MessageID(t.Channel, a.Message)
	}
	if t, err = b.Change(thread, func(t *Thread) { a.apply(t) }); err != nil {
		return Message{}, err
	}
	if a.Kind == ActRead {
		p.Report(ctx, t, a)
		return Message{}, nil
	}
	a.Message = *t.Message(a.Message.ID)
	state := Failed
	if Taken(p.Report(ctx, t, a)) {
		state = Delivered
	}
	b.ChangeMessage(thread, a.Message.ID, func(m *Message) {
		if m.State == Sending {
			m.State = state
		}
		a.Message = *m
	})
	return a.Message, nil
}

// allowed tells whether the channel has the act, and the thread what it is about.
func allowed(can Abilities, t *Thread, a Act) error {
	m := a.Message
	switch a.Kind {
	case ActWrite, ActElsewhere:
		nothing := m.Text == "" && len(m.Files) == 0 && m.Location == nil && !m.Unsupported
		if nothing || utf8.RuneCountInString(m.Text) > maxText || len(m.Files) > maxFiles {
			return ErrBadMessage
		}
		lacks := a.Kind == ActElsewhere && !can.Elsewhere || m.Location != nil && !can.Location || m.ReplyTo != "" && !can.Replies ||
			m.Payload != "" && !can.Postbacks || m.Unsupported && !can.Unsupported || !can.Aged && time.Since(m.At) > time.Minute
		if lacks {
			return ErrCannot
		}
		if m.ReplyTo != "" && t.Message(m.ReplyTo) == nil {
			return ErrNoMessage
		}
		return nil
	case ActRead:
		if !can.Reads {
			return ErrCannot
		}
		return nil
	}
	about := t.Message(m.ID)
	if about == nil || about.Deleted {
		return ErrNoMessage
	}
	own := about.From == FromCustomer
	if a.Kind == ActReact && can.Reactions || own && (a.Kind == ActUnsend && can.Unsend || a.Kind == ActEdit && can.Edits && m.Text != "") {
		return nil
	}
	return ErrCannot
}

// apply is what the customer sees at once.
func (a Act) apply(t *Thread) {
	switch a.Kind {
	case ActWrite, ActElsewhere:
		a.Message.From, a.Message.State = FromCustomer, Sending
		if a.Kind == ActElsewhere {
			a.Message.From, a.Message.Elsewhere, a.Message.State = FromBusiness, true, Delivered
		}
		t.Messages = append(t.Messages, a.Message)
	case ActRead:
		for i := range t.Messages {
			if m := &t.Messages[i]; m.From == FromBusiness && (m.State == Delivered || m.State == Sent) {
				m.State = Read
			}
		}
	default:
		m := t.Message(a.Message.ID)
		switch a.Kind {
		case ActReact:
			m.Reaction = a.Emoji
		case ActUnsend:
			m.Deleted, m.Text, m.Files, m.Location, m.Reaction = true, "", nil, nil, ""
		case ActEdit:
			m.Text = a.Message.Text
			m.Edits++
		}
	}
}
