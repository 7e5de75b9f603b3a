package center_test

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"
	"github.com/coder/websocket/wsjson"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/infra/local/center"
	"guichet/shared/deskapi"

	domain "guichet/shared/center"
)

// page is a visitor's, without a browser.
type page struct {
	t      testing.TB
	origin string
	token  string
	socket *websocket.Conn
}

func visit(t testing.TB, c *center.Center) *page {
	t.Helper()
	p := &page{t: t, origin: c.URL()}
	var session struct{ Token string }
	p.call(http.MethodPost, "sessions", nil, &session)
	p.token = session.Token
	return p
}

func (p *page) call(method, resource string, in, out any) {
	p.t.Helper()
	body, err := json.Marshal(in)
	require.NoError(p.t, err)
	request, err := http.NewRequestWithContext(p.t.Context(), method, p.origin+"/channels/webchat/lavande/"+resource, bytes.NewReader(body))
	require.NoError(p.t, err)
	request.Header.Set("Authorization", "Bearer "+p.token)
	request.Header.Set("Origin", "https://shop.example")
	response, err := http.DefaultClient.Do(request)
	require.NoError(p.t, err)
	defer func() { _ = response.Body.Close() }()
	require.Less(p.t, response.StatusCode, 300, "%s %s", method, resource)
	if out != nil {
		require.NoError(p.t, json.NewDecoder(response.Body).Decode(out))
	}
}

func (p *page) write(text string, files ...string) {
	p.t.Helper()
	p.call(http.MethodPost, "messages", map[string]any{
		"id": domain.NewID(domain.PrefixMessage, time.Now()), "text": text, "files": files, "name": "Jeanne",
	}, nil)
}

func (p *page) connect() {
	p.t.Helper()
	var ticket struct{ Ticket string }
	p.call(http.MethodPost, "tickets", nil, &ticket)
	socket, response, err := websocket.Dial(p.t.Context(), p.origin+"/realtime?ticket="+url.QueryEscape(ticket.Ticket), nil)
	require.NoError(p.t, err)
	if response.Body != nil {
		require.NoError(p.t, response.Body.Close())
	}
	p.t.Cleanup(func() { _ = socket.CloseNow() })
	p.socket = socket
}

// push is what a page is told.
type push struct {
	Type   string
	Thread struct {
		Held          bool
		Agent, ReadTo string
	}
	Messages []struct {
		ID, Key, From, Agent, Text string
		Files                      []struct{ ID, State string }
	}
}

// hears reads pushes until one has what is waited for.
func (p *page) hears(what string, wanted func(push) bool) push {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.t.Context(), 20*time.Second)
	defer cancel()
	for {
		var news push
		require.NoError(p.t, wsjson.Read(ctx, p.socket, &news), "waiting for %s", what)
		if wanted(news) {
			return news
		}
	}
}

// TestS19WebchatThroughTheWholeCentre: as on the channels of providers, and with what only our own widget has.
func TestS19WebchatThroughTheWholeCentre(t *testing.T) {
	t.Parallel()
	c := start(t, time.Minute)
	camille := signIn(t, c, "camille")
	camille.connect()
	visitor := visit(t, c)
	visitor.write("Où est mon bouquet ?")
	visitor.connect()

	var open struct{ Chats []deskapi.Chat }
	require.Equal(t, http.StatusOK, camille.call(http.MethodGet, "/api/chats", nil, &open))
	require.Len(t, open.Chats, 1)
	chat := camille.chatOf(open.Chats[0].Customer.ID)
	assert.Equal(t, "Jeanne", chat.Customer.Name)
	assert.Equal(t, "que_chat_support", chat.QueueID)
	visitor.hears("who has the chat", func(p push) bool { return p.Thread.Held && p.Thread.Agent == "Camille" })

	sent := camille.reply(chat, "Il arrive !", upload(t, camille))
	news := visitor.hears("the answer", func(p push) bool { return len(p.Messages) > 0 && p.Messages[0].Text == "Il arrive !" })
	assert.Equal(t, "Camille", news.Messages[0].Agent)
	var link struct{ URL string }
	message := news.Messages[0]
	visitor.call(http.MethodGet, "files/"+message.Files[0].ID+"?message="+url.QueryEscape(message.Key), nil, &link)
	assert.Equal(t, picture, get(t, link.URL))

	visitor.call(http.MethodPost, "read", map[string]string{"seen": message.Key}, nil)
	camille.sees("that it was read", func(p deskapi.Patch) bool {
		return len(p.Chats) > 0 && p.Chats[0].SeenTo != nil && !p.Chats[0].SeenTo.Before(sent.At)
	})
	require.NoError(t, wsjson.Write(t.Context(), camille.socket, map[string]string{"type": "typing", "chatId": chat.ID}))
	visitor.hears("typing", func(p push) bool { return p.Type == "typing" })
	visitor.call(http.MethodPost, "typing", map[string]bool{"on": true}, nil)
	camille.hears("typing")

	visitor.write("Merci", visitor.upload())
	in := camille.until(chat, func(m deskapi.Message) bool { return m.Text == "Merci" })
	assert.Equal(t, "stored", in.Attachments[0].State)
	require.NoError(t, visitor.socket.Close(websocket.StatusNormalClosure, ""))
	camille.sees("that the visitor has gone", func(p deskapi.Patch) bool { return len(p.Chats) > 0 && !p.Chats[0].VisitorHere })
}

// hears reads pushes until one is of the type.
func (d *desk) hears(kind string) {
	d.t.Helper()
	ctx, cancel := context.WithTimeout(d.t.Context(), 20*time.Second)
	defer cancel()
	for {
		var message struct{ Type string }
		require.NoError(d.t, wsjson.Read(ctx, d.socket, &message), "waiting for %s", kind)
		if message.Type == kind {
			return
		}
	}
}

// upload puts a file where the page is told to.
func (p *page) upload() string {
	p.t.Helper()
	var slot struct {
		ID, URL string
		Headers map[string]string
	}
	p.call(http.MethodPost, "files", map[string]any{"name": "moi.png", "type": "image/png", "bytes": len(picture)}, &slot)
	request, err := http.NewRequestWithContext(p.t.Context(), http.MethodPut, slot.URL, strings.NewReader(picture))
	require.NoError(p.t, err)
	for name, value := range slot.Headers {
		request.Header.Set(name, value)
	}
	response, err := http.DefaultClient.Do(request)
	require.NoError(p.t, err)
	require.NoError(p.t, response.Body.Close())
	require.Equal(p.t, http.StatusOK, response.StatusCode)
	return slot.ID
}
