package cards

import (
	"slices"

	"guichet/shared/center"
	"guichet/shared/metrics"
	"guichet/shared/store"
)

// batch is what a batch of stream records means.
type batch struct {
	rules   metrics.Rules
	counts  map[metrics.Slot][]store.Counted
	lines   []metrics.Line
	wrapUps []metrics.Line
	letGo   map[letGo]bool // agents' parts that are over without a wrap-up, if their contact has ended
	states  []state
	queues  map[string]bool // whose cards have changed
	agents  map[string]bool // in which an agent does something else
	acting  map[string]bool // agents who do something else for a call, which their own records do not tell
	watches bool
	moves   []move // of calls and chats, for the log
	missed  int    // offers that nobody answered
	failed  int    // messages of ours that will not arrive
}

// letGo is a contact that an agent no longer has.
type letGo struct{ agentID, contactID string }

// state is what is known of an agent or a chat in a queue: one of them.
type state struct {
	queueID string
	agent   *center.Agent
	chat    *center.Chat
	there   bool // logged in, or open
}

func newBatch(r metrics.Rules) *batch {
	return &batch{rules: r, counts: map[metrics.Slot][]store.Counted{}, letGo: map[letGo]bool{}, queues: map[string]bool{}, agents: map[string]bool{}, acting: map[string]bool{}}
}

func (b *batch) add(img store.Image, sequence string) {
	b.watches = b.watches || img.Watches
	b.change(img.QueueID)
	deltas, lines := b.rules.OfContact(img.ContactBefore, img.ContactAfter)
	more, chatLines := b.rules.OfChat(img.ChatBefore, img.ChatAfter)
	b.lines = slices.Concat(b.lines, lines, chatLines, metrics.SpellsOver(img.AgentBefore, img.AgentAfter))
	deltas = append(deltas, more...)
	if w, ok := b.rules.OfAgent(img.AgentBefore, img.AgentAfter); ok {
		b.wrapUps = append(b.wrapUps, w.Line)
		deltas = append(deltas, w.Deltas...)
	}
	if id := metrics.LetGo(img.AgentBefore, img.AgentAfter); id != "" {
		b.letGo[letGo{img.AgentAfter.ID, id}] = true
	}
	b.addMeasured(img)
	b.addAgent(img.AgentBefore, img.AgentAfter)
	b.addCall(img.ContactBefore, img.ContactAfter)
	b.addChat(img.ChatBefore, img.ChatAfter)
	sums := map[metrics.Slot]metrics.Counts{}
	for _, d := range deltas {
		if sums[d.Slot] == nil {
			sums[d.Slot] = metrics.Counts{}
		}
		sums[d.Slot].Add(d.Counts)
	}
	for slot, c := range sums { // one entry a record and slot: what a record counts, it counts at once
		b.counts[slot] = append(b.counts[slot], store.Counted{Sequence: sequence, Counts: c})
		b.change(slot.QueueID)
	}
}

func (b *batch) change(queueID string) {
	if queueID != "" {
		b.queues[queueID] = true
	}
}

// addAgent notes to which queues an agent has come or from which they have gone: who is logged in and has a desk open.
func (b *batch) addAgent(before, after *center.Agent) {
	if after == nil {
		return
	}
	was, is := loggedIn(before), loggedIn(after)
	for _, id := range is {
		b.agents[id] = b.agents[id] || before == nil || doesOther(before, after, id)
	}
	for _, id := range slices.Concat(was, is) {
		if in := slices.Contains(is, id); in != slices.Contains(was, id) {
			b.states = append(b.states, state{queueID: id, agent: after, there: in})
		}
	}
}

// addCall notes who has answered: that an agent has a call is in the agent's record, that it no longer rings is not.
func (b *batch) addCall(before, after *center.Contact) {
	if before == nil || after == nil || !after.Live() {
		return
	}
	if !before.Live() {
		b.acting[after.AgentID] = true
	}
	if g := after.Guest; g != nil && g.AgentID != "" && (before.Guest == nil || before.Guest.State != g.State) {
		b.acting[g.AgentID] = true
	}
}

// doesOther tells whether an agent does something else than before, as the agents of a queue are shown.
func doesOther(before, after *center.Agent, queueID string) bool {
	return before.ContactID != after.ContactID || (before.WrapUp == nil) != (after.WrapUp == nil) || len(before.Chats) != len(after.Chats) ||
		before.StatusIn(queueID) != after.StatusIn(queueID)
}

func loggedIn(a *center.Agent) []string {
	if a == nil || !a.Online() {
		return nil
	}
	return a.Joined()
}

// addChat notes how a chat stands, when that has changed.
func (b *batch) addChat(before, after *center.Chat) {
	if after == nil {
		return
	}
	if before != nil && before.QueueID != after.QueueID {
		b.states = append(b.states, state{queueID: before.QueueID, chat: after})
		before = nil
	}
	if before == nil || before.Open() != after.Open() || (before.HeldBy() == "") != (after.HeldBy() == "") ||
		!before.WaitingSince.Equal(after.WaitingSince) {
		b.states = append(b.states, state{queueID: after.QueueID, chat: after, there: after.Open()})
	}
}
