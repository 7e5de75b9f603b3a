package cards_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"guichet/functions/internal/functiontest"
	"guichet/shared/center"
	"guichet/shared/dispatch"
	"guichet/shared/metrics"
	"guichet/shared/store"
)

// history is a random course of events in an office.
type history struct {
	*office
	t        *testing.T
	dice     *rand.Rand
	contacts []string
	steps    []string
	ready    map[string]metrics.Counts // idle time and time with chats, by agent and day
}

// Pass lets the time pass, and notes who is ready meanwhile.
func (h *history) Pass(d time.Duration) {
	for _, id := range []string{functiontest.Ana, functiontest.Ben} {
		a := h.Agent(h.t, id)
		if !a.Available() {
			continue
		}
		doing := metrics.Idle
		if len(a.Chats) > 0 {
			doing = metrics.Chatting
		}
		end := center.DayEnd(h.Now(), time.UTC)
		until := h.Now().Add(d)
		if until.After(end) {
			h.readyOn(id, end)[doing] += until.Sub(end).Milliseconds()
			until = end
		}
		h.readyOn(id, h.Now())[doing] += until.Sub(h.Now()).Milliseconds()
	}
	h.office.Pass(d)
}

func (h *history) readyOn(agentID string, at time.Time) metrics.Counts {
	k := agentID + at.Format(time.DateOnly)
	if h.ready[k] == nil {
		h.ready[k] = metrics.Counts{}
	}
	return h.ready[k]
}

// TestCountersEqualTheRecount is I7: random calls go through the dispatcher, chats through the conversations, and what the stream tells of them is handed over in random
// batches of two shards, which are repeated, cut off and interrupted by records that nobody understands. Then the counters must equal
// a recount from the contact log.
func TestCountersEqualTheRecount(t *testing.T) {
	t.Parallel()
	histories := uint64(10)
	if n, err := strconv.ParseUint(os.Getenv("RAPID_CHECKS"), 10, 64); err == nil {
		histories = n // the long run: make fuzz
	}
	for seed := range histories {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			h := &history{office: opened(t, functiontest.WithChats(t)), t: t, dice: rand.New(rand.NewPCG(seed, 7)), ready: map[string]metrics.Counts{}} //nolint:gosec // a history repeats by its seed
			h.overflow()
			h.Pass(14*time.Hour + 30*time.Minute) // over midnight
			h.live()
			h.settle()
			h.deliver(h.changes.Take(t))
			h.check()
			if t.Failed() {
				t.Log(h.steps)
			}
		})
	}
}

// overflow lets the first queue have its callers moved to the second.
func (h *history) overflow() {
	h.Configure(h.t, func(d *store.Directory) {
		q := d.Queues[functiontest.QueueID]
		q.Overflow = secondID
		d.Queues[q.ID] = q
	})
	h.board.Directories = h.Directories
}

func (h *history) agent() string { return []string{functiontest.Ana, functiontest.Ben}[h.dice.IntN(2)] }

// live lets things happen; what is not possible just then is refused, which changes nothing.
func (h *history) live() {
	ctx := h.t.Context()
	for i := range 120 {
		h.Pass(time.Second + time.Duration(h.dice.IntN(5*60))*time.Second)
		a := h.agent()
		var id string
		if n := len(h.contacts); n > 0 {
			id = h.contacts[max(0, n-1-h.dice.IntN(4))]
		}
		name, act := h.draw()
		err := act(i, a, id)
		h.steps = append(h.steps, fmt.Sprintf("%s %s %s %s: %v", h.Now().Format(time.TimeOnly), name, a, id, err))
		if held, e := h.Store.Agent(ctx, a, true); e == nil && held.ContactID != "" && h.dice.IntN(2) == 0 {
			h.steps = append(h.steps, fmt.Sprintf("%s takes %s: %v", a, held.ContactID, h.take(a, held.ContactID)))
		}
	}
}

// take accepts and connects whatever is offered to the agent.
func (h *history) take(agentID, contactID string) error {
	c := h.Contact(h.t, contactID)
	offer := ""
	switch {
	case c.Offer != nil:
		offer = c.Offer.ID
	case c.Invites(agentID):
		offer = c.Guest.ID
	default:
		return h.Joined(h.t.Context(), c.ID, agentID, h.Now())
	}
	h.Pass(time.Duration(h.dice.IntN(15)) * time.Second)
	if _, err := h.Accept(h.t.Context(), agentID, contactID, offer); err != nil || h.dice.IntN(4) == 0 {
		return err
	}
	h.Pass(time.Second)
	return h.Joined(h.t.Context(), c.ID, agentID, h.Now())
}

type act = func(i int, agentID, contactID string) error

type deed struct {
	weight int
	name   string
	act    act
}

// draw is what happens next, by how often each does.
func (h *history) draw() (string, act) {
	ctx := h.t.Context()
	queues := []string{functiontest.QueueID, functiontest.QueueID, secondID}
	acts := append(h.ofChats(), []deed{
		{6, "call", func(i int, _, _ string) error {
			from := fmt.Sprintf("+3361234%04d", h.dice.IntN(20))
			c, err := h.Admit(ctx, dispatch.Arrival{Provider: "twilio", CallSID: fmt.Sprint("CA", i), From: from, To: functiontest.Number, QueueID: queues[h.dice.IntN(3)]})
			if err == nil {
				h.contacts = append(h.contacts, c.ID)
			}
			return err
		}},
		{5, "ready", func(_ int, a, _ string) error {
			if err := h.Connect(ctx, a, "desk-"+a); err != nil {
				return err
			}
			_, err := h.SetStatus(ctx, a, []string{functiontest.QueueID, secondID, campaignID, functiontest.AutomaticID, functiontest.PickedID}, center.StatusReady, "")
			return err
		}},
		{1, "out", func(_ int, a, _ string) error { _, err := h.SetStatus(ctx, a, nil, center.StatusOut, ""); return err }},
		{4, "caller leaves", func(_ int, _, id string) error { _, err := h.CallerLeft(ctx, id); return err }},
		{4, "hangs up", func(_ int, a, id string) error { _, err := h.HangUp(ctx, a, id); return err }},
		{3, "wraps up", func(_ int, a, id string) error { _, err := h.EndWrapUp(ctx, a, id); return err }},
		{2, "sweep", func(int, string, string) error { return h.Sweep(ctx) }},
		{2, "waits too long", func(_ int, _, id string) error { _, err := h.WaitedTooLong(ctx, id); return err }},
		{2, "to the other queue", func(_ int, a, id string) error { _, err := h.ToQueue(ctx, a, id, secondID); return err }},
		{2, "hold", func(_ int, a, id string) error { _, err := h.Hold(ctx, a, id, h.dice.IntN(3) > 0); return err }},
		{2, "loses audio", func(_ int, a, id string) error { return h.MediaLost(ctx, id, a, h.dice.IntN(2) == 0, h.Now()) }},
		{3, "asks for a callback", func(_ int, _, id string) error { _, err := h.AskForCallback(ctx, id); return err }},
		{3, "takes its turn", func(_ int, _, id string) error { _, err := h.TakeTurn(ctx, id, "t"); return err }},
		{3, "is not reached", func(_ int, _, id string) error { return h.DialOver(ctx, id, 1+h.dice.IntN(2), false) }},
		{2, "invites", func(i int, a, id string) error {
			to := functiontest.Ana
			if a == to {
				to = functiontest.Ben
			}
			_, err := h.Invite(ctx, a, id, dispatch.Invitation{ID: fmt.Sprint("gu_", i), AgentID: to, Blind: h.dice.IntN(2) == 0})
			return err
		}},
		{2, "hands over", func(_ int, a, id string) error { _, err := h.HandOver(ctx, a, id); return err }},
		{3, "campaigns look", func(_ int, _, id string) error {
			c, err := h.Store.Contact(ctx, id, true)
			if err != nil || !c.Ended() {
				return err
			}
			h.contacts = append(h.contacts, center.ContactIDOf("campaign "+campaignID, id))
			return h.ReturnMissed(ctx, c)
		}},
	}...)
	total := 0
	for _, a := range acts {
		total += a.weight
	}
	n := h.dice.IntN(total)
	for _, a := range acts {
		if n -= a.weight; n < 0 {
			return a.name, a.act
		}
	}
	panic("the weights do not add up")
}

// settle lets everything come to its end: calls end, the sweeper frees whoever is left, wrap-ups run out.
func (h *history) settle() {
	ctx := h.t.Context()
	for _, id := range h.contacts {
		_, err := h.CallerLeft(ctx, id)
		if center.CodeOf(err) != center.NotFound {
			require.NoError(h.t, err)
		}
	}
	for range 3 {
		h.Pass(2 * time.Minute)
		require.NoError(h.t, h.Sweep(ctx))
	}
	for _, id := range []string{functiontest.Ana, functiontest.Ben} {
		if a := h.Agent(h.t, id); a.ContactID != "" {
			_, err := h.Fail(ctx, a.ContactID)
			require.NoError(h.t, err)
		}
		_, err := h.SetStatus(ctx, id, nil, center.StatusOut, "")
		if center.CodeOf(err) != center.Invalid {
			require.NoError(h.t, err)
		}
	}
	h.Pass(2 * time.Minute)
	require.NoError(h.t, h.Sweep(ctx))
	require.NoError(h.t, h.Sweep(ctx))
	for _, id := range []string{functiontest.Ana, functiontest.Ben} {
		a := h.Agent(h.t, id)
		require.Empty(h.t, a.ContactID, h.steps)
		require.Nil(h.t, a.WrapUp)
	}
}
