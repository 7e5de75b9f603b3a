package center_test

import (
	"context"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/aws/aws-lambda-go/events"
	"github.com/coder/websocket"
	"github.com/coder/websocket/wsjson"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/infra/cost"
	"guichet/infra/local/center"
	"guichet/infra/local/dynamo/dynamotest"
	"guichet/shared/deskapi"
	"guichet/shared/store"
)

// ledger counts what a centre is asked for.
type ledger struct {
	mu     sync.Mutex
	counts cost.Counts
	what   map[string]int
}

// note counts an invocation. A stream's batch counts by the changes for which it would be called on AWS, one at a time.
func (l *ledger) note(function string, event any) {
	l.mu.Lock()
	defer l.mu.Unlock()
	n := 1
	switch e := event.(type) {
	case events.DynamoDBEvent:
		followed := store.FollowedKeys()
		if function == "cards" {
			followed = slices.Concat(followed, store.FollowedQueueKeys())
		}
		n = 0
		for _, r := range e.Records {
			if slices.ContainsFunc(followed, func(begin string) bool { return strings.HasPrefix(r.Change.Keys[store.PartitionKey].String(), begin) }) {
				n++
			}
		}
		l.counts.Changes += float64(n) / 2 // each is seen by two functions
	case events.APIGatewayWebsocketProxyRequest:
		l.counts.Messages++
	case *http.Request:
		switch function {
		case "push":
			l.counts.Messages++
		case "states":
			if strings.HasSuffix(e.Header.Get("X-Amz-Target"), ".StartExecution") {
				l.counts.Transitions += 2 // a wait and a task: infra/stacks holds the timers to it
			}
		default:
			l.counts.Requests++
		}
	default:
		l.counts.Tasks++
	}
	l.what[function] += n
}

func (l *ledger) total() (sum int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, n := range l.what {
		sum += n
	}
	return sum
}

// settle waits until nothing has been asked for some time.
func (l *ledger) settle(t *testing.T) {
	t.Helper()
	const quiet = 3 * time.Second // cards are pushed a second apart
	last, since := l.total(), time.Now()
	require.Eventually(t, func() bool {
		if now := l.total(); now != last {
			last, since = now, time.Now()
		}
		return time.Since(since) > quiet
	}, time.Minute, 20*time.Millisecond)
}

// TestWhatACallAsksFor counts what one call asks for of a whole centre, in which a supervisor watches: what docs/cost.md counts on.
func TestWhatACallAsksFor(t *testing.T) {
	t.Parallel()
	l := &ledger{what: map[string]int{}}
	c, err := center.Start(t.Context(), center.Options{
		DynamoDB: dynamotest.Endpoint(t), Table: dynamotest.Table(t), Dashboard: dashboard(), Log: slog.New(slog.DiscardHandler), Observe: l.note,
	})
	require.NoError(t, err)
	t.Cleanup(c.Close)
	supervisor := signIn(t, c, "sam")
	socket, err := supervisor.Connect(t.Context())
	require.NoError(t, err)
	t.Cleanup(func() { _ = socket.CloseNow() })
	go drain(t.Context(), socket)
	require.NoError(t, wsjson.Write(t.Context(), socket, map[string]any{"type": "watch", "queueIds": []string{"que_support"}}))
	d := signIn(t, c, "camille")
	d.connect()
	heard := d.openAudio()
	l.settle(t)
	l.mu.Lock()
	l.counts, l.what = cost.Counts{}, map[string]int{}
	l.mu.Unlock()

	call, _ := d.placed(c)
	offered, _ := d.next("offered")
	require.Equal(t, http.StatusOK, d.call(http.MethodPost, "/api/contacts/"+offered.ID+"/accept", map[string]string{"offerId": offered.Offer.ID}, nil))
	d.listen(heard, time.Now().Add(-time.Minute))
	call.HangUp()
	d.sees("wrap-up", func(p deskapi.Patch) bool { return len(p.Agents) > 0 && p.Agents[0].WrapUp != nil })
	require.Equal(t, http.StatusOK, d.call(http.MethodPost, "/api/desk/wrap-up/end", map[string]string{"contactId": offered.ID}, nil))
	l.settle(t)

	l.mu.Lock()
	defer l.mu.Unlock()
	l.counts.Tasks = l.counts.Transitions / 2 // the timers that run on end in a task each
	t.Logf("a call asks for %+v\n%v", l.counts, l.what)
	for _, of := range []struct {
		what      string
		got, most float64
	}{
		{"state transitions", l.counts.Transitions, cost.Call.Transitions},
		{"requests", l.counts.Requests, cost.Call.Requests},
		{"changes", l.counts.Changes, cost.Call.Changes},
		{"tasks", l.counts.Tasks, cost.Call.Tasks},
		{"messages", l.counts.Messages, cost.Call.Messages},
	} {
		assert.Positive(t, of.got, of.what)
		assert.LessOrEqual(t, of.got, of.most, of.what)
	}
}

func drain(ctx context.Context, socket *websocket.Conn) {
	for {
		if _, _, err := socket.Read(ctx); err != nil {
			return
		}
	}
}
