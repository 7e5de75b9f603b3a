package dispatch_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"

	"guichet/infra/cost"
	"guichet/shared/center"
	"guichet/shared/store"
	"guichet/shared/store/storetest/schedule"
)

// bill is what one verb of a call's life costs.
type bill struct {
	what     string
	requests int
	writes   float64 // units
	reads    float64 // units
	rounds   int     // round trips to the database one after the other; what runs in parallel counts once
	toPush   int     // of them, until the first push
}

// TestCostOfACall counts what one inbound call costs the database from the first webhook to the end of wrap-up, with the
// timers that fire and the report of its end. What the stream function reads to reach the desks comes on top.
func TestCostOfACall(t *testing.T) {
	t.Parallel()
	g := newGround(t)
	tests := []struct {
		name         string
		agentIsIdle  bool
		writes       float64
		reads        float64
		arrivalToAda int // rounds from the webhook to the push, if an agent is idle
	}{
		// QUALITY: at most 16 and 8, and 3 rounds.
		{"an agent is idle", true, cost.CallWrites, cost.CallReads, 2},
		// Two writes for the place and the contact, four more for taking the place away in the transaction of the offer; the
		// search of the agent who gets ready finds the place, then the contact. The agent's own change of status is in it.
		{"the call waits first", false, cost.WaitingCallWrites, cost.WaitingCallReads, 0},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				bills := newWorld(t, g, nil).lifeOfACall(test.agentIsIdle)
				sum := printBills(t, bills)
				assert.LessOrEqual(t, sum.writes, test.writes, "write units")
				assert.LessOrEqual(t, sum.reads, test.reads, "read units")
				assert.Equal(t, test.arrivalToAda, bills[0].toPush, "round trips from the webhook to the push")
			})
		})
	}
}

func printBills(t *testing.T, bills []bill) bill {
	sum := bill{what: "together"}
	var table strings.Builder
	for _, b := range bills {
		sum.requests += b.requests
		sum.writes += b.writes
		sum.reads += b.reads
		sum.rounds += b.rounds
	}
	for _, b := range append(bills, sum) {
		fmt.Fprintf(&table, "\n%-26s %2d requests, %4.1f write units, %4.1f read units, %2d rounds", b.what, b.requests, b.writes, b.reads, b.rounds)
		if b.toPush > 0 {
			fmt.Fprintf(&table, ", %d to the push", b.toPush)
		}
	}
	t.Log(table.String())
	return sum
}

// lifeOfACall is a call as it goes nearly always: it is answered, spoken in, ended by the caller, and wrapped up to the end.
func (w *world) lifeOfACall(agentIsIdle bool) []bill {
	getReady := func() { w.setStatus("ada", agentQueues["ada"], center.StatusReady) }
	w.connect("ada")
	w.FinishAll()
	if agentIsIdle {
		getReady()
		w.FinishAll()
	}
	l := &leg{sid: "call1", queueID: "sales"}
	w.provider.legs = append(w.provider.legs, l)
	bills := []bill{w.charge("the call arrives", func() { w.deliver(arrivalMessage(l)) })}
	time.Sleep(8 * time.Second)
	if !agentIsIdle {
		bills = append(bills, w.charge("ada gets ready", getReady))
	}
	time.Sleep(5 * time.Second)
	bills = append(bills, w.charge("ada accepts", func() {
		o := w.offers[0]
		w.start(&process{what: "ada accepts"}, func(ctx context.Context) error {
			_, err := w.dispatcher.Accept(ctx, o.agentID, o.contactID, o.offerID)
			return err
		})
	}))
	bills = append(bills, w.chargeMail())
	time.Sleep(20 * time.Second)
	bills = append(bills, w.chargeMail())
	time.Sleep(time.Minute)
	w.provider.end(l)
	bills = append(bills, w.chargeMail())
	time.Sleep(30 * time.Second)
	return append(bills, w.chargeMail())
}

// chargeMail delivers the message that is due.
func (w *world) chargeMail() bill {
	for i, m := range w.mail {
		if !m.dueAt.After(time.Now()) {
			w.mail = append(w.mail[:i:i], w.mail[i+1:]...)
			return w.charge(m.what, func() { w.deliver(m) })
		}
	}
	w.T.Fatalf("no message is due")
	return bill{}
}

// charge runs what begins to its end, all at once that can run in parallel, and counts.
func (w *world) charge(what string, begin func()) bill {
	meter := &store.Meter{}
	w.Meter, w.Ledger.Tariff = meter, &schedule.Tariff{}
	pushes, b := w.desks.pushes, bill{what: what}
	begin()
	b.rounds = w.InRounds(func(rounds int) {
		if b.toPush == 0 && w.desks.pushes > pushes {
			b.toPush = rounds
		}
	})
	b.requests, b.writes, b.reads = meter.Usage().Requests, w.Ledger.Tariff.Writes, w.Ledger.Tariff.Reads
	return b
}
