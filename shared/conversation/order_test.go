package conversation_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"pgregory.net/rapid"

	"guichet/shared/center"
	"guichet/shared/channel"
	"guichet/shared/dispatch"
	"guichet/shared/store/storetest/schedule"
)

// TestOrderAndRepeatsHaveNoEffect checks I8: what a customer does is the same in the end, whether its webhooks come once
// and in order, or in any order and some of them again. A webhook that fails comes again.
//
// Deliberate mutations that it caught, each with 40 to 60 histories: edits, reactions or consents that ignore their time;
// edits of what was taken back; reports that are dropped when their message is still to come; a preview of whatever was
// delivered last.
func TestOrderAndRepeatsHaveNoEffect(t *testing.T) {
	t.Parallel()
	g := newGround(t)
	rapid.Check(t, func(t *rapid.T) {
		rapid.SyncTest(t, func(t *rapid.T) {
			plain := newWorld(t, g, nil)
			script := plain.drawScript()
			plain.receive(script)
			want := plain.outcome()
			plain.Clear()

			shuffled := newWorld(t, g, nil)
			order := rapid.Permutation(script).Draw(t, "order")
			for range rapid.IntRange(0, 4).Draw(t, "repeats") {
				again := rapid.SampledFrom(script).Draw(t, "again")
				order = slices.Insert(order, rapid.IntRange(0, len(order)).Draw(t, "when"), again)
			}
			shuffled.receive(order)
			if got := shuffled.outcome(); !assert.ObjectsAreEqual(want, got) {
				t.Fatalf("I8: the order has made a difference.\nIn order:\n%s\nOtherwise:\n%s", want, got)
			}
		})
	})
}

// report is one webhook.
type report struct {
	what  string
	event func() channel.Event // a new one each time: whoever receives it may write into it
}

// drawScript draws what happens in one conversation, a few milliseconds apart.
func (w *world) drawScript() []report {
	c := customers[0]
	var script []report
	var known []string
	for i := range rapid.IntRange(1, 12).Draw(w.R, "length") {
		time.Sleep(time.Duration(rapid.IntRange(0, 2).Draw(w.R, "pause")+1) * time.Millisecond)
		at := dispatch.Clock()
		kind := 0
		if i > 0 {
			kind = rapid.SampledFrom([]int{0, 1, 2, 3, 3, 4, 4, 4, 5, 6, 7, 7, 7}).Draw(w.R, "kind")
		}
		about := fmt.Sprint("in", i)
		if kind > 2 && kind < 6 {
			about = rapid.SampledFrom(known[:min(2, len(known))]).Draw(w.R, "about")
		} else if kind <= 2 {
			known = append(known, about)
		}
		text := fmt.Sprint("text", i)
		script = append(script, report{fmt.Sprint(kind, " ", about, " ", i), func() channel.Event {
			e := c.event(at)
			switch kind {
			case 0, 1:
				e.Message = &channel.Incoming{ProviderID: about, Kind: center.KindText, Text: text}
			case 2:
				e.Echo = &channel.Incoming{ProviderID: about, Kind: center.KindText, Text: text}
			case 3:
				e.Edit = &channel.Edit{ProviderID: about, Text: text}
			case 4:
				e.Reaction = &channel.Reaction{ProviderID: about, Emoji: text[:4+min(1, i%3)]}
			case 5:
				e.Unsent = &channel.Unsent{ProviderID: about}
			case 6:
				e.Watermark = &channel.Watermark{Delivered: at, Seen: at.Add(-time.Millisecond)}
			case 7:
				e.Consent = &channel.Consent{OptedOut: i%2 == 0, ProviderID: about}
			}
			return e
		}})
	}
	return script
}

// receive delivers webhooks; those that fail come again when the others have come.
func (w *world) receive(reports []report) {
	for tries := 0; len(reports) > 0 && tries < 100; tries++ {
		r := reports[0]
		reports = reports[1:]
		if r.event().Watermark != nil && w.Ledger.Chat(customers[0].chatID()) == nil {
			reports = append(reports, r) // it is about messages of ours: they came before it
			continue
		}
		w.Start(&schedule.Process{What: r.what, Faulty: true, Done: func(ok bool) {
			if !ok {
				reports = append(reports, r)
			}
		}}, func(ctx context.Context) error { return w.service.Receive(ctx, r.event()) })
		w.FinishAll()
	}
	if len(reports) > 0 {
		w.T.Fatalf("%s is never taken", reports[0].what)
	}
}

// outcome is what a history has come to.
func (w *world) outcome() string {
	var all strings.Builder
	for _, c := range w.Ledger.Chats() {
		fmt.Fprintf(&all, "%s %s, %s, delivered %s, seen %s, opted out %t\n",
			w.name(c.ID), c.State, words(c), stamp(c.DeliveredTo), stamp(c.SeenTo), c.OptedOut)
		for _, m := range w.thread(c.ID) {
			fmt.Fprintf(&all, "  %s %s %q, edited %s, deleted %t, %v\n", m.Key(), m.From, m.Text, stamp(m.EditedAt), m.Deleted, m.Reactions)
		}
	}
	return all.String()
}
