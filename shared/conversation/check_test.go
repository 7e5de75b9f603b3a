package conversation_test

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"guichet/shared/center"
	"guichet/shared/dispatch"
)

// check fails the history at the first violation.
func (w *world) check() {
	w.checkHolders()
	w.checkLists()
	w.checkThreads()
	if len(w.InFlight) == 0 && w.Orderly {
		w.checkOrder()
	}
	w.Judge()
}

// checkHolders checks I1: who holds a chat has it among theirs, and nobody else has.
func (w *world) checkHolders() {
	held := map[string]string{}
	for _, a := range w.Ledger.Agents() {
		for _, id := range a.Chats {
			if other, twice := held[id]; twice {
				w.Violate("I1: %s and %s have the chat of %s", other, a.ID, w.name(id))
			}
			held[id] = a.ID
		}
	}
	for _, c := range w.Ledger.Chats() {
		if held[c.ID] != c.HeldBy() {
			w.Violate("I1: the chat of %s is held by %q and %q has it", w.name(c.ID), c.HeldBy(), held[c.ID])
		}
	}
}

// checkLists checks that each chat stands in the list of its state, at its place, and in no other.
func (w *world) checkLists() {
	want := map[string]bool{}
	for _, c := range w.Ledger.Chats() {
		switch c.State {
		case center.ChatUnassigned:
			want["QUEUE#"+c.QueueID+" CHATLINE#"+stamp(c.EnteredAt)+"#"+c.ID] = true
		case center.ChatResolved:
			want["QUEUE#"+c.QueueID+" CHATDONE#"+stamp(c.ResolvedAt)+"#"+c.ID] = true
		case center.ChatAssigned:
		}
	}
	for _, k := range w.Ledger.Keys("QUEUE#") {
		if !strings.Contains(k, " CHAT") {
			continue
		}
		if !want[k] {
			w.Violate("lists: %s stands where it should not: %s", w.name(k[strings.LastIndex(k, "#")+1:]), k)
		}
		delete(want, k)
	}
	for k := range want {
		w.Violate("lists: %s does not stand where it should: %s", w.name(k[strings.LastIndex(k, "#")+1:]), k)
	}
}

func stamp(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000Z") }

// thread lists what a chat's customers and agents have said, in order.
func (w *world) thread(chatID string) []*center.Message {
	return slices.DeleteFunc(w.Ledger.Messages(), func(m *center.Message) bool {
		return m.ChatID != chatID || m.Kind == center.KindNote || m.Kind == center.KindEvent
	})
}

// checkThreads checks I3: what Receive has taken is in the thread, and once.
func (w *world) checkThreads() {
	times := map[string]int{}
	for _, m := range w.Ledger.Messages() {
		if m.From == center.FromCustomer || m.From == center.FromElse {
			times[m.ChatID+m.ProviderID]++
		}
	}
	for _, s := range w.said {
		n := times[s.chatID()+s.providerID]
		if n > 1 || n == 0 && w.taken[s.chatID()][s.providerID] {
			w.Violate("I3: %s of %s is %d times in the thread", s.providerID, s.id, n)
		}
	}
}

// checkOrder checks what must be so when nothing is under way: after a history in which nothing died and nothing was lost,
// or after the stream function and the sweeper.
func (w *world) checkOrder() {
	for _, c := range w.Ledger.Chats() {
		if q := w.queues[c.QueueID]; c.State == center.ChatUnassigned && q.Assignment == center.AssignAutomatic {
			for _, a := range w.Ledger.Agents() {
				if a.TakesChatOf(q) {
					w.Violate("I4: %s waits while %s has room", w.name(c.ID), a.ID)
				}
			}
		}
		if c.State == center.ChatResolved && c.Unread > 0 {
			w.Violate("I6: %s has written to a resolved chat, and nobody is told", w.name(c.ID))
		}
		if says, counted := words(c), w.count(c); says != counted {
			w.Violate("I7: the chat of %s says\n%s, and its messages\n%s", w.name(c.ID), says, counted)
		}
	}
}

// words is what a chat says of its messages.
func words(c *center.Chat) string {
	return fmt.Sprintf("unread %d, waits since %s, in %s %s, out %s, last %s %s %q by %s", c.Unread, stamp(c.WaitingSince),
		stamp(c.LastInAt), c.LastInKey, stamp(c.LastOutAt), stamp(c.LastAt), c.LastKey, c.Preview, c.PreviewFrom)
}

// count is what a chat's messages say (I7).
func (w *world) count(c *center.Chat) string {
	var n center.Chat
	messages := w.thread(c.ID)
	for _, m := range messages {
		n.LastAt, n.LastKey, n.Preview, n.PreviewFrom = m.At, m.Key(), m.Preview(), m.From
		switch {
		case m.From != center.FromCustomer:
			n.LastOutAt = m.At
		default:
			n.LastInAt, n.LastInKey = m.At, m.Key()
			if m.Key() > c.ReadTo {
				n.Unread++
			}
		}
	}
	for _, m := range messages {
		if c.Open() && m.From == center.FromCustomer && m.Key() > c.DoneTo && m.At.After(n.LastOutAt) {
			n.WaitingSince = m.At
			break
		}
	}
	return words(&n)
}

// checkAbsent checks I6 after the sweeper: nobody who has been away for the grace period keeps a chat that waits.
func (w *world) checkAbsent() {
	now := dispatch.Clock()
	for _, c := range w.Ledger.Chats() {
		a := w.Ledger.Agent(c.HeldBy())
		if a != nil && !a.Online() && c.AwaitsAgent() && now.Sub(a.AwaySince) >= grace && now.Sub(c.AssignedAt) >= grace {
			w.Violate("I6: %s waits for %s, who is away", w.name(c.ID), a.ID)
		}
	}
}
