package center_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"
	"github.com/coder/websocket/wsjson"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/shared/deskapi"
)

// TestS23MeetingThroughTheWholeCentre: the customer gets a link in the chat, which opens the room on the media node until
// the agent closes it.
func TestS23MeetingThroughTheWholeCentre(t *testing.T) {
	t.Parallel()
	c := start(t, time.Minute)
	camille := signIn(t, c, "camille")
	camille.connect()
	visitor := visit(t, c)
	visitor.write("Pouvez-vous me montrer ?")
	visitor.connect()
	var open struct{ Chats []deskapi.Chat }
	require.Equal(t, http.StatusOK, camille.call(http.MethodGet, "/api/chats", nil, &open))
	chat := camille.chatOf(open.Chats[0].Customer.ID)
	visitor.hears("who has the chat", func(p push) bool { return p.Thread.Held })

	path := "/api/chats/" + chat.ID + "/meeting"
	var meeting struct{ URL, GuestURL string }
	require.Equal(t, http.StatusOK, camille.call(http.MethodPost, path, nil, &meeting))
	visitor.hears("the link", func(p push) bool {
		return len(p.Messages) > 0 && p.Messages[0].Text == "Rejoignez la réunion : "+meeting.GuestURL
	})
	var now deskapi.Chat
	require.Equal(t, http.StatusOK, camille.call(http.MethodGet, "/api/chats/"+chat.ID, nil, &now))

	page, token, ok := strings.Cut(meeting.GuestURL, "#")
	require.True(t, ok)
	assert.Equal(t, c.URL()+"/meet/", page)
	room, _, err := websocket.Dial(t.Context(), c.URL()+"/media/rooms/"+now.RoomID, nil)
	require.NoError(t, err)
	t.Cleanup(func() { _ = room.CloseNow() })
	require.NoError(t, wsjson.Write(t.Context(), room, map[string]string{"type": "join", "ticket": token, "name": "Jeanne", "session": strings.Repeat("x", 16)}))
	var first struct{ Type string }
	require.NoError(t, wsjson.Read(t.Context(), room, &first))
	assert.Equal(t, "welcome", first.Type)

	var after deskapi.Chat
	require.Equal(t, http.StatusOK, camille.call(http.MethodDelete, path, nil, &after))
	assert.Empty(t, after.RoomID)
	for err == nil {
		_, _, err = room.Read(t.Context())
	}
	assert.Equal(t, websocket.StatusCode(4410), websocket.CloseStatus(err))
}
