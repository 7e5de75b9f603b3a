package functions_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"testing"
	"time"

	"github.com/aws/aws-lambda-go/events"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/functions/cards"
	"guichet/functions/internal/functiontest"
	"guichet/functions/workflow"
	"guichet/shared/center"
	"guichet/shared/conversation"
	"guichet/shared/dispatch"
	"guichet/shared/logline"
	"guichet/shared/timers"
	"guichet/shared/wallboard"
)

// What must not be in any log.
const (
	number = "+33612345678"
	digits = "612345678"
	name   = "Jeanne Dupont"
	words  = "Ma commande"
)

// line is a line of a log.
type line map[string]any

// TestLogsTellTheStoryAndNothingAboutTheCustomer lives a call and a chat in which much goes wrong, with the functions' own logger.
func TestLogsTellTheStoryAndNothingAboutTheCustomer(t *testing.T) {
	t.Parallel()
	o := functiontest.WithChats(t)
	changes := functiontest.Follow(t, o)
	var out bytes.Buffer
	log := logline.New(&out, func(context.Context) []slog.Attr { return nil })
	o.Log, o.Conversations.Log = log, log
	counter := cards.New(&wallboard.Board{Store: o.Store, Directories: o.Directories, Now: o.Now}, o.Pushes, cards.Pause, log)
	sweeper := workflow.New(o.Dispatcher, o.Conversations, nil, nil)

	o.Ready(t, functiontest.Ana)
	callID := call(t, o)
	chatID := chat(t, o)
	o.Phone.FailWith = fmt.Errorf("no call from %s (%s)", number, number)
	require.NoError(t, o.Conversations.SetAside(t.Context(), functiontest.ChannelName, []byte(`{"from":"`+number+`"}`), errors.New("sender "+number)))
	_, err := counter.Handle(t.Context(), events.DynamoDBTimeWindowEvent{
		DynamoDBEvent: events.DynamoDBEvent{Records: changes.Take(t)}, TimeWindowProperties: events.TimeWindowProperties{ShardID: "shard-1"},
	})
	require.NoError(t, err)
	require.NoError(t, sweeper.Handle(t.Context(), timers.Task{Action: timers.Sweep}))

	for _, secret := range []string{digits, name, "Jeanne", "Dupont", words} {
		assert.NotContains(t, out.String(), secret)
	}
	lines := parse(t, out.Bytes())
	var states []any
	for _, l := range about(lines, logline.Contact, callID) {
		states = append(states, l["state"])
	}
	assert.Equal(t, []any{"offered", "connecting", "connected", "ended"}, states)
	var told []any
	for _, l := range about(lines, logline.Chat, chatID) {
		told = append(told, l["msg"])
	}
	assert.Contains(t, told, "message not sent")
	assert.Contains(t, told, "chat moved")
	assert.Contains(t, out.String(), "payload set aside")
}

// call is one that is answered and ends.
func call(t *testing.T, o *functiontest.Centre) string {
	t.Helper()
	ctx := t.Context()
	c, err := o.Admit(ctx, dispatch.Arrival{
		Provider: "twilio", CallSID: "CA1", From: number, To: functiontest.Number, QueueID: functiontest.QueueID, CallerName: name,
	})
	require.NoError(t, err)
	_, err = o.Accept(ctx, functiontest.Ana, c.ID, c.Offer.ID)
	require.NoError(t, err)
	require.NoError(t, o.Joined(ctx, c.ID, functiontest.Ana, o.Now()))
	o.Pass(time.Minute)
	_, err = o.CallerLeft(ctx, c.ID)
	require.NoError(t, err)
	return c.ID
}

// chat is one whose answer does not arrive.
func chat(t *testing.T, o *functiontest.Centre) string {
	t.Helper()
	ctx := t.Context()
	e := functiontest.Text("in-1", words+", "+name, o.Now())
	e.Inbox, e.Customer = functiontest.PickedInbox, center.Customer{ID: number, Name: name, Phone: number}
	require.NoError(t, o.Conversations.Receive(ctx, e))
	id := center.ChatIDOf(e.Channel, e.Inbox, e.Customer.ID)
	by := o.Agent(t, functiontest.Ana)
	_, err := o.Conversations.Assign(ctx, by, id, by.ID)
	require.NoError(t, err)
	o.Channel.SetFail(fmt.Errorf("POST /messages?To=%%2B33%s: cannot reach %s", digits, number))
	_, err = o.Conversations.Send(ctx, by, id, conversation.Draft{
		ID: center.NewID(center.PrefixMessage, o.Now()), Kind: center.KindText, Text: "Bonjour " + name,
	})
	require.NoError(t, err)
	return id
}

func parse(t *testing.T, log []byte) []line {
	t.Helper()
	var lines []line
	for scanner := bufio.NewScanner(bytes.NewReader(log)); scanner.Scan(); {
		var l line
		require.NoError(t, json.Unmarshal(scanner.Bytes(), &l), scanner.Text())
		lines = append(lines, l)
	}
	return lines
}

// about are the lines that say under a key whom they are about.
func about(lines []line, key, id string) []line {
	var found []line
	for _, l := range lines {
		if l[key] == id {
			found = append(found, l)
		}
	}
	return found
}
