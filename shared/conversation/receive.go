package conversation

import (
	"context"
	"errors"
	"slices"
	"time"

	"guichet/shared/center"
	"guichet/shared/channel"
	"guichet/shared/store"
)

// Receive takes one thing that a customer did, or that a provider reports. It may come twice, late, or before what it
// refers to: the effect is that of coming once, in order (I8).
func (s *Service) Receive(ctx context.Context, e channel.Event) error {
	id := center.ChatIDOf(e.Channel, e.Inbox, e.Customer.ID)
	switch {
	case e.Message != nil:
		return s.incoming(ctx, e, *e.Message, center.FromCustomer)
	case e.Echo != nil:
		return s.incoming(ctx, e, *e.Echo, center.FromElse)
	case e.Edit != nil:
		return s.edited(ctx, id, e)
	case e.Reaction != nil:
		return s.reacted(ctx, id, e)
	case e.Unsent != nil:
		return s.unsent(ctx, id, e)
	case e.Status != nil:
		return s.status(ctx, id, *e.Status)
	case e.Watermark != nil:
		return s.watermark(ctx, id, *e.Watermark)
	case e.Consent != nil:
		return s.consent(ctx, id, e)
	case e.Typing != nil:
		return s.customerTypes(ctx, id, e.Typing.On)
	}
	return center.Errorf(center.Invalid, "event-empty", "an event of %s says nothing", e.Channel)
}

// SetAside keeps a payload that could not be understood.
func (s *Service) SetAside(ctx context.Context, channelName string, payload []byte, reason error) error {
	s.Log.WarnContext(ctx, "payload set aside", "channel", channelName, "bytes", len(payload), "reason", reason)
	return s.Store.SetAside(ctx, channelName, payload, reason.Error(), s.Now())
}

// incoming adds a message of the customer's, or one of ours that was written elsewhere, to its chat.
func (s *Service) incoming(ctx context.Context, e channel.Event, in channel.Incoming, from center.Author) error {
	m, err := s.message(ctx, e, in, from)
	if err != nil {
		return err
	}
	if from == center.FromElse {
		if ours, err := s.isOurs(ctx, m); ours || err != nil {
			return err
		}
	}
	var opened *center.Chat
	err = store.Retry(func(consistent bool) error {
		opened = nil
		c, err := s.Store.Chat(ctx, m.ChatID, consistent)
		switch {
		case center.CodeOf(err) == center.NotFound:
			opened, err = s.open(ctx, e, m)
			return err
		case err != nil:
			return err
		case from == center.FromCustomer && (!c.Open() || m.Key() <= c.ReadTo):
			if !c.Open() {
				opened = c
			}
			return s.addAgain(ctx, c, m)
		}
		return s.add(ctx, c, m)
	})
	switch {
	case errors.Is(err, store.ErrStaleMessage):
		return s.settle(ctx, m, known)
	case err != nil || opened == nil:
		return err
	}
	if err := s.matchChat(ctx, opened); err != nil {
		return err
	}
	s.lookUp(ctx, opened)
	return nil
}

// echoes is how many of the latest messages an echo is looked for among.
const echoes = 20

// isOurs tells whether a message that the provider reports as ours is one that Guichet has sent: it has its id there, or
// its answer with the id is still under way. Most providers hand our own id back; this is for those that may not.
func (s *Service) isOurs(ctx context.Context, echo *center.Message) (bool, error) {
	latest, _, err := s.Store.Messages(ctx, echo.ChatID, store.Page{Limit: echoes})
	if err != nil {
		return false, err
	}
	return slices.ContainsFunc(latest, func(m *center.Message) bool {
		return m.From == center.FromAgent &&
			(m.ProviderID == echo.ProviderID || m.Delivery == center.DeliverySending && m.Text == echo.Text)
	}), nil
}

// message makes the message that a provider's is for us.
func (s *Service) message(ctx context.Context, e channel.Event, in channel.Incoming, from center.Author) (*center.Message, error) {
	m := &center.Message{
		ID: center.MessageIDOf(e.Channel, in.ProviderID), ChatID: center.ChatIDOf(e.Channel, e.Inbox, e.Customer.ID),
		Kind: in.Kind, From: from, Text: in.Text, Attachments: in.Attachments, Location: in.Location, ProviderID: in.ProviderID,
	}
	for i := range m.Attachments {
		if a := &m.Attachments[i]; a.State == "" {
			a.ID, a.State = center.FileIDOf(m.ID, i), center.AttachmentFetching
		}
	}
	at := e.At
	if at.IsZero() {
		var err error
		if at, err = s.Store.FirstSeen(ctx, m.ChatID, m.ID, s.Now()); err != nil {
			return nil, err
		}
	}
	m.At = at.UTC().Truncate(time.Millisecond)
	if in.ReplyToID != "" {
		m.ReplyTo = center.MessageIDOf(e.Channel, in.ReplyToID)
		if answered, err := s.Store.FindMessage(ctx, m.ChatID, m.ReplyTo, in.ReplyToID); err == nil {
			m.ReplyTo = answered.ID // ours have ids of our own
		}
	}
	return m, nil
}

// open writes the first message of a customer on this inbox, the chat and its place in line, together.
func (s *Service) open(ctx context.Context, e channel.Event, m *center.Message) (*center.Chat, error) {
	queueID, err := s.queueOf(ctx, e.Channel, e.Inbox)
	if err != nil {
		return nil, err
	}
	c := &center.Chat{
		ID: m.ChatID, Channel: e.Channel, Inbox: e.Inbox, Customer: e.Customer, QueueID: queueID, State: center.ChatUnassigned,
		OpenedAt: m.At, EnteredAt: m.At,
	}
	if c.ConsentAt, err = s.Store.OptedOut(ctx, c.ID); err != nil {
		return nil, err
	}
	c.OptedOut = !c.ConsentAt.IsZero() // said in a chat that is gone
	if m.From != center.FromCustomer {
		c.State, c.ResolvedAt = center.ChatResolved, m.At // ours and elsewhere: nobody here has to do anything
	}
	c.Apply(m)
	return c, s.Store.CommitChat(ctx, store.ChatChange{After: c, Messages: []*center.Message{m}})
}

// queueOf is the queue that an inbox's conversations join.
func (s *Service) queueOf(ctx context.Context, channelName, inbox string) (string, error) {
	dir, err := s.Directories.Directory(ctx)
	if err != nil {
		return "", err
	}
	queueID, ok := dir.Inboxes[store.InboxKey(channelName, inbox)]
	if !ok {
		return "", center.Errorf(center.Invalid, "inbox-unknown", "no queue takes what comes to %s %s", channelName, inbox)
	}
	return queueID, nil
}

// reopen takes up a chat again, if it is resolved. One whose queue is gone by now joins that of its inbox: in no other would anybody
// see it. It tells whether it was resolved.
func (s *Service) reopen(ctx context.Context, c *center.Chat) (bool, error) {
	if !c.Reopen(s.Now()) {
		return false, nil
	}
	dir, err := s.Directories.Directory(ctx)
	if err != nil || dir.Queues[c.QueueID].Kind == center.QueueChat {
		return true, err
	}
	c.QueueID, err = s.queueOf(ctx, c.Channel, c.Inbox)
	return true, err
}

// addAgain writes a message to a chat that was done with it: the chat is resolved, and goes back in line, or an agent has
// read beyond the message, which comes late. One write for both, since nothing would tell later that the message is unread.
func (s *Service) addAgain(ctx context.Context, c *center.Chat, m *center.Message) error {
	before := *c
	c.UnreadFrom(m)
	if _, err := s.reopen(ctx, c); err != nil {
		return err
	}
	later, _, err := s.Store.Messages(ctx, c.ID, store.Page{After: c.CountFrom()})
	if err != nil {
		return err
	}
	c.Recount(append(later, m))
	return s.Store.CommitChat(ctx, store.ChatChange{Before: &before, After: c, Messages: []*center.Message{m}})
}

// add writes a message, then what it changes about the chat: two plain writes cost half a transaction. Should the second
// not come, the stream function settles it.
func (s *Service) add(ctx context.Context, c *center.Chat, m *center.Message) error {
	if err := s.Store.AddMessage(ctx, m); err != nil {
		return err
	}
	return s.follow(ctx, c, m)
}

// follow makes a chat say what its new message says.
func (s *Service) follow(ctx context.Context, c *center.Chat, m *center.Message) error {
	before := *c
	if !c.Apply(m) {
		return s.settle(ctx, m, fresh)
	}
	if sameWords(&before, c) {
		return nil
	}
	err := s.Store.CommitChat(ctx, store.ChatChange{Before: &before, After: c})
	if errors.Is(err, store.ErrStale) {
		return s.settle(ctx, m, fresh)
	}
	return err
}

// lookUp asks the channel who the customer is, if it can. The chat does without as well.
func (s *Service) lookUp(ctx context.Context, c *center.Chat) {
	ch, _ := s.Channels.Get(c.Channel)
	profiler, ok := ch.(channel.Profiler)
	if !ok || c.Customer.Name != "" {
		return
	}
	asking, cancel := context.WithTimeout(ctx, providerPatience)
	defer cancel()
	who, err := profiler.Profile(asking, c.Inbox, c.Customer.ID)
	if err != nil {
		s.Log.InfoContext(ctx, "customer's profile not found", "channel", c.Channel, "chat", c.ID, "error", err)
		return
	}
	_, err = s.update(ctx, c.ID, func(c *center.Chat) (store.ChatChange, error) {
		c.Customer.Name, c.Customer.Language = who.Name, who.Language
		return store.ChatChange{}, nil
	})
	if err != nil {
		s.Log.WarnContext(ctx, "customer's profile not kept", "chat", c.ID, "error", err)
	}
}

// providerPatience is how long a webhook or a request waits for a provider in matters that can do without it.
const providerPatience = 3 * time.Second
