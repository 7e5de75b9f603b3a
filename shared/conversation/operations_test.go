package conversation_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"pgregory.net/rapid"

	"guichet/shared/center"
	"guichet/shared/channel"
	"guichet/shared/conversation"
	"guichet/shared/dispatch"
	"guichet/shared/store/storetest/schedule"
)

// operation is something that may happen next. It is possible when its list of variants is not empty.
type operation struct {
	name string
	odds int
	// variants lists what it could be done to.
	variants func(*world) []func()
}

// operations is everything that customers, agents, providers and time can do.
var operations = []operation{
	{"somebody writes", 9, (*world).writes},
	{"something else is reported", 4, (*world).reports},
	{"a message is delivered", 16, (*world).deliveries},
	{"the stream goes on", 4, (*world).streams},
	{"an agent writes", 7, (*world).answers},
	{"an agent sends again", 3, (*world).sendsAgain},
	{"an agent assigns", 5, (*world).assigns},
	{"an agent transfers", 2, (*world).transfers},
	{"an agent resolves", 3, (*world).resolves},
	{"an agent reopens", 1, (*world).reopens},
	{"an agent reads", 4, (*world).readings},
	{"an agent tags", 1, (*world).tags},
	{"an agent chooses a status", 5, (*world).statuses},
	{"a desk connects", 3, (*world).connects},
	{"a desk leaves", 2, (*world).disconnects},
	{"a call comes", 2, (*world).callers},
	{"a call goes on", 4, (*world).callsOn},
	{"the provider has too much to do", 2, (*world).limits},
	{"time passes", 5, (*world).pauses},
	{"the sweeper runs", 1, (*world).sweeps},
}

const maxSaid = 14

// writes puts a new message into the mail: somebody's, or one of ours from elsewhere.
func (w *world) writes() []func() {
	if len(w.said) >= maxSaid {
		return nil
	}
	var all []func()
	for _, c := range w.customers {
		for _, echo := range []bool{false, false, false, true} {
			if echo && c.channel != "timed" {
				continue
			}
			all = append(all, func() {
				s := &said{customer: c, providerID: fmt.Sprintf("in%d", len(w.said)+1), echo: echo}
				w.said = append(w.said, s)
				w.post(s.arrives(w))
			})
		}
	}
	return all
}

func (w *world) post(m message) {
	w.T.Logf("%s to come: %s", schedule.At(), m.what)
	w.mail = append(w.mail, m)
}

// arrives is the webhook of a message.
func (s *said) arrives(w *world) message {
	e := s.event(dispatch.Clock())
	in := &channel.Incoming{ProviderID: s.providerID, Kind: center.KindText, Text: s.providerID}
	if e.Message = in; s.echo {
		e.Message, e.Echo = nil, in
	}
	return message{what: s.id + " says " + s.providerID, deliver: func(ctx context.Context) error {
		p, known := schedule.ProcessOf(ctx), w.has(s)
		p.Done = func(ok bool) {
			if ok {
				w.take(s)
			}
			if ok && !known && p.Alone && !s.echo && w.Ledger.Chat(s.chatID()).Unread == 0 {
				w.Violate("I3: %s has come late, and nobody is told", s.providerID)
			}
		}
		copied := *in // what a process writes into it is its own
		if e := e; s.echo {
			e.Echo = &copied
			return w.service.Receive(ctx, e)
		}
		e := e
		e.Message = &copied
		return w.service.Receive(ctx, e)
	}}
}

// has tells whether a message is in its thread.
func (w *world) has(s *said) bool {
	return slices.ContainsFunc(w.thread(s.chatID()), func(m *center.Message) bool { return m.ProviderID == s.providerID })
}

func (w *world) take(s *said) {
	if w.taken[s.chatID()] == nil {
		w.taken[s.chatID()] = map[string]bool{}
	}
	w.taken[s.chatID()][s.providerID] = true
}

// reports puts what else happens to messages and chats into the mail.
func (w *world) reports() []func() {
	var all []func()
	add := func(c customer, what string, change func(*channel.Event)) {
		all = append(all, func() {
			e := c.event(dispatch.Clock())
			change(&e)
			m := message{what: c.id + " " + what}
			m.deliver = func(ctx context.Context) error {
				err := w.service.Receive(ctx, e)
				if errors.Is(err, conversation.ErrOvertaken) {
					w.mail = append(w.mail, m) // the provider repeats it
					return nil
				}
				return err
			}
			w.post(m)
		})
	}
	for _, s := range w.said {
		if s.channel != "timed" {
			continue
		}
		add(s.customer, "edits "+s.providerID, func(e *channel.Event) {
			e.Edit = &channel.Edit{ProviderID: s.providerID, Text: s.providerID + " edited at " + schedule.At()}
		})
		add(s.customer, "reacts to "+s.providerID, func(e *channel.Event) {
			e.Reaction = &channel.Reaction{ProviderID: s.providerID, Emoji: schedule.At()}
		})
		add(s.customer, "takes back "+s.providerID, func(e *channel.Event) { e.Unsent = &channel.Unsent{ProviderID: s.providerID} })
	}
	for i, c := range w.customers {
		add(c, "has seen all", func(e *channel.Event) {
			e.Watermark = &channel.Watermark{Seen: dispatch.Clock(), Delivered: dispatch.Clock()}
		})
		if w.Ledger.Chat(c.chatID()) != nil {
			for _, out := range []bool{true, false} {
				add(c, fmt.Sprintf("opts out: %t", out), func(e *channel.Event) {
					e.Consent = &channel.Consent{OptedOut: out, ProviderID: fmt.Sprint("consent", i, len(w.mail), schedule.At())}
				})
			}
		}
	}
	return all
}

// deliveries takes a message out of the mail, or delivers it and leaves it there to come again. In a history with faults
// it may also be lost.
func (w *world) deliveries() []func() {
	var all []func()
	for i, m := range w.mail {
		if dispatch.Clock().Before(m.dueAt) {
			continue
		}
		deliver := func() {
			switch fate := rapid.IntRange(0, 9).Draw(w.R, "fate"); {
			case fate == 9 && slices.Contains(w.Faults, schedule.CrashBefore):
				w.T.Logf("%s lost: %s", schedule.At(), m.what)
				w.mail = slices.Delete(w.mail, i, i+1)
				return
			case fate < 6:
				w.mail = slices.Delete(w.mail, i, i+1)
			}
			w.deliver(m)
		}
		all = append(all, deliver)
		if !m.dueAt.IsZero() { // timers do not wait
			all = append(all, deliver, deliver, deliver)
		}
	}
	return all
}

func (w *world) deliver(m message) { w.begin(m.what, deed{}, m.deliver) }

func (w *world) streams() []func() {
	if len(w.toSettle) == 0 {
		return nil
	}
	return []func(){w.streamOne}
}

// pauses lets time pass: little while something runs, for no function lives longer than half a minute.
func (w *world) pauses() []func() {
	lengths := []time.Duration{time.Millisecond, time.Second}
	if len(w.InFlight) == 0 {
		lengths = append(lengths, 5*time.Second, 90*time.Second, grace)
	}
	var all []func()
	for _, length := range lengths {
		all = append(all, func() {
			w.T.Logf("%s %s pass", schedule.At(), length)
			time.Sleep(length)
		})
	}
	return all
}

func (w *world) limits() []func() {
	return []func(){func() {
		w.provider.limits = !w.provider.limits
		w.T.Logf("%s the provider refuses for now: %t", schedule.At(), w.provider.limits)
	}}
}

func (w *world) sweeps() []func() { return []func(){w.sweep} }

func (w *world) sweep() { w.begin("sweep", deed{}, w.service.Sweep) }
