package dispatch_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"pgregory.net/rapid"

	"guichet/shared/center"
)

// TestRepeatsHaveNoEffect checks I8: a history in which webhooks, reports and timers come again, at once or much later,
// ends like the same history without the repeats.
func TestRepeatsHaveNoEffect(t *testing.T) {
	t.Parallel()
	g := newGround(t)
	g.rest = 24 * time.Hour // else a repeat might do the sweeper's work, and look for a contact whose rest is over
	rapid.Check(t, func(t *rapid.T) {
		rapid.SyncTest(t, func(t *rapid.T) {
			plain := newWorld(t, g, nil)
			var script []deed
			plain.perform(func(int) deed {
				script = append(script, plain.drawDeed())
				return script[len(script)-1]
			}, rapid.IntRange(5, 30).Draw(t, "steps"))
			want := plain.outcome()
			plain.Clear()

			repeated := newWorld(t, g, nil)
			repeated.perform(func(i int) deed {
				repeated.repeat()
				return script[i]
			}, len(script))
			repeated.repeat()
			if got := repeated.outcome(); !assert.ObjectsAreEqual(want, got) {
				t.Fatalf("I8: the repeats have made a difference.\nWithout them:\n%s\nWith them:\n%s", want, got)
			}
		})
	})
}

// deed is one operation and its variant, by their places in the lists: the same in both histories as long as these are.
type deed struct{ operation, variant int }

func (w *world) drawDeed() deed {
	var possible []deed
	for i, op := range operations {
		for range op.odds {
			if n := len(op.variants(w)); n > 0 {
				possible = append(possible, deed{operation: i, variant: n})
			}
		}
	}
	d := possible[rapid.IntRange(0, len(possible)-1).Draw(w.R, "operation")]
	d.variant = rapid.IntRange(0, d.variant-1).Draw(w.R, "variant")
	return d
}

// perform does one deed after the other, each to its end. Everybody is at their desk at first.
func (w *world) perform(next func(int) deed, steps int) {
	w.once = true
	for _, id := range agentIDs {
		w.connect(id)
		w.FinishAll()
		w.setStatus(id, agentQueues[id], center.StatusReady)
		w.FinishAll()
	}
	for i := range steps {
		d := next(i)
		// A person needs longer to lose a call, get it again and accept it than the clocks of media nodes are wrong.
		time.Sleep(center.ClockSkew + time.Second)
		variants := operations[d.operation].variants(w)
		if d.variant >= len(variants) {
			w.T.Fatalf("I8: the repeats have made a difference: no variant %d of %q", d.variant, operations[d.operation].name)
		}
		variants[d.variant]()
		w.FinishAll()
		w.check()
	}
}

// repeat delivers some earlier messages again.
func (w *world) repeat() {
	earlier := w.delivered
	if len(earlier) == 0 {
		return
	}
	for range rapid.IntRange(0, 2).Draw(w.R, "repeats") {
		w.deliver(earlier[rapid.IntRange(0, len(earlier)-1).Draw(w.R, "again")])
		w.FinishAll()
	}
	w.delivered = earlier
}

// outcome is what a history has come to, but for versions and random ids; times count from its beginning.
func (w *world) outcome() string {
	var out string
	since := func(t time.Time) string {
		if t.IsZero() {
			return "-"
		}
		return t.Sub(w.began).String()
	}
	for _, c := range w.Ledger.Contacts() {
		out += fmt.Sprintf("%s %s %q in line %t, with %q, accepted by %q, asked %v, entered %s, accepted %s, connected %s, ended %s\n",
			w.name(c.ID), c.State, c.Outcome, w.inLine(c), c.HeldBy(), c.AgentID, c.Asked,
			since(c.EnteredAt), since(c.AcceptedAt), since(c.ConnectedAt), since(c.EndedAt))
	}
	for _, a := range w.Ledger.Agents() {
		out += fmt.Sprintf("%s has %q, idle since %s, connections %v, audio %q", a.ID, w.name(a.ContactID), since(a.IdleSince), a.Connections, a.AudioID)
		if a.WrapUp != nil {
			out += fmt.Sprintf(", wrap-up of %s until %s", w.name(a.WrapUp.ContactID), since(a.WrapUp.Until))
		}
		for _, q := range a.Queues {
			m := a.StatusIn(q)
			out += fmt.Sprintf(", %s in %s %q since %s", m.Status, q, m.Reason, since(m.Since))
		}
		out += "\n"
	}
	return out
}
