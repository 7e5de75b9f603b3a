package agentapi_test

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/functions/internal/functiontest"
	"guichet/shared/center"
	"guichet/shared/conversation"
	"guichet/shared/deskapi"
	"guichet/shared/mediaapi"
)

type meeting struct {
	URL, GuestURL string
	ExpiresAt     time.Time
}

// mediaNode is the part of the origin that closes rooms; it believes nothing that is not signed.
type mediaNode struct {
	mu     sync.Mutex
	closed []mediaapi.RoomClosing
	fails  bool
}

// node puts a media node behind the office's origin.
func (o *office) node(t *testing.T) *mediaNode {
	t.Helper()
	n := &mediaNode{}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		n.mu.Lock()
		defer n.mu.Unlock()
		body, _ := io.ReadAll(r.Body)
		var c mediaapi.RoomClosing
		err := functiontest.Key.VerifyClosing(r.Header.Get(mediaapi.SignatureHeader), body, o.Now())
		if err != nil || json.Unmarshal(body, &c) != nil || r.URL.Path != mediaapi.RoomClosePath(c.RoomID) || n.fails {
			w.WriteHeader(http.StatusServiceUnavailable)
			return
		}
		n.closed = append(n.closed, c)
		w.WriteHeader(http.StatusNoContent)
	}))
	t.Cleanup(server.Close)
	o.Conversations.PublicURL = server.URL
	return n
}

func (n *mediaNode) setFails(fails bool) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.fails = fails
}

func (o *office) openMeeting(t *testing.T, agentID, chatID string) meeting {
	t.Helper()
	return decode[meeting](t, o.as(t, agentID, "POST", "/api/chats/"+chatID+"/meeting", ""))
}

// admits returns the ticket of a link.
func (o *office) admits(t *testing.T, link string) mediaapi.Ticket {
	t.Helper()
	origin, token, ok := strings.Cut(link, "#")
	require.True(t, ok)
	assert.Equal(t, o.Conversations.PublicURL+"/meet/", origin)
	ticket, err := functiontest.Key.Verify(token, mediaapi.PurposeRoom, o.Now())
	require.NoError(t, err)
	return ticket
}

func TestAMeetingIsOpenedAndItsLinkSentOnce(t *testing.T) {
	t.Parallel()
	o := openChats(t)
	o.node(t)
	chat := o.held(t, functiontest.Ben, "customer")
	before := len(o.Channel.Sent())
	m := o.openMeeting(t, functiontest.Ben, chat.ID)
	host, guest := o.admits(t, m.URL), o.admits(t, m.GuestURL)
	room := decode[deskapi.Chat](t, o.as(t, functiontest.Ben, "GET", "/api/chats/"+chat.ID, "")).RoomID
	assert.Equal(t, mediaapi.Ticket{Purpose: mediaapi.PurposeRoom, RoomID: room, Role: mediaapi.RoleHost, Name: "ben", ExpiresUnix: o.Now().Add(conversation.MeetingLifetime).Unix()}, host)
	assert.Equal(t, mediaapi.Ticket{Purpose: mediaapi.PurposeRoom, RoomID: room, Role: mediaapi.RoleGuest, ExpiresUnix: host.ExpiresUnix}, guest)
	assert.Equal(t, o.Now().Add(conversation.MeetingLifetime), m.ExpiresAt)
	assert.True(t, strings.HasPrefix(room, center.PrefixRoom))
	assert.Less(t, len(m.GuestURL), 300, "it has to fit into two text messages")

	assert.Equal(t, m, o.openMeeting(t, functiontest.Ben, chat.ID), "the same room")
	sue := o.openMeeting(t, functiontest.Sue, chat.ID)
	assert.Equal(t, m.GuestURL, sue.GuestURL)
	assert.Equal(t, "sue", o.admits(t, sue.URL).Name)
	assert.Equal(t, []string{"Join the meeting: " + m.GuestURL}, o.Channel.Sent()[before:], "in the queue's language, once")
	assert.Equal(t, 1, o.meetingEvents(t, chat.ID))

	o.Pass(conversation.MeetingLifetime)
	later := o.openMeeting(t, functiontest.Ben, chat.ID)
	assert.NotEqual(t, room, o.admits(t, later.URL).RoomID, "the old links have expired")
	assert.Len(t, o.Channel.Sent()[before:], 2)
	assert.Equal(t, 2, o.meetingEvents(t, chat.ID))
}

func (o *office) meetingEvents(t *testing.T, chatID string) (n int) {
	t.Helper()
	page := decode[struct{ Messages []deskapi.Message }](t, o.as(t, functiontest.Sue, "GET", "/api/chats/"+chatID+"/messages", ""))
	for _, m := range page.Messages {
		if m.Event != nil && m.Event.Kind == string(center.EventMeeting) {
			n++
		}
	}
	return n
}

func TestTheInvitationIsInTheCustomersLanguage(t *testing.T) {
	t.Parallel()
	o := openChats(t)
	o.node(t)
	e := functiontest.Text("in-1", "Bonjour", o.Now())
	e.Customer.ID, e.Customer.Language = "zoé", "fr-FR"
	require.NoError(t, o.Conversations.Receive(context.Background(), e))
	id := center.ChatIDOf(functiontest.ChannelName, functiontest.Inbox, "zoé")
	require.Equal(t, http.StatusOK, o.as(t, functiontest.Ben, "POST", "/api/chats/"+id+"/assign", `{"agentId":"ben"}`).Status)
	before := len(o.Channel.Sent())
	m := o.openMeeting(t, functiontest.Ben, id)
	assert.Equal(t, []string{"Rejoignez la réunion : " + m.GuestURL}, o.Channel.Sent()[before:])
}

func TestAMeetingIsClosedOnTheNodeFirst(t *testing.T) {
	t.Parallel()
	o := openChats(t)
	n := o.node(t)
	chat := o.held(t, functiontest.Ben, "customer")
	path := "/api/chats/" + chat.ID + "/meeting"
	assert.Empty(t, decode[deskapi.Chat](t, o.as(t, functiontest.Ben, "DELETE", path, "")).RoomID, "there is none")
	room := o.admits(t, o.openMeeting(t, functiontest.Ben, chat.ID).URL)

	n.setFails(true)
	assert.Equal(t, http.StatusInternalServerError, o.as(t, functiontest.Ben, "DELETE", path, "").Status)
	assert.Equal(t, room.RoomID, decode[deskapi.Chat](t, o.as(t, functiontest.Ben, "GET", "/api/chats/"+chat.ID, "")).RoomID, "it can be tried again")
	n.setFails(false)
	assert.Equal(t, "/problems/chat-not-yours", o.as(t, functiontest.Ana, "DELETE", path, "").problem(t).Type)
	assert.Empty(t, decode[deskapi.Chat](t, o.as(t, functiontest.Ben, "DELETE", path, "")).RoomID)
	assert.Equal(t, []mediaapi.RoomClosing{{RoomID: room.RoomID, LinksExpireUnix: room.ExpiresUnix}}, n.closed)
}

func TestAResolvedChatLeavesNoMeetingOpen(t *testing.T) {
	t.Parallel()
	o := openChats(t)
	n := o.node(t)
	chat := o.held(t, functiontest.Ben, "customer")
	room := o.admits(t, o.openMeeting(t, functiontest.Ben, chat.ID).URL)
	done := decode[deskapi.Chat](t, o.as(t, functiontest.Ben, "POST", "/api/chats/"+chat.ID+"/resolve", ""))
	assert.Equal(t, "resolved", done.State)
	assert.Empty(t, done.RoomID)
	assert.Equal(t, []mediaapi.RoomClosing{{RoomID: room.RoomID, LinksExpireUnix: room.ExpiresUnix}}, n.closed)

	other := o.held(t, functiontest.Ben, "another")
	o.openMeeting(t, functiontest.Ben, other.ID)
	n.setFails(true)
	done = decode[deskapi.Chat](t, o.as(t, functiontest.Ben, "POST", "/api/chats/"+other.ID+"/resolve", ""))
	assert.Equal(t, "resolved", done.State, "whatever the node says")
}

func TestWhoMayNotWriteOpensNoMeeting(t *testing.T) {
	t.Parallel()
	o := openChats(t)
	o.node(t)
	chat := o.held(t, functiontest.Ben, "customer")
	path := "/api/chats/" + chat.ID + "/meeting"
	assert.Equal(t, "/problems/chat-not-yours", o.as(t, functiontest.Ana, "POST", path, "").problem(t).Type)
	assert.Equal(t, http.StatusNotFound, o.as(t, zoe, "POST", path, "").Status)
	require.Equal(t, http.StatusOK, o.as(t, functiontest.Ben, "POST", "/api/chats/"+chat.ID+"/resolve", "").Status)
	assert.Equal(t, "/problems/chat-resolved", o.as(t, functiontest.Ben, "POST", path, "").problem(t).Type)
	assert.Zero(t, o.meetingEvents(t, chat.ID))
}
