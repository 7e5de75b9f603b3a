package stream_test

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/aws/aws-lambda-go/events"
	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/dynamodbstreams"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/functions/internal/functiontest"
	"guichet/functions/stream"
	"guichet/infra/local/dynamo/dynamotest"
	"guichet/infra/local/streams"
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
	mu      sync.Mutex
	read    []events.DynamoDBEventRecord
}

func open(t *testing.T) *office {
	t.Helper()
	o := &office{Centre: functiontest.New(t), timers: &timers{}}
	o.handler = stream.New(o.Store, o.timers, o.Dispatcher, o.Conversations, o.Pushes, functiontest.Log)
	checkpoints, err := streams.OpenCheckpoints(t.TempDir() + "/checkpoints")
	require.NoError(t, err)
	client := dynamodbstreams.New(dynamodbstreams.Options{
		Region: "local", BaseEndpoint: aws.String(dynamotest.Endpoint(t)),
		Credentials: credentials.NewStaticCredentialsProvider("test", "test", ""),
	})
	source, err := streams.Open(t.Context(), client, streams.Options{Table: o.Table, Checkpoints: checkpoints}, o.keep)
	require.NoError(t, err)
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() { defer close(done); source.Run(ctx) }()
	t.Cleanup(func() { cancel(); <-done })
	return o
}

func (o *office) keep(_ context.Context, e events.DynamoDBEvent) (events.DynamoDBEventResponse, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.read = append(o.read, e.Records...)
	return events.DynamoDBEventResponse{}, nil
}

// since waits until the stream has brought what fn writes, by a ticket that is used after it.
func (o *office) since(t *testing.T, fn func()) events.DynamoDBEvent {
	t.Helper()
	o.settle(t)
	fn()
	return events.DynamoDBEvent{Records: o.settle(t)}
}

// settle takes everything that has been written so far: a ticket marks the end.
func (o *office) settle(t *testing.T) []events.DynamoDBEventRecord {
	t.Helper()
	require.NoError(t, o.Store.UseTicket(t.Context(), rand.Text(), o.Now()))
	var taken []events.DynamoDBEventRecord
	require.Eventually(t, func() bool {
		o.mu.Lock()
		defer o.mu.Unlock()
		n := len(o.read)
		if n == 0 || o.read[n-1].Change.Keys["sk"].String() != "TICKET" {
			return false
		}
		taken, o.read = o.read[:n-1], nil
		return true
	}, 30*time.Second, 5*time.Millisecond)
	return taken
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
