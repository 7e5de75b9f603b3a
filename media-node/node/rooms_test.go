package node_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/shared/mediaapi"
)

// enterRoom asks to be let into a room.
func (f *fixture) enterRoom(roomID string) *websocket.Conn {
	f.t.Helper()
	ctx, cancel := context.WithTimeout(f.t.Context(), patience)
	defer cancel()
	conn, _, err := websocket.Dial(ctx, f.server.URL+mediaapi.RoomPath+"/"+roomID, nil)
	require.NoError(f.t, err)
	f.t.Cleanup(func() { _ = conn.CloseNow() })
	link := f.ticket(func(t *mediaapi.Ticket) { t.Purpose, t.RoomID, t.AgentID = mediaapi.PurposeRoom, roomID, "" })
	body, err := json.Marshal(map[string]string{"type": "join", "ticket": link, "name": "Ada", "session": rand.Text()})
	require.NoError(f.t, err)
	require.NoError(f.t, conn.Write(ctx, websocket.MessageText, body))
	return conn
}

// visitRoom joins a room and returns the connection with the node's welcome.
func (f *fixture) visitRoom(roomID string) (*websocket.Conn, string) {
	f.t.Helper()
	conn := f.enterRoom(roomID)
	ctx, cancel := context.WithTimeout(f.t.Context(), patience)
	defer cancel()
	_, welcome, err := conn.Read(ctx)
	require.NoError(f.t, err)
	return conn, string(welcome)
}

func TestRoomsAreOpenedCountedAndClosed(t *testing.T) {
	t.Parallel()
	f := start(t)
	assert.NotEqual(t, f.node.UDPAddr(), f.node.RoomUDPAddr(), "rooms share no socket with calls")
	conn, welcome := f.visitRoom("rm_1")
	assert.Contains(t, welcome, `"welcome"`)
	assert.Equal(t, "1", f.metric("media_rooms"))
	assert.Equal(t, "1", f.metric("media_room_people"))

	body := []byte(`{"roomId":"rm_1","linksExpireUnix":9999999999}`)
	for signature, want := range map[string]int{testKey.SignEvent(body, time.Now()): 403, testKey.SignClosing(body, time.Now()): 204} {
		res, _ := f.do(http.MethodPost, mediaapi.RoomClosePath("rm_1"), string(body), map[string]string{mediaapi.SignatureHeader: signature})
		assert.Equal(t, want, res.StatusCode)
	}
	for {
		_, message, err := conn.Read(t.Context())
		if err != nil {
			assert.Equal(t, websocket.StatusCode(4410), websocket.CloseStatus(err))
			break
		}
		assert.True(t, bytes.Contains(message, []byte(`"offer"`)))
		assert.Contains(t, string(message), f.node.RoomUDPAddr().Addr().String())
	}
	require.Eventually(t, func() bool { return f.metric("media_rooms") == "0" }, patience, poll)
}

func TestADrainingNodeOpensNoRoom(t *testing.T) {
	t.Parallel()
	f := start(t)
	open, _ := f.visitRoom("rm_1")
	require.NoError(t, f.node.Drain(t.Context()))
	_, welcome := f.visitRoom("rm_1")
	assert.True(t, strings.Contains(welcome, `"people"`), welcome)
	f.node.Close()
	for {
		if _, _, err := open.Read(t.Context()); err != nil {
			assert.Equal(t, websocket.StatusGoingAway, websocket.CloseStatus(err))
			return
		}
	}
}
