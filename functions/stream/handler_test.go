package stream_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/aws/aws-lambda-go/events"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/functions/internal/functiontest"
	"guichet/functions/stream"
	"guichet/shared/center"
	"guichet/shared/deskapi"
	"guichet/shared/dispatch"
)

// timers notes what was started.
type timers struct {
	mu      sync.Mutex
	started []string
	fail    error
}

func (n *timers) note(name string, at time.Time) error {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.fail != nil {
		return n.fail
	}
	n.started = append(n.started, name+" "+at.Format(time.TimeOnly))
	return nil
}

func (n *timers) Ring(_ context.Context, contactID, offerID string, at time.Time) error {
	return n.note("ring "+contactID+" "+offerID, at)
}

func (n *timers) WidgetRing(_ context.Context, contactID string, at time.Time) error {
	return n.note("widget "+contactID, at)
}

func (n *timers) WrapUp(_ context.Context, agentID, contactID string, at time.Time) error {
	return n.note("wrap-up "+agentID+" "+contactID, at)
}

func (n *timers) Send(_ context.Context, chatID, messageID, _ string, attempt int) error {
	return n.note(fmt.Sprintf("send %s %s %d", chatID, messageID, attempt), time.Time{})
}

func (n *timers) Fetch(_ context.Context, chatID, messageID, _ string) error {
	return n.note("fetch "+chatID+" "+messageID, time.Time{})
}

func (n *timers) Callback(_ context.Context, contactID string, at time.Time) error {
	return n.note("callback "+contactID, at)
}

func (n *timers) Turned(_ context.Context, token string, again time.Time) error {
	return n.note("turned "+token, again)
}

func (n *timers) Started() []string {
	n.mu.Lock()
	defer n.mu.Unlock()
	return append([]string{}, n.started...)
}

// office is a centre whose changes can be read from its table's real stream.
type office struct {
	*functiontest.Centre
	timers  *timers
	handler *stream.Handler
	changes *functiontest.Changes
}

func open(t *testing.T) *office {
	t.Helper()
	o := &office{Centre: functiontest.New(t), timers: &timers{}}
	o.handler = stream.New(o.Store, o.timers, o.Dispatcher, o.Conversations, o.Pushes, functiontest.Log)
	o.changes = functiontest.Follow(t, o.Centre)
	return o
}

// since waits until the stream has brought what fn writes.
func (o *office) since(t *testing.T, fn func()) events.DynamoDBEvent {
	t.Helper()
	o.changes.Take(t)
	fn()
	return events.DynamoDBEvent{Records: o.changes.Take(t)}
}

func (o *office) handle(t *testing.T, e events.DynamoDBEvent) events.DynamoDBEventResponse {
	t.Helper()
	response, err := o.handler.Handle(t.Context(), e)
	require.NoError(t, err)
	return response
}

func TestTimersFollowOffersAndWrapUps(t *testing.T) {
	t.Parallel()
	o := open(t)
	o.Ready(t, functiontest.Ana)
	var contactID, offerID string
	rang := o.since(t, func() {
		c := o.Call(t, "CA1")
		contactID, offerID = c.ID, c.Offer.ID
	})
	assert.Empty(t, o.handle(t, rang).BatchItemFailures)
	ring := "ring " + contactID + " " + offerID + " 09:00:20"
	assert.Equal(t, []string{ring}, o.timers.Started())

	ended := o.since(t, func() {
		_, err := o.Accept(t.Context(), functiontest.Ana, contactID, offerID)
		require.NoError(t, err)
		_, err = o.SetStatus(t.Context(), functiontest.Ana, nil, "paused", "break")
		require.NoError(t, err)
		_, err = o.HangUp(t.Context(), functiontest.Ana, contactID)
		require.NoError(t, err)
		_, err = o.SetStatus(t.Context(), functiontest.Ana, nil, "ready", "")
		require.NoError(t, err)
	})
	o.handle(t, ended)
	assert.Equal(t, []string{ring, "wrap-up ana " + contactID + " 09:00:30"}, o.timers.Started(), "one timer each, whatever else changes")
}

func TestACallInTheWidgetIsTimedOnce(t *testing.T) {
	t.Parallel()
	o := open(t)
	require.NoError(t, o.AudioUp(t.Context(), functiontest.Ana, "session"))
	require.NoError(t, o.Conversations.Receive(t.Context(), functiontest.Text("in-1", "Hello", o.Now())))
	chatID := center.ChatIDOf(functiontest.ChannelName, functiontest.Inbox, "customer")
	var call *center.Contact
	made := o.since(t, func() {
		var err error
		call, err = o.DialOut(t.Context(), functiontest.Ana, dispatch.Dialling{ChatID: chatID, InWidget: true})
		require.NoError(t, err)
		require.NoError(t, o.Joined(t.Context(), call.ID, functiontest.Ana, o.Now()))
	})
	o.handle(t, made)
	assert.Equal(t, []string{"widget " + call.ID + " 09:01:00"}, o.timers.Started())
}

func TestPushesReachWhomTheyConcern(t *testing.T) {
	t.Parallel()
	o := open(t)
	o.Ready(t, functiontest.Ana)
	o.Pass(time.Second)
	o.Ready(t, functiontest.Ben)
	require.NoError(t, o.Connect(t.Context(), functiontest.Sue, "desk-sue"))
	rang := o.since(t, func() { o.Call(t, "CA1") })
	for _, desk := range []string{"desk-ana", "desk-ben", "desk-sue"} {
		o.Pushes.Take(desk)
	}
	o.handle(t, rang)
	anas, sues := o.Pushes.Take("desk-ana"), o.Pushes.Take("desk-sue")
	assert.Equal(t, anas, sues, "supervisors see what agents see")
	assert.Empty(t, o.Pushes.Take("desk-ben"), "nobody else does")
	require.Len(t, anas, 1, "one patch a batch")
	patch := anas[0].(deskapi.Patch)
	require.Len(t, patch.Agents, 1)
	require.Len(t, patch.Contacts, 1)
	assert.Equal(t, patch.Contacts[0].ID, patch.Agents[0].ContactID)

	o.handle(t, rang)
	assert.Equal(t, anas, o.Pushes.Take("desk-ana"), "a repeated batch says the same again")
}

func TestP5SupervisorsFollowWhateverAgentsDo(t *testing.T) {
	t.Parallel()
	o := open(t)
	o.Ready(t, functiontest.Ana)
	require.NoError(t, o.Connect(t.Context(), functiontest.Sue, "desk-sue"))
	var c *center.Contact
	quiet := func(_ any, err error) error { return err }
	for _, step := range []struct {
		name string
		do   func() error
	}{
		{"a call rings", func() error { c = o.Call(t, "CA1"); return nil }},
		{"accepts", func() error { return quiet(o.Accept(t.Context(), functiontest.Ana, c.ID, c.Offer.ID)) }},
		{"both hear each other", func() error { return o.Joined(t.Context(), c.ID, functiontest.Ana, o.Now()) }},
		{"chooses a status for later", func() error {
			return quiet(o.SetNextStatus(t.Context(), "", functiontest.Ana, center.StatusReady, ""))
		}},
		{"the caller leaves", func() error { return quiet(o.CallerLeft(t.Context(), c.ID)) }},
		{"ends wrap-up", func() error { return quiet(o.EndWrapUp(t.Context(), functiontest.Ana, c.ID)) }},
		{"pauses", func() error {
			return quiet(o.SetStatus(t.Context(), functiontest.Ana, nil, center.StatusPaused, "break"))
		}},
		{"audio is gone", func() error { return o.AudioDown(t.Context(), functiontest.Ana, o.Agent(t, functiontest.Ana).AudioID) }},
		{"closes the desk", func() error { return o.Disconnect(t.Context(), "desk-ana") }},
		{"is back", func() error { return o.Connect(t.Context(), functiontest.Ana, "desk-ana") }},
	} {
		o.Pass(time.Second)
		changed := o.since(t, func() { require.NoError(t, step.do(), step.name) })
		o.Pushes.Take("desk-sue")
		o.handle(t, changed)
		pushed := o.Pushes.Take("desk-sue")
		require.Len(t, pushed, 1, "%s: one message for a batch", step.name)
		patch := pushed[0].(deskapi.Patch)
		if len(patch.Agents) > 0 {
			assert.Equal(t, deskapi.ViewAgent(o.Agent(t, functiontest.Ana)), patch.Agents[0], step.name)
			continue
		}
		require.Len(t, patch.Contacts, 1, step.name)
		assert.Equal(t, deskapi.ViewContact(o.Contact(t, c.ID)), patch.Contacts[0], step.name)
	}
}

func TestTheAgentWhoLostACallIsTold(t *testing.T) {
	t.Parallel()
	o := open(t)
	o.Ready(t, functiontest.Ana)
	o.Pass(time.Second)
	o.Ready(t, functiontest.Ben)
	c := o.Call(t, "CA1")
	moved := o.since(t, func() {
		require.NoError(t, o.Decline(t.Context(), functiontest.Ana, c.ID, c.Offer.ID))
	})
	o.Pushes.Take("desk-ana")
	o.handle(t, moved)
	pushed := o.Pushes.Take("desk-ana")
	require.NotEmpty(t, pushed)
	patch := pushed[0].(deskapi.Patch)
	require.Len(t, patch.Contacts, 1)
	assert.Equal(t, functiontest.Ben, patch.Contacts[0].Offer.AgentID)
}

func TestAFailedRecordIsGivenAgain(t *testing.T) {
	t.Parallel()
	o := open(t)
	o.Ready(t, functiontest.Ana)
	rang := o.since(t, func() { o.Call(t, "CA1") })
	o.timers.fail = errors.New("throttled")
	failures := o.handle(t, rang).BatchItemFailures
	require.Len(t, failures, 1)
	o.timers.fail = nil
	assert.Empty(t, o.handle(t, rang).BatchItemFailures)
	assert.Len(t, o.timers.Started(), 1)
}

func TestAPoisonedRecordIsNamed(t *testing.T) {
	t.Parallel()
	o := open(t)
	text := events.NewStringAttribute
	poison := events.DynamoDBEventRecord{Change: events.DynamoDBStreamRecord{
		SequenceNumber: "7",
		Keys:           map[string]events.DynamoDBAttributeValue{"pk": text("AGENT"), "sk": text("ana")},
		NewImage:       map[string]events.DynamoDBAttributeValue{"sk": text("ana"), "idleSince": text("yesterday")},
	}}
	failures := o.handle(t, events.DynamoDBEvent{Records: []events.DynamoDBEventRecord{poison}}).BatchItemFailures
	assert.Equal(t, []events.DynamoDBBatchItemFailure{{ItemIdentifier: "7"}}, failures)
}
