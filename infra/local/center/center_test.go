package center_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/coder/websocket"
	"github.com/coder/websocket/wsjson"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/infra/local/center"
	"guichet/infra/local/dynamo/dynamotest"
	"guichet/infra/local/robot"
	"guichet/infra/local/seed"
	"guichet/infra/local/simulator"
	domain "guichet/shared/center"
	"guichet/shared/deskapi"
	"guichet/shared/telephony"
)

// start opens a centre of its own whose support queue rings for the given time.
func start(t *testing.T, ring time.Duration) *center.Center {
	t.Helper()
	return startWith(t, func(support *domain.Queue) { support.Ring = ring })
}

// startWith opens a centre of its own with another support queue.
func startWith(t *testing.T, change func(support *domain.Queue)) *center.Center {
	t.Helper()
	s := seed.Default()
	queue := s.Directory.Queues["que_support"]
	change(&queue)
	s.Directory.Queues["que_support"] = queue
	c, err := center.Start(t.Context(), center.Options{
		DynamoDB: dynamotest.Endpoint(t), Table: dynamotest.Table(t), Seed: &s, Dashboard: dashboard(), Log: slog.New(slog.DiscardHandler),
	})
	require.NoError(t, err)
	t.Cleanup(c.Close)
	return c
}

// dashboard is what the centre needs of the real one: a second of silence for those who wait.
func dashboard() fs.FS {
	const rate = 8000
	header := []any{
		[]byte("RIFF"), uint32(36 + 2*rate), []byte("WAVEfmt "), uint32(16), uint16(1), uint16(1),
		uint32(rate), uint32(2 * rate), uint16(2), uint16(16), []byte("data"), uint32(2 * rate),
	}
	var wav bytes.Buffer
	for _, field := range append(header, make([]byte, 2*rate)) {
		_ = binary.Write(&wav, binary.LittleEndian, field) // to a buffer, which takes everything
	}
	return fstest.MapFS{strings.TrimPrefix(telephony.PathMusic, "/"): {Data: wav.Bytes()}}
}

// desk is a signed-in person without a browser.
type desk struct {
	*robot.Desk
	t      testing.TB
	socket *websocket.Conn
	// versions are the newest that the desk has seen of each call.
	versions map[string]int64
}

func signIn(t testing.TB, c *center.Center, person string) *desk {
	t.Helper()
	d, err := robot.SignIn(t.Context(), c.URL(), person)
	require.NoError(t, err)
	return &desk{t: t, Desk: d}
}

// call asks the API, decodes its answer and returns its status, where every success is 200.
func (d *desk) call(method, path string, in, out any) int {
	d.t.Helper()
	err := d.Do(d.t.Context(), method, path, in, out)
	var refused *robot.Refusal
	if errors.As(err, &refused) {
		return refused.Status
	}
	require.NoError(d.t, err)
	return http.StatusOK
}

// connect opens the realtime connection and becomes ready in the support queue.
func (d *desk) connect() {
	d.t.Helper()
	socket, err := d.Connect(d.t.Context())
	require.NoError(d.t, err)
	d.t.Cleanup(func() { _ = socket.CloseNow() })
	d.socket = socket
	status := map[string]any{"status": "ready", "queues": []string{"que_support"}}
	require.Equal(d.t, http.StatusOK, d.call(http.MethodPut, "/api/desk/status", status, nil))
}

// sees reads pushes until one has what is waited for.
func (d *desk) sees(what string, wanted func(deskapi.Patch) bool) {
	d.t.Helper()
	ctx, cancel := context.WithTimeout(d.t.Context(), 20*time.Second)
	defer cancel()
	for {
		var patch deskapi.Patch
		require.NoError(d.t, wsjson.Read(ctx, d.socket, &patch), "waiting for %s", what)
		if wanted(patch) {
			return
		}
	}
}

func contact(state string) func(deskapi.Patch) bool {
	return func(p deskapi.Patch) bool { return len(p.Contacts) > 0 && p.Contacts[0].State == state }
}

func TestACallRingsThroughTheWholeCentre(t *testing.T) {
	t.Parallel()
	c := start(t, time.Second)
	camille := signIn(t, c, "camille")
	camille.connect()

	call, err := c.Simulator().Call(simulator.Dial{From: "+33612345678", To: "+33199001000"})
	require.NoError(t, err)
	camille.sees("the call that rings", contact("offered"))
	camille.sees("the pause that the ring timer gives", func(p deskapi.Patch) bool {
		return len(p.Agents) > 0 && p.Agents[0].Memberships[0].Reason == "missed"
	})
	var snapshot deskapi.Desk
	require.Equal(t, http.StatusOK, camille.call(http.MethodGet, "/api/desk", nil, &snapshot))
	assert.Nil(t, snapshot.Contact)

	status := map[string]any{"status": "ready", "queues": []string{"que_support"}}
	require.Equal(t, http.StatusOK, camille.call(http.MethodPut, "/api/desk/status", status, nil))
	camille.sees("the call that rings again", contact("offered"))
	call.HangUp()
	camille.sees("the end of the call", contact("ended"))
}

func TestCardsFollowThroughTheWholeCentre(t *testing.T) {
	t.Parallel()
	c := start(t, time.Minute)
	camille := signIn(t, c, "camille")
	camille.connect()
	require.NoError(t, wsjson.Write(t.Context(), camille.socket, deskapi.Watch{Type: deskapi.TypeWatch, QueueIDs: []string{"que_support"}}))
	require.Eventually(t, func() bool {
		desks, err := c.Store().Connections(t.Context())
		return err == nil && len(desks) == 1 && len(desks[0].Watched) == 1
	}, 20*time.Second, 5*time.Millisecond)
	call, err := c.Simulator().Call(simulator.Dial{From: "+33612345678", To: "+33199001000"})
	require.NoError(t, err)
	camille.shown("the call", func(v *deskapi.VoiceCard) bool { return v.Total == 1 })
	call.HangUp()
	camille.shown("its end", func(v *deskapi.VoiceCard) bool { return v.Abandoned == 1 })
	var snapshot deskapi.CardList
	require.Equal(t, http.StatusOK, camille.call(http.MethodGet, "/api/cards?queueIds=que_support", nil, &snapshot))
	require.Len(t, snapshot.Cards, 1)
	assert.Equal(t, []int{1, 1, 1}, []int{snapshot.Cards[0].LoggedIn, snapshot.Cards[0].Voice.Total, snapshot.Cards[0].Voice.Abandoned})
}

// shown reads pushes until a card of a call queue has what is waited for.
func (d *desk) shown(what string, wanted func(*deskapi.VoiceCard) bool) {
	d.t.Helper()
	ctx, cancel := context.WithTimeout(d.t.Context(), 20*time.Second)
	defer cancel()
	for {
		var pushed deskapi.Cards
		require.NoError(d.t, wsjson.Read(ctx, d.socket, &pushed), "waiting for %s", what)
		for _, card := range pushed.Cards {
			if card.Voice != nil && wanted(card.Voice) {
				return
			}
		}
	}
}

func TestOnlyAgentsReachTheDesk(t *testing.T) {
	t.Parallel()
	c := start(t, time.Second)
	robin := signIn(t, c, "robin")
	assert.Equal(t, http.StatusForbidden, robin.call(http.MethodGet, "/api/desk", nil, nil))
	response, err := http.Get(c.URL() + "/api/desk")
	require.NoError(t, err)
	require.NoError(t, response.Body.Close())
	assert.Equal(t, http.StatusUnauthorized, response.StatusCode)
	_, response, err = websocket.Dial(t.Context(), c.URL()+"/realtime?ticket=made-up", nil)
	require.Error(t, err)
	require.NoError(t, response.Body.Close())
	assert.Equal(t, http.StatusUnauthorized, response.StatusCode)
}

func TestADroppedDeskComesBack(t *testing.T) {
	t.Parallel()
	c := start(t, time.Minute)
	camille := signIn(t, c, "camille")
	camille.connect()
	require.EventuallyWithT(t, func(collect *assert.CollectT) {
		assert.Len(collect, c.Realtime().Connections(), 1)
	}, 5*time.Second, time.Millisecond)
	require.True(t, c.Realtime().Drop(c.Realtime().Connections()[0]))
	camille.connect()
	_, err := c.Simulator().Call(simulator.Dial{From: "+33612345678", To: "+33199001000"})
	require.NoError(t, err)
	camille.sees("the call that rings", contact("offered"))
}

func TestTakenPortsAreMoved(t *testing.T) {
	t.Parallel()
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer func() { _ = taken.Close() }()
	port := taken.Addr().(*net.TCPAddr).Port
	c, err := center.Start(t.Context(), center.Options{
		Port: port, DynamoDB: dynamotest.Endpoint(t), Table: dynamotest.Table(t), Log: slog.New(slog.DiscardHandler),
	})
	require.NoError(t, err)
	defer c.Close()
	assert.NotContains(t, c.URL(), ":"+strconv.Itoa(port))
}

func TestDataIsOfOneRunAtATime(t *testing.T) {
	t.Parallel()
	options := center.Options{
		Dir: t.TempDir(), DynamoDB: dynamotest.Endpoint(t), Table: dynamotest.Table(t), Log: slog.New(slog.DiscardHandler),
	}
	first, err := center.Start(t.Context(), options)
	require.NoError(t, err)
	_, err = center.Start(t.Context(), options)
	require.ErrorContains(t, err, "in use by process")
	require.ErrorContains(t, err, first.URL())
	require.ErrorContains(t, err, "-data")
	first.Close()
	again, err := center.Start(t.Context(), options)
	require.NoError(t, err)
	again.Close()
}
