package realtime_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/functions/internal/functiontest"
	"guichet/functions/realtime"
	"guichet/shared/center"
	"guichet/shared/channel/webchat"
	"guichet/shared/deskapi"
	"guichet/shared/mediaapi"
)

func openChats(t *testing.T) (*office, *center.Chat) {
	t.Helper()
	c := functiontest.WithChats(t)
	o := &office{c, realtime.New(c.Dispatcher, c.Pushes, c.Conversations, functiontest.Key, functiontest.Log)}
	e := functiontest.Text("in-1", "Hello", c.Now())
	require.NoError(t, c.Conversations.Receive(t.Context(), e))
	return o, o.chat(t, center.ChatIDOf(e.Channel, e.Inbox, e.Customer.ID))
}

func (o *office) chat(t *testing.T, id string) *center.Chat {
	t.Helper()
	c, err := o.Store.Chat(t.Context(), id, true)
	require.NoError(t, err)
	return c
}

func (o *office) visit(t *testing.T, id, chatID string) string {
	t.Helper()
	signed, err := functiontest.Key.Sign(mediaapi.Ticket{
		ID: id, Purpose: mediaapi.PurposeVisitor, ChatID: chatID, ExpiresUnix: o.Now().Add(mediaapi.TicketLifetime).Unix(),
	})
	require.NoError(t, err)
	return signed
}

const visitorPing = `{"type":"ping","visitor":true}`

func TestVisitorsComeAndGo(t *testing.T) {
	t.Parallel()
	o, chat := openChats(t)
	ticket := o.visit(t, "t1", chat.ID)
	require.Equal(t, http.StatusOK, o.route(t, "$connect", "v1", ticket, ""))
	assert.Equal(t, http.StatusUnauthorized, o.route(t, "$connect", "v2", ticket, ""), "a ticket is good for one use")
	assert.Equal(t, http.StatusForbidden, o.route(t, "$connect", "v3", o.visit(t, "t2", "ch_NONE"), ""), "of no chat")
	assert.Equal(t, []string{"v1"}, o.chat(t, chat.ID).Visitors)

	desks, err := o.Store.Connections(t.Context())
	require.NoError(t, err)
	assert.Empty(t, desks, "what desks are told is not for visitors")

	require.Equal(t, http.StatusOK, o.route(t, "$default", "v1", "", visitorPing))
	assert.Equal(t, []any{webchat.Pong{Type: "pong", Version: o.chat(t, chat.ID).Version}}, o.Pushes.Take("v1"))
	assert.Equal(t, http.StatusForbidden, o.route(t, "$default", "v1", "", `{"type":"typing","chatId":"`+chat.ID+`"}`),
		"a visitor is no agent")

	require.Equal(t, http.StatusOK, o.route(t, "$disconnect", "v1", "", ""))
	require.Equal(t, http.StatusOK, o.route(t, "$disconnect", "v1", "", ""))
	assert.Empty(t, o.chat(t, chat.ID).Visitors)
	assert.Equal(t, http.StatusGone, o.route(t, "$default", "v1", "", visitorPing))
	assert.Equal(t, []string{"v1"}, o.Pushes.Closed())
}

func TestASilentVisitorIsForgotten(t *testing.T) {
	t.Parallel()
	o, chat := openChats(t)
	presence := &webchat.Presence{Store: o.Store, Chats: o.Conversations, Now: o.Now}
	require.Equal(t, http.StatusOK, o.route(t, "$connect", "v1", o.visit(t, "t1", chat.ID), ""))
	o.Pass(deskapi.HeartbeatSeconds * time.Second)
	require.Equal(t, http.StatusOK, o.route(t, "$default", "v1", "", visitorPing))
	o.Pass((deskapi.LeaseSeconds - 1) * time.Second)
	require.NoError(t, presence.Sweep(t.Context()))
	assert.Equal(t, []string{"v1"}, o.chat(t, chat.ID).Visitors, "the ping renewed the lease")
	o.Pass(2 * time.Second)
	require.NoError(t, presence.Sweep(t.Context()))
	assert.Empty(t, o.chat(t, chat.ID).Visitors)
	assert.Equal(t, http.StatusGone, o.route(t, "$default", "v1", "", visitorPing))
}

func TestColleaguesSeeWhoTypes(t *testing.T) {
	t.Parallel()
	o, chat := openChats(t)
	require.Equal(t, http.StatusOK, o.route(t, "$connect", "ana", o.ticket(t, "t1", functiontest.Ana, mediaapi.PurposeRealtime), ""))
	require.Equal(t, http.StatusOK, o.route(t, "$connect", "sue", o.ticket(t, "t2", functiontest.Sue, mediaapi.PurposeRealtime), ""))
	o.Pushes.Take("ana")
	o.Pushes.Take("sue")
	require.Equal(t, http.StatusOK, o.route(t, "$default", "ana", "", `{"type":"typing","chatId":"`+chat.ID+`"}`))
	assert.Equal(t, []any{deskapi.Typing{Type: "typing", ChatID: chat.ID, AgentID: functiontest.Ana}}, o.Pushes.Take("sue"))
	assert.Empty(t, o.Pushes.Take("ana"))
	assert.Equal(t, http.StatusForbidden, o.route(t, "$default", "ana", "", `{"type":"typing","chatId":"ch_NONE"}`))
}
