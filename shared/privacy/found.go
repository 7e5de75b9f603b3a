package privacy

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"guichet/shared/center"
	"guichet/shared/store"
)

// Found is what a centre has of a person.
type Found struct {
	Person     Person
	Contacts   []*center.Contact
	Entries    []*store.Entry // of the contact log
	Chats      []*center.Chat
	Voicemails []*center.Voicemail
	SetAside   []*center.SetAside
	Claims     []store.Claim
	OptOuts    []*store.OptOut // stay when all else is erased
	states     []store.ChatInQueue
	calls      map[string]bool // contacts by id
	chats      map[string]bool
}

// Find reads the whole table, three times: the chats of a person tell which calls are theirs, and both which lines of the log. It keeps
// what it has found, and nothing else.
func Find(ctx context.Context, s *store.Store, p Person) (*Found, error) {
	f := &Found{Person: p, calls: map[string]bool{}, chats: map[string]bool{}}
	for _, pass := range []func(store.Trace){f.addChat, f.addContact, f.addRest} {
		if err := s.Traces(ctx, func(t store.Trace) error { pass(t); return nil }); err != nil {
			return nil, fmt.Errorf("look for %s: %w", p, err)
		}
	}
	slices.SortFunc(f.Contacts, func(a, b *center.Contact) int { return a.EnteredAt.Compare(b.EnteredAt) })
	slices.SortFunc(f.Entries, func(a, b *store.Entry) int { return a.Line.At().Compare(b.Line.At()) })
	slices.SortFunc(f.Voicemails, func(a, b *center.Voicemail) int { return strings.Compare(a.ID, b.ID) })
	return f, nil
}

func (f *Found) addChat(t store.Trace) {
	if c := t.Chat; c != nil && f.Person.wrote(c) {
		f.Chats, f.chats[c.ID] = append(f.Chats, c), true
	}
}

func (f *Found) addContact(t store.Trace) {
	if c := t.Contact; c != nil && (f.Person.called(c) || f.chats[c.ChatID]) {
		f.Contacts, f.calls[c.ID] = append(f.Contacts, c), true
	}
}

func (f *Found) addRest(t store.Trace) {
	switch {
	case t.Entry != nil && f.has(t.Entry):
		f.Entries = append(f.Entries, t.Entry)
	case t.Voicemail != nil && f.Person.Number != "" && t.Voicemail.From == f.Person.Number:
		f.Voicemails = append(f.Voicemails, t.Voicemail)
	case t.SetAside != nil && f.Person.named(t.SetAside):
		f.SetAside = append(f.SetAside, t.SetAside)
	case t.Claim != nil && (f.Person.claims(t.Claim) || f.calls[t.Claim.ContactID]):
		f.Claims = append(f.Claims, *t.Claim)
	case t.OptOut != nil && f.Person.optedOut(t.OptOut):
		f.OptOuts = append(f.OptOuts, t.OptOut)
	case t.State != nil && f.chats[t.State.ChatID]:
		f.states = append(f.states, *t.State)
	}
}

// has tells whether a line of the log is about the person: of a call, while it still says with whom it was.
func (f *Found) has(e *store.Entry) bool {
	l := e.Line
	return f.chats[l.ContactID] || l.Number != "" && (l.Number == f.Person.Number || f.calls[l.ContactID])
}

// None tells whether nothing was found that can be erased.
func (f *Found) None() bool {
	return len(f.Contacts)+len(f.Entries)+len(f.Chats)+len(f.Voicemails)+len(f.SetAside)+len(f.Claims) == 0
}

// Unknown tells whether the centre has nothing of the person at all, not even the note of a wish.
func (f *Found) Unknown() bool { return f.None() && len(f.OptOuts) == 0 }

// String lists what was found, by kind.
func (f *Found) String() string {
	var b strings.Builder
	for _, kind := range []struct {
		n    int
		what string
	}{
		{len(f.Contacts), "calls"}, {len(f.Entries), "lines of the contact log"}, {len(f.Chats), "conversations, with their messages and files"},
		{len(f.Voicemails), "messages left by telephone, with their sound"}, {len(f.SetAside), "messages that nobody understood"},
		{len(f.Claims), "numbers noted as being called"},
	} {
		if kind.n > 0 {
			fmt.Fprintf(&b, "  %5d %s\n", kind.n, kind.what)
		}
	}
	for _, c := range f.Contacts {
		if c.Scheduled() {
			fmt.Fprintf(&b, "  a call to them is due at %s\n", c.DueAt.Format(time.RFC3339))
		}
	}
	for _, o := range f.OptOuts {
		fmt.Fprintf(&b, "  they want no more messages from %s %s: that is noted, and stays, so that they get none\n", o.Channel, o.Inbox)
	}
	return b.String()
}

// GoesOn lists why nothing can be erased now: what is going on would lose whom it is with.
func (f *Found) GoesOn() []string {
	var reasons []string
	for _, c := range f.Contacts {
		if !c.Ended() && !c.Scheduled() {
			reasons = append(reasons, fmt.Sprintf("call %s is %s: wait until it is over", c.ID, c.State))
		}
	}
	for _, c := range f.Chats {
		if c.Open() {
			reasons = append(reasons, fmt.Sprintf("conversation %s on %s is open: resolve it first", c.ID, c.Channel))
		}
	}
	return reasons
}
