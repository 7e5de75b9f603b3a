package conversation

import (
	"context"
	"errors"
	"net/url"
	"time"

	"guichet/shared/center"
	"guichet/shared/channel"
	"guichet/shared/store"
)

// Draft is what an agent sends, or notes for colleagues.
type Draft struct {
	ID      string // of the message, made by the agent's desk: sending it twice is sending it once
	Kind    center.MessageKind
	Text    string
	FileIDs []string
	ReplyTo string // ID of the message that it answers
}

// sendPatience is how long a request waits for the provider to take a message.
const sendPatience = 10 * time.Second

// linkLifetime is how long a provider has to fetch what we attach.
const linkLifetime = time.Hour

// Send adds an agent's message to the chat and hands it to the channel. What the channel refuses for now is tried again
// off the request; what it refuses for good is marked, with the reason.
func (s *Service) Send(ctx context.Context, by *center.Agent, chatID string, d Draft) (*center.Message, error) {
	m := &center.Message{
		ID: d.ID, ChatID: chatID, Kind: d.Kind, From: center.FromAgent, AgentID: by.ID, At: center.TimeOf(d.ID),
		Text: d.Text, ReplyTo: d.ReplyTo,
	}
	if m.At.After(s.Now().Add(maxAhead)) {
		return nil, center.Errorf(center.Invalid, "message-id-ahead", "the time in the id of message %s is yet to come", m.ID)
	}
	c, err := s.writable(ctx, by, chatID, m.Kind)
	if err != nil {
		return s.sentBefore(ctx, m, err)
	}
	if m.Attachments, err = s.attach(ctx, by, d.FileIDs); err != nil {
		return s.sentBefore(ctx, m, err)
	}
	if m.Kind != center.KindNote {
		m.Delivery, m.TriedAt = center.DeliverySending, s.Now()
	}
	err = s.Store.AddMessage(ctx, m)
	if errors.Is(err, store.ErrStaleMessage) {
		return s.sentBefore(ctx, m, err)
	}
	if err != nil || m.Kind == center.KindNote {
		return m, err
	}
	if err := s.follow(ctx, c, m); err != nil {
		s.Log.WarnContext(ctx, "the stream has to settle a message", "chat", m.ChatID, "message", m.ID, "error", err)
	}
	return s.deliver(ctx, c, m)
}

// maxAhead is how far the clock of a desk may be ahead of ours. A message of tomorrow would answer all that customers write
// until then.
const maxAhead = time.Minute

// writable reads a chat in which the agent may write.
func (s *Service) writable(ctx context.Context, by *center.Agent, chatID string, kind center.MessageKind) (*center.Chat, error) {
	var chat *center.Chat
	err := store.Retry(func(consistent bool) error {
		c, err := s.Store.Chat(ctx, chatID, consistent)
		if err != nil {
			return err
		}
		chat = c
		if err := visible(by, c); err != nil || kind == center.KindNote {
			return err
		}
		return s.maySend(by, c)
	})
	return chat, err
}

// sentBefore answers a repeat with the message that it repeats; otherwise the refusal stands.
func (s *Service) sentBefore(ctx context.Context, m *center.Message, refusal error) (*center.Message, error) {
	known, err := s.Store.Message(ctx, m.ChatID, m.Key(), true)
	if err != nil {
		return nil, refusal
	}
	if known.AgentID != m.AgentID {
		return nil, center.Errorf(center.Conflict, "message-id-taken", "message %s is another agent's", m.ID)
	}
	return known, nil
}

// maySend tells why nothing can be sent, before anything is written.
func (s *Service) maySend(by *center.Agent, c *center.Chat) error {
	switch {
	case !c.Open():
		return center.Errorf(center.Conflict, "chat-resolved", "the conversation is resolved: reopen it first")
	case c.HeldBy() != by.ID && !by.Role.Supervises():
		return center.Errorf(center.Conflict, "chat-not-yours", "assign the conversation to yourself first")
	case c.OptedOut:
		return center.Errorf(center.Conflict, channel.ErrOptedOut.Slug, "the customer asked for no more messages")
	}
	if w := s.View(c).Window; w != nil && !s.Now().Before(w.HumanUntil) {
		return center.Errorf(center.Conflict, channel.ErrWindowClosed.Slug, "the customer wrote too long ago")
	}
	return nil
}

// attach takes up files that the agent has uploaded.
func (s *Service) attach(ctx context.Context, by *center.Agent, ids []string) ([]center.Attachment, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	dir, err := s.Directories.Directory(ctx)
	if err != nil {
		return nil, err
	}
	files := make([]center.Attachment, len(ids))
	for i, id := range ids {
		f, err := s.Store.File(ctx, id)
		if err != nil {
			return nil, err
		}
		if f.AgentID != by.ID {
			return nil, center.Errorf(center.NotFound, "file-unknown", "no file %s", id)
		}
		files[i] = center.Attachment{ID: f.ID, Name: f.Name, State: center.AttachmentStored, Key: FileKey(f.ID)}
		if err := s.inspect(ctx, &files[i], dir.Settings); err != nil {
			return nil, err
		}
		if reason := files[i].Reason; reason != "" {
			return nil, center.Errorf(center.Invalid, "file-refused-"+reason, "file %s may not be sent", id)
		}
	}
	return files, nil
}

// FileKey names a file in the object store.
func FileKey(fileID string) string { return "files/" + fileID }

// inspect looks at a stored file: what it is, whatever its sender says, and whether it may be here.
func (s *Service) inspect(ctx context.Context, a *center.Attachment, settings center.Settings) error {
	head, bytes, err := s.Objects.Read(ctx, a.Key, sniffed)
	if err != nil {
		return err
	}
	a.Type, a.Bytes = center.AttachmentType(s.Objects.Sniff(head)), bytes
	switch {
	case bytes > settings.AttachmentLimit():
		a.State, a.Reason = center.AttachmentRefused, center.RefusedSize
	case !center.AttachmentAllowed(a.Type):
		a.State, a.Reason = center.AttachmentRefused, center.RefusedType
	}
	return nil
}

// sniffed is how many bytes tell what a file is.
const sniffed = 4096

// deliver hands a message, whose attempt has been claimed, to its channel and notes how that went. A chat whose channel has been taken away cannot send.
func (s *Service) deliver(ctx context.Context, c *center.Chat, m *center.Message) (*center.Message, error) {
	out, err := s.outgoing(ctx, c, m)
	if err != nil {
		s.Log.WarnContext(ctx, "message not made ready", "channel", c.Channel, "chat", c.ID, "message", m.ID, "error", err)
		return s.noted(ctx, m, "", channel.ErrUnreachable.With(err.Error()))
	}
	ch, ok := s.Channels.Get(c.Channel)
	if !ok {
		return s.noted(ctx, m, "", channel.ErrUnauthorized.With("no channel "+c.Channel))
	}
	sending, cancel := context.WithTimeout(ctx, sendPatience)
	defer cancel()
	providerID, err := ch.Send(sending, out)
	if err == nil {
		return s.noted(ctx, m, providerID, nil)
	}
	failure := channel.AsSendError(err)
	s.Log.WarnContext(ctx, "message not sent", "channel", c.Channel, "chat", c.ID, "message", m.ID, "reason", failure.Slug, "error", failure)
	return s.noted(ctx, m, "", failure)
}

// noted writes how a delivery went. A report of the provider may have been faster.
func (s *Service) noted(ctx context.Context, m *center.Message, providerID string, failure *channel.SendError) (*center.Message, error) {
	ctx = context.WithoutCancel(ctx) // the provider has it, whoever is still there
	latest := *m
	first := true
	return s.change(ctx, func(bool) (*center.Message, error) {
		if first { // nearly always nobody has written since
			first = false
			return &latest, nil
		}
		return s.Store.Message(ctx, m.ChatID, m.Key(), true)
	}, func(m *center.Message) bool {
		m.Attempts++
		m.TriedAt = time.Time{}
		switch {
		case failure == nil:
			m.ProviderID = providerID
			m.Advance(center.DeliverySent, "")
		case failure.Retryable:
			m.Advance(center.DeliveryRetrying, failure.Slug)
		default:
			m.Advance(center.DeliveryFailed, failure.Slug)
		}
		return true
	})
}

func (s *Service) outgoing(ctx context.Context, c *center.Chat, m *center.Message) (channel.Outgoing, error) {
	status := url.Values{"chat": {c.ID}, "message": {m.ID}}
	out := channel.Outgoing{Chat: c, Message: m, StatusURL: s.PublicURL + "/channels/" + c.Channel + "/status?" + status.Encode()}
	for _, a := range m.Attachments {
		link, err := s.Objects.PresignGet(ctx, a.Key, a.Name, a.Type, center.ShownInline(a.Type), linkLifetime)
		if err != nil {
			return out, err
		}
		out.Attachments = append(out.Attachments, channel.OutgoingAttachment{Attachment: a, URL: link})
	}
	if m.ReplyTo != "" {
		answered, err := s.Store.FindMessage(ctx, c.ID, m.ReplyTo, m.ReplyTo)
		if err != nil && center.CodeOf(err) != center.NotFound {
			return out, err
		}
		if err == nil {
			out.ReplyToProviderID = answered.ProviderID
		}
	}
	return out, nil
}
