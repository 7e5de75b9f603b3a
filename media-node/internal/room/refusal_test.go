package room_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/media-node/internal/room"
	"guichet/shared/mediaapi"
)

func TestTheNinthIsRefused(t *testing.T) {
	t.Parallel()
	f := start(t)
	var eight []*page
	for range 8 {
		eight = append(eight, f.join(theRoom, f.link(), "One of eight").isIn())
	}
	ninth := f.join(theRoom, f.link(), "Ninth")
	ninth.isClosed(4409)
	eight[0].send("microphone", "still here")
	for _, p := range eight[1:] {
		p.hears(eight[0], "microphone", "still here")
	}
	eight[3].leave()
	f.counts(1, 7)
	f.join(theRoom, f.link(), "Ninth").isIn()
}

func TestRoomsAreLimited(t *testing.T) {
	t.Parallel()
	f := start(t, func(c *room.Config) { c.MaxRooms = 1 })
	f.join(theRoom, f.link(), "First").isIn()
	f.join("rm_2", f.link(func(t *mediaapi.Ticket) { t.RoomID = "rm_2" }), "Second").isClosed(4503)
	f.join(theRoom, f.link(), "Third").isIn()
}

func TestDrainingLetsPeopleIntoOpenRoomsOnly(t *testing.T) {
	t.Parallel()
	f := start(t)
	first := f.join(theRoom, f.link(), "First").isIn()
	f.rooms.Drain()
	f.join(theRoom, f.link(), "Second").isIn()
	f.join("rm_2", f.link(func(t *mediaapi.Ticket) { t.RoomID = "rm_2" }), "Third").isClosed(4503)
	f.rooms.Close()
	first.isClosed(1001)
}

func TestLinksAreChecked(t *testing.T) {
	t.Parallel()
	f := start(t)
	forged, err := mediaapi.Key("another key of at least 32 bytes").Sign(mediaapi.Ticket{Purpose: mediaapi.PurposeRoom, RoomID: theRoom, ExpiresUnix: time.Now().Add(time.Hour).Unix()})
	require.NoError(t, err)
	for name, tc := range map[string]struct {
		token string
		code  int
	}{
		"none":            {"", 4401},
		"forged":          {forged, 4401},
		"another room's":  {f.link(func(t *mediaapi.Ticket) { t.RoomID = "rm_2" }), 4401},
		"another purpose": {f.link(func(t *mediaapi.Ticket) { t.Purpose = mediaapi.PurposeAgent }), 4401},
		"expired":         {f.link(func(t *mediaapi.Ticket) { t.ExpiresUnix = time.Now().Add(-time.Second).Unix() }), 4408},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := &fixture{t: t, rooms: f.rooms, server: f.server}
			f.join(theRoom, tc.token, "Stranger").isClosed(tc.code)
		})
	}
	t.Cleanup(func() { f.counts(0, 0) })
}

func TestWhoeverIsInLeavesWhenTheLinkExpires(t *testing.T) {
	t.Parallel()
	f := start(t)
	p := f.join(theRoom, f.link(func(t *mediaapi.Ticket) { t.ExpiresUnix = time.Now().Add(2 * time.Second).Unix() }), "Late").isIn()
	p.isClosed(4408)
}

func TestAClosedRoomEndsAndStaysClosed(t *testing.T) {
	t.Parallel()
	f := start(t)
	first := f.join(theRoom, f.link(), "First").isIn()
	closing := mediaapi.RoomClosing{RoomID: theRoom, LinksExpireUnix: time.Now().Add(time.Hour).Unix()}
	assert.Equal(t, http.StatusForbidden, f.close(theRoom, closing, mediaapi.Key("another key of at least 32 bytes")))
	assert.Equal(t, http.StatusUnprocessableEntity, f.close("rm_2", closing, testKey))
	f.counts(1, 1)
	assert.Equal(t, http.StatusNoContent, f.close(theRoom, closing, testKey))
	first.isClosed(4410)
	f.counts(0, 0)
	f.join(theRoom, f.link(), "First").isClosed(4410)
	f.join("rm_2", f.link(func(t *mediaapi.Ticket) { t.RoomID = "rm_2" }), "Elsewhere").isIn()

	f.skew.Store(int64(2 * time.Hour)) // the links of the closed room have run out by themselves
	assert.Equal(t, http.StatusNoContent, f.close("rm_3", mediaapi.RoomClosing{RoomID: "rm_3"}, testKey))
	f.join(theRoom, f.link(func(t *mediaapi.Ticket) { t.ExpiresUnix += 24 * 3600 }), "A link that nobody made").isIn()
}

func TestUnrulyPagesAreLetGo(t *testing.T) {
	t.Parallel()
	f := start(t)
	for name, tc := range map[string]struct {
		say  []string
		code int
	}{
		"no JSON":         {[]string{"hello"}, 1008},
		"no join first":   {[]string{`{"type":"state"}`}, 1008},
		"short secret":    {[]string{`{"type":"join","session":"x"}`}, 1008},
		"unknown message": {[]string{"join", `{"type":"record"}`}, 1008},
		"joins twice":     {[]string{"join", "join"}, 1008},
		"wrong answer":    {[]string{"join", `{"type":"answer","sdp":"v=9"}`}, 1008},
		"too long":        {[]string{"join", `{"type":"state","x":"` + strings.Repeat("x", 70_000) + `"}`}, 1009},
		"too often":       {append([]string{"join"}, strings.Split(strings.Repeat(`{"type":"state"} `, 200), " ")...), 1008},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := &fixture{t: t, rooms: f.rooms, server: f.server}
			p := f.visit(theRoom)
			for _, words := range tc.say {
				if words == "join" {
					p.say(map[string]any{"type": "join", "ticket": f.link(), "name": "Unruly", "session": p.session})
					p.isIn()
					continue
				}
				p.write(words)
			}
			p.isClosed(tc.code)
		})
	}
	t.Cleanup(func() { f.counts(0, 0) })
}
