package conversation_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aws/aws-lambda-go/events"
	"github.com/stretchr/testify/assert"

	"guichet/functions/stream"
	"guichet/infra/cost"
	"guichet/shared/center"
	"guichet/shared/channel"
	"guichet/shared/conversation"
	"guichet/shared/dispatch"
	"guichet/shared/store"
	"guichet/shared/store/storetest/schedule"
)

// bill is what one thing costs that happens to a chat, with what the stream function reads of it.
type bill struct {
	what          string
	requests      int
	writes, reads float64 // units
}

// TestCostOfAChat counts what a chat costs the database. QUALITY: a message in or out takes at most 4 write and 2 read
// units, with its delivery report and the stream function.
func TestCostOfAChat(t *testing.T) {
	t.Parallel()
	g := newGround(t)
	for _, test := range []struct {
		customer customer
		in       float64 // write units of a further message
	}{{customers[0], cost.MessageIn.Writes - 1}, {customers[2], cost.MessageIn.Writes}} { // to give a message its time takes another write
		t.Run(test.customer.channel, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				l := newLedger(t, g)
				bills := l.lifeOfAChat(test.customer)
				var table strings.Builder
				for _, b := range bills {
					fmt.Fprintf(&table, "\n%-44s %2d requests, %4.1f write units, %4.1f read units", b.what, b.requests, b.writes, b.reads)
				}
				t.Log(table.String())
				of := map[string]bill{}
				for _, b := range bills {
					of[b.what] = b
				}
				in, out := of[furtherIn], of[out]
				out.writes += of[reported].writes
				out.reads += of[reported].reads
				assert.LessOrEqual(t, in.writes, test.in, "write units of a message in")
				assert.LessOrEqual(t, in.reads, cost.MessageIn.Reads, "read units of a message in")
				assert.LessOrEqual(t, out.writes, cost.MessageOut.Writes, "write units of a message out")
				assert.LessOrEqual(t, out.reads, cost.MessageOut.Reads, "read units of a message out")
			})
		})
	}
}

const (
	furtherIn = "a further message in"
	out       = "a message out"
	reported  = "its delivery report"
)

// costs is a world whose requests are paid for, and whose stream function is the real one.
type costs struct {
	*world
	stream  *stream.Handler
	records []events.DynamoDBEventRecord
}

func newLedger(t *testing.T, g schedule.Ground) *costs {
	l := &costs{}
	l.world = newWorld(t, g, nil)
	l.stream = stream.New(l.Store, noTimers{}, noCalls{}, l.service, silent{}, slog.New(slog.NewTextHandler(io.Discard, nil)))
	l.observe = l.record
	return l
}

// noTimers starts nothing: no timer belongs to what is counted here.
type noTimers struct{}

func (noTimers) Ring(context.Context, string, string, time.Time) error   { return nil }
func (noTimers) WidgetRing(context.Context, string, time.Time) error     { return nil }
func (noTimers) WrapUp(context.Context, string, string, time.Time) error { return nil }
func (noTimers) Send(context.Context, string, string, string, int) error { return nil }
func (noTimers) Callback(context.Context, string, time.Time) error       { return nil }
func (noTimers) Turned(context.Context, string, time.Time) error         { return nil }
func (noTimers) Fetch(context.Context, string, string, string) error     { return nil }

// FetchVoicemail starts nothing either.
func (noTimers) FetchVoicemail(context.Context, string, string, string) error { return nil }

// noCalls hears nothing: no call belongs to what is counted here.
type noCalls struct{}

func (noCalls) ReturnMissed(context.Context, *center.Contact) error { return nil }
func (noCalls) Handled(context.Context, *center.Contact) error      { return nil }

// record keeps what a write brings to the stream.
func (l *costs) record(changes []schedule.Change) {
	for _, ch := range changes {
		var r events.DynamoDBEventRecord
		l.Must(json.Unmarshal(orNone(ch.After.Raw), &r.Change.NewImage))
		l.Must(json.Unmarshal(orNone(ch.Before.Raw), &r.Change.OldImage))
		pk, sk, _ := strings.Cut(ch.Key, " ")
		r.Change.Keys = map[string]events.DynamoDBAttributeValue{
			store.PartitionKey: events.NewStringAttribute(pk), store.SortKey: events.NewStringAttribute(sk),
		}
		l.records = append(l.records, r)
	}
}

func orNone(raw json.RawMessage) json.RawMessage {
	if raw == nil {
		return json.RawMessage(`{}`)
	}
	return raw
}

// charge runs what begins to its end, then the stream function over what it wrote, and counts.
func (l *costs) charge(what string, run func(context.Context) error) bill {
	l.Meter, l.Ledger.Tariff, l.records = &store.Meter{}, &schedule.Tariff{}, nil
	l.begin(what, deed{}, run)
	l.FinishAll()
	batch := events.DynamoDBEvent{Records: l.records}
	l.begin("the stream function", deed{}, func(ctx context.Context) error {
		response, err := l.stream.Handle(ctx, batch)
		if len(response.BatchItemFailures) > 0 {
			l.Violate("the stream function failed")
		}
		return err
	})
	l.FinishAll()
	return bill{what, l.Meter.Usage().Requests, l.Ledger.Tariff.Writes, l.Ledger.Tariff.Reads}
}

// lifeOfAChat is a chat as it goes nearly always. Messages are as long as a short mail.
func (l *costs) lifeOfAChat(c customer) []bill {
	ada, n := "ada", 0
	writes := func(ctx context.Context) error {
		n++
		e := c.event(dispatch.Clock())
		e.Message = &channel.Incoming{ProviderID: fmt.Sprintf("SM%032d", n), Kind: center.KindText, Text: strings.Repeat("words ", 40)}
		return l.service.Receive(ctx, e)
	}
	var d draft
	l.connect(ada)
	l.FinishAll()
	bills := []bill{l.charge("the first message, nobody is there", writes)}
	time.Sleep(time.Minute)
	bills = append(bills, l.charge("an agent gets ready and has the chat", func(ctx context.Context) error {
		_, err := l.dispatcher.SetStatus(ctx, ada, []string{"help"}, center.StatusReady, "")
		return err
	}))
	time.Sleep(time.Minute)
	bills = append(bills, l.charge(furtherIn, writes), l.charge("it is read", func(ctx context.Context) error {
		_, err := l.service.MarkRead(ctx, l.Ledger.Agent(ada), c.chatID(), l.Ledger.Chat(c.chatID()).LastInKey)
		return err
	}))
	time.Sleep(time.Minute)
	bills = append(bills, l.charge(out, func(ctx context.Context) error {
		d = draft{ada, c.chatID(), conversation.Draft{ID: l.draftID(), Kind: center.KindText, Text: strings.Repeat("answer ", 40)}}
		_, err := l.service.Send(ctx, l.Ledger.Agent(ada), c.chatID(), d.Draft)
		return err
	}))
	time.Sleep(time.Second)
	bills = append(bills, l.charge(reported, func(ctx context.Context) error {
		e := c.event(dispatch.Clock())
		e.Status = &channel.Status{MessageID: d.ID, Delivery: center.DeliveryDelivered}
		return l.service.Receive(ctx, e)
	}))
	time.Sleep(time.Minute)
	bills = append(bills, l.charge("it is resolved", func(ctx context.Context) error {
		_, err := l.service.Resolve(ctx, l.Ledger.Agent(ada), c.chatID())
		return err
	}))
	time.Sleep(time.Minute)
	return append(bills, l.charge("a message reopens it, its agent has room", writes))
}
