package room_test

import (
	"bytes"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"guichet/media-node/internal/room"
	"guichet/shared/mediaapi"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const (
	patience = 20 * time.Second // for things that take a second on an idle machine
	poll     = 10 * time.Millisecond
	theRoom  = "rm_1"
)

var testKey = mediaapi.Key("0123456789abcdef0123456789abcdef")

type fixture struct {
	t      *testing.T
	rooms  *room.Rooms
	server *httptest.Server
	skew   atomic.Int64 // nanoseconds by which the node's clock is ahead
}

func start(t *testing.T, change ...func(*room.Config)) *fixture {
	t.Helper()
	f := &fixture{t: t}
	cfg := room.Config{
		Key: testKey, Listen: "127.0.0.1:0", MaxRooms: 3, MaxPeople: 8, Log: slog.New(slog.DiscardHandler),
		Now:      func() time.Time { return time.Now().Add(time.Duration(f.skew.Load())) },
		Announce: func(bound netip.AddrPort) ([]netip.AddrPort, error) { return []netip.AddrPort{bound}, nil },
	}
	for _, c := range change {
		c(&cfg)
	}
	var err error
	f.rooms, err = room.New(cfg)
	require.NoError(t, err)
	mux := http.NewServeMux()
	f.rooms.Register(mux, nil)
	f.server = httptest.NewServer(mux)
	t.Cleanup(func() {
		f.rooms.Close()
		f.server.Close()
	})
	return f
}

func (f *fixture) url(room string) string {
	return "ws" + strings.TrimPrefix(f.server.URL, "http") + mediaapi.RoomPath + "/" + room
}

func (f *fixture) link(change ...func(*mediaapi.Ticket)) string {
	f.t.Helper()
	ticket := mediaapi.Ticket{Purpose: mediaapi.PurposeRoom, RoomID: theRoom, Role: mediaapi.RoleGuest, ExpiresUnix: time.Now().Add(time.Hour).Unix()}
	for _, c := range change {
		c(&ticket)
	}
	token, err := testKey.Sign(ticket)
	require.NoError(f.t, err)
	return token
}

func host(t *mediaapi.Ticket) { t.Role, t.Name = mediaapi.RoleHost, "Zoé Martin" }

// close asks the node to close a room, with a signature of key.
func (f *fixture) close(roomID string, body mediaapi.RoomClosing, key mediaapi.Key) int {
	f.t.Helper()
	b, err := json.Marshal(body)
	require.NoError(f.t, err)
	req, err := http.NewRequestWithContext(f.t.Context(), http.MethodPost, f.server.URL+mediaapi.RoomClosePath(roomID), bytes.NewReader(b))
	require.NoError(f.t, err)
	req.Header.Set(mediaapi.SignatureHeader, key.SignClosing(b, time.Now().Add(time.Duration(f.skew.Load()))))
	res, err := f.server.Client().Do(req)
	require.NoError(f.t, err)
	require.NoError(f.t, res.Body.Close())
	return res.StatusCode
}

func (f *fixture) counts(rooms, people int) {
	f.t.Helper()
	require.Eventually(f.t, func() bool { r, p := f.rooms.Count(); return r == rooms && p == people }, patience, poll, "%d rooms with %d people", rooms, people)
}

func TestThreePeopleSeeAndHearEachOther(t *testing.T) {
	t.Parallel()
	f := start(t)
	agent := f.join(theRoom, f.link(host), "not my name").isIn()
	guest := f.join(theRoom, f.link(), "  Ada\n Lovelace\x00 ").isIn()
	agent.send("microphone", "agent speaks")
	agent.send("camera", "agent's face")
	guest.send("microphone", "guest speaks")
	guest.hears(agent, "microphone", "agent speaks")
	guest.hears(agent, "camera", "agent's face")
	agent.hears(guest, "microphone", "guest speaks")

	late := f.join(theRoom, f.link(), "Late").isIn()
	late.hears(agent, "camera", "agent's face")
	late.hears(guest, "microphone", "guest speaks")
	late.send("screen", "a table")
	agent.hears(late, "screen", "a table")
	guest.hears(late, "screen", "a table")

	late.look(func() {
		assert.Equal(t, person{ID: agent.id, Name: "Zoé Martin", Role: "host", Media: map[string]bool{"microphone": true, "camera": false, "screen": false}}, late.people[agent.id])
		assert.Equal(t, "Ada Lovelace", late.people[guest.id].Name)
		assert.Equal(t, "guest", late.people[guest.id].Role)
		assert.NotContains(t, late.people, late.id)
		assert.NotContains(t, late.received, late.id+" screen", "nobody receives what they send")
	})
	f.counts(1, 3)
}

func TestWhoeverComesLateGetsAKeyFrame(t *testing.T) {
	t.Parallel()
	f := start(t)
	first := f.join(theRoom, f.link(), "First").isIn()
	first.send("camera", "a face")
	require.Never(t, func() bool { n := 0; first.look(func() { n = first.keyFrames["camera"] }); return n > 0 }, 700*time.Millisecond, poll, "nobody needs one")
	late := f.join(theRoom, f.link(), "Late").isIn()
	late.hears(first, "camera", "a face")
	require.Eventually(t, func() bool { n := 0; first.look(func() { n = first.keyFrames["camera"] }); return n > 0 }, patience, poll)
}

func TestKeyFrameRequestsOfReceiversAreForwardedAtALimitedRate(t *testing.T) {
	t.Parallel()
	f := start(t)
	first := f.join(theRoom, f.link(), "First").isIn()
	second := f.join(theRoom, f.link(), "Second").isIn()
	first.send("camera", "a face")
	second.hears(first, "camera", "a face")
	asked := func() (n int) { first.look(func() { n = first.keyFrames["camera"] }); return n }
	before, began := asked(), time.Now()
	for range 100 {
		second.needKeyFrame()
		time.Sleep(10 * time.Millisecond)
	}
	require.Eventually(t, func() bool { return asked() > before }, patience, poll)
	most := 3 + int(time.Since(began)/(500*time.Millisecond))
	assert.LessOrEqual(t, asked()-before, most)
}

func TestOthersAreToldOfMuteAndLeave(t *testing.T) {
	t.Parallel()
	f := start(t)
	first, second := f.join(theRoom, f.link(), "First").isIn(), f.join(theRoom, f.link(), "Second").isIn()
	first.send("microphone", "words")
	second.hears(first, "microphone", "words")
	first.say(map[string]any{"type": "state", "media": map[string]bool{"camera": true}})
	require.EventuallyWithT(t, func(c *assert.CollectT) {
		second.look(func() {
			assert.Equal(c, map[string]bool{"microphone": false, "camera": true, "screen": false}, second.people[first.id].Media)
		})
	}, patience, poll)
	first.leave()
	require.EventuallyWithT(t, func(c *assert.CollectT) {
		second.look(func() {
			assert.NotContains(c, second.people, first.id)
			for _, s := range second.sections {
				assert.NotEqual(c, first.id, s.Person)
			}
		})
	}, patience, poll)
	f.counts(1, 1)
	second.leave()
	f.counts(0, 0)
}

// TestSectionsOfThoseWhoLeftAreUsedAgain looks at offers alone: pion does not always take up a section again as the one
// who answers. Browsers do, see the page's own test.
func TestSectionsOfThoseWhoLeftAreUsedAgain(t *testing.T) {
	t.Parallel()
	f := start(t)
	stays := f.join(theRoom, f.link(), "Stays").isIn()
	stays.send("microphone", "here")
	for range 3 {
		visitor := f.join(theRoom, f.link(), "Visitor").isIn()
		visitor.send("microphone", "hello")
		visitor.send("camera", "a face")
		visitor.hears(stays, "microphone", "here")
		require.EventuallyWithT(t, func(c *assert.CollectT) { stays.look(func() { assert.Len(c, stays.sections, 5) }) }, patience, poll)
		visitor.vanish()
		require.EventuallyWithT(t, func(c *assert.CollectT) { stays.look(func() { assert.Len(c, stays.sections, 3) }) }, patience, poll)
	}
	stays.look(func() { assert.Equal(t, 5, stays.lines, "three of its own, two for whoever is there") })
}

func TestAPageThatConnectsAgainReplacesItself(t *testing.T) {
	t.Parallel()
	f := start(t, func(c *room.Config) { c.MaxPeople = 2 })
	other := f.join(theRoom, f.link(), "Other").isIn()
	first := f.join(theRoom, f.link(), "First").isIn()
	again := f.visit(theRoom)
	again.say(map[string]any{"type": "join", "ticket": f.link(), "name": "First", "session": first.session})
	again.isIn()
	first.isClosed(4419)
	again.send("camera", "still me")
	other.hears(again, "camera", "still me")
	other.look(func() { assert.Len(t, other.people, 1) })
}
