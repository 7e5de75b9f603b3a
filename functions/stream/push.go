package stream

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"guichet/shared/center"
	"guichet/shared/deskapi"
	"guichet/shared/dispatch"
	"guichet/shared/store"
)

// changes is what a batch changed: for each id only the latest, since desks want nothing else.
type changes struct {
	agents   map[string]*center.Agent
	contacts map[string]*center.Contact
	chats    map[string]*center.Chat
	messages map[string]*center.Message
	added    map[string]bool // the messages that are new, or read otherwise than before
	// concerned are the agents of a contact or a chat before and after, and the queues in which a chat is nobody's.
	concerned  map[string]map[string]bool
	voicemails map[string]deskapi.Voicemail
}

func newChanges() changes {
	return changes{
		agents: map[string]*center.Agent{}, contacts: map[string]*center.Contact{}, chats: map[string]*center.Chat{},
		messages: map[string]*center.Message{}, added: map[string]bool{}, concerned: map[string]map[string]bool{},
		voicemails: map[string]deskapi.Voicemail{},
	}
}

func (c changes) add(img store.Image) {
	if a := img.AgentAfter; a != nil {
		c.agents[a.ID] = a
	}
	if contact := img.ContactAfter; contact != nil {
		c.contacts[contact.ID] = contact
		for _, known := range []*center.Contact{img.ContactBefore, contact} {
			if known == nil {
				continue
			}
			c.concern(contact.ID, known.HeldBy())
			if known.Guest != nil {
				c.concern(contact.ID, known.Guest.AgentID)
			}
		}
	}
	if img.ChatAfter != nil {
		c.addChat(img.ChatBefore, img.ChatAfter)
	}
	c.addVoicemail(img.VoicemailBefore, img.VoicemailAfter)
	if m := img.MessageAfter; m != nil {
		c.messages[m.ID] = m
		c.added[m.ID] = c.added[m.ID] || img.MessageBefore == nil || img.MessageBefore.Preview() != m.Preview()
	}
}

func (c changes) addChat(before, after *center.Chat) {
	c.chats[after.ID] = after
	for _, chat := range []*center.Chat{before, after} {
		switch {
		case chat == nil:
		case chat.HeldBy() != "":
			c.concern(after.ID, chat.HeldBy())
		default:
			c.concern(after.ID, chat.QueueID)
		}
	}
}

func (c changes) concern(id, whom string) {
	if c.concerned[id] == nil {
		c.concerned[id] = map[string]bool{}
	}
	c.concerned[id][whom] = true
}

// concerns tells whether a desk is to know of a contact or a chat.
func (c changes) concerns(id string, desk store.Connection) bool {
	who := c.concerned[id]
	return desk.Role.Supervises() || who[desk.AgentID] || slices.ContainsFunc(desk.Queues, func(q string) bool { return who[q] })
}

// push sends each desk one patch with what concerns it: its agent's own record, calls and chats, and everything for
// supervisors. Visitors of the webchat get their own messages.
func (h *Handler) push(ctx context.Context, c changes) error {
	if len(c.agents)+len(c.contacts)+len(c.chats)+len(c.messages)+len(c.voicemails) == 0 {
		return nil
	}
	desks, err := h.connected(ctx)
	if err != nil {
		return err
	}
	chats := c.viewChats(h.chats)
	for _, desk := range desks {
		if desk.AgentID == "" {
			continue // a visitor's
		}
		patch := c.patchFor(desk, chats)
		if patch.Empty() {
			continue
		}
		// A desk that is gone is forgotten by $disconnect or the sweeper; one that cannot be reached now catches up later.
		if err := h.pusher.Push(ctx, desk.ID, patch); err != nil && !errors.Is(err, dispatch.ErrConnectionGone) {
			h.log.WarnContext(ctx, "push failed", "agent", desk.AgentID, "error", err)
		}
	}
	for id, chat := range c.chats {
		h.chats.TellVisitors(ctx, chat, c.messagesOf(id))
	}
	for _, contact := range c.contacts {
		if contact.InWidget {
			err = errors.Join(err, h.chats.TellVisitorsOfCall(ctx, contact))
		}
	}
	return err
}

// desksLifetime is how long a list of desks serves: less than deskapi.SettleSeconds, after which a desk that has connected
// takes the snapshot that makes up for what it was not told.
const desksLifetime = 2 * time.Second

func (h *Handler) forgetDesks() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.until = time.Time{}
}

// connected reads the realtime connections. In a busy centre one read serves many batches.
func (h *Handler) connected(ctx context.Context) ([]store.Connection, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if time.Now().Before(h.until) {
		return h.desks, nil
	}
	desks, err := h.store.Connections(ctx)
	if err != nil {
		return nil, err
	}
	h.desks, h.until = desks, time.Now().Add(desksLifetime)
	return desks, nil
}

// chatViews are what desks are told of a chat.
type chatViews struct {
	chat     deskapi.Chat
	messages []deskapi.Message
}

func (c changes) viewChats(chats Chats) map[string]chatViews {
	views := make(map[string]chatViews, len(c.chats))
	for id, chat := range c.chats {
		v := chatViews{chat: chats.View(chat)}
		for _, m := range c.messagesOf(id) {
			v.messages = append(v.messages, deskapi.ViewMessage(m))
		}
		views[id] = v
	}
	return views
}

// messagesOf are the new and changed messages of a chat, in order.
func (c changes) messagesOf(chatID string) []*center.Message {
	var messages []*center.Message
	for _, m := range c.messages {
		if m.ChatID == chatID {
			messages = append(messages, m)
		}
	}
	slices.SortFunc(messages, func(a, b *center.Message) int { return strings.Compare(a.Key(), b.Key()) })
	return messages
}

func (c changes) patchFor(desk store.Connection, chats map[string]chatViews) deskapi.Patch {
	patch := deskapi.NewPatch()
	patch.Voicemails = c.voicemailsFor(desk)
	for id, a := range c.agents {
		if id == desk.AgentID || desk.Role.Supervises() {
			patch.Agents = append(patch.Agents, deskapi.ViewAgent(a))
		}
	}
	for id, contact := range c.contacts {
		if c.concerns(id, desk) {
			patch.Contacts = append(patch.Contacts, deskapi.ViewContact(contact))
		}
	}
	for id, v := range chats {
		if c.concerns(id, desk) {
			patch.Chats = append(patch.Chats, v.chat)
			patch.Messages = append(patch.Messages, v.messages...)
		}
	}
	return patch
}
