package load

import (
	"context"
	"net/http"
	"time"

	"guichet/infra/local/day"
	"guichet/shared/center"
	"guichet/shared/deskapi"
)

// thread is a chat that an agent answers.
type thread struct {
	visit   day.Visit
	replies int
	waiting time.Time // the message that is being answered, or was
}

// takeChat does what a chat asks of the agent, if it is in the plan: others are left to people. The caller holds mu.
func (a *agent) takeChat(c deskapi.Chat) {
	v, known := a.visit(c.Customer.ID)
	if !known || v.Kind != day.Chat {
		return
	}
	switch {
	case c.State == string(center.ChatUnassigned):
		if a.picks(c) {
			a.work.Go(func() { a.pick(a.life, c, v) })
		}
	case c.State != string(center.ChatAssigned) || c.AgentID != a.desk.Person:
		delete(a.chats, c.ID)
	case c.WaitingSince != nil:
		t := a.chats[c.ID]
		if t == nil {
			t = &thread{visit: v}
			a.chats[c.ID] = t
		}
		if c.WaitingSince.After(t.waiting) {
			t.waiting = *c.WaitingSince
			a.work.Go(func() { a.reply(a.life, c.ID, t) })
		}
	}
}

// picks tells whether the agent is the one to take a chat from the line: the first of those who are assigned to its queue and see it.
func (a *agent) picks(c deskapi.Chat) bool {
	for _, m := range a.me.Memberships {
		if m.QueueID == c.QueueID {
			return a.claim(c.ID + c.OpenedAt.String())
		}
	}
	return false
}

// pick takes a chat from the line.
func (a *agent) pick(ctx context.Context, c deskapi.Chat, v day.Visit) {
	if !pause(ctx, v.Reaction) {
		return
	}
	var taken deskapi.Chat
	err := a.ask(ctx, http.MethodPost, "/api/chats/"+c.ID+"/assign", map[string]string{"agentId": a.desk.Person}, &taken)
	if !a.notes.failed(ctx, "take a chat", err) {
		a.take(deskapi.Patch{Chats: []deskapi.Chat{taken}})
	}
}

// reply answers the customer's message, and resolves the chat after the last.
func (a *agent) reply(ctx context.Context, chatID string, t *thread) {
	if !pause(ctx, 4*t.visit.Reaction) {
		return
	}
	a.mu.Lock()
	n := t.replies
	t.replies++
	a.mu.Unlock()
	message := map[string]any{"id": center.NewID(center.PrefixMessage, time.Now()), "kind": center.KindText, "text": answer(t.visit.Place.French, n)}
	if a.notes.failed(ctx, "answer a chat", a.ask(ctx, http.MethodPost, "/api/chats/"+chatID+"/messages", message, nil)) {
		return
	}
	a.notes.count(replied)
	if n+1 < t.visit.Messages {
		return
	}
	pause(ctx, 4*t.visit.Reaction)
	a.resolve(ctx, chatID)
}

func (a *agent) resolve(ctx context.Context, chatID string) {
	ctx, cancel := whole(ctx)
	defer cancel()
	var done deskapi.Chat
	if a.notes.failed(ctx, "resolve a chat", a.ask(ctx, http.MethodPost, "/api/chats/"+chatID+"/resolve", nil, &done)) {
		return
	}
	a.notes.count(settled)
	a.ends(done.Customer.ID)
	a.mu.Lock()
	defer a.mu.Unlock()
	delete(a.chats, chatID)
}

// leaveChats resolves what is left of the agent's chats when the load is over.
func (a *agent) leaveChats(ctx context.Context) {
	var left []string
	a.mu.Lock()
	for _, id := range a.me.Chats {
		if a.chats[id] != nil {
			left = append(left, id)
		}
	}
	a.mu.Unlock()
	for _, id := range left {
		a.resolve(ctx, id)
	}
}
