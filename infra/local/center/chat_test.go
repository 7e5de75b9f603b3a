package center_test

import (
	"bytes"
	"io"
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/infra/local/center"
	"guichet/infra/local/simulator/messaging"
	"guichet/shared/deskapi"

	domain "guichet/shared/center"
)

const picture = "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"

// write is a customer who writes in a thread, and whether the centre took it.
func write(t *testing.T, c *center.Center, thread messaging.Thread, m messaging.Message) messaging.Message {
	t.Helper()
	m.At = time.Now().UTC().Truncate(time.Millisecond)
	sent, err := c.Messages().Do(t.Context(), thread.ID, messaging.Act{Kind: messaging.ActWrite, Message: m})
	require.NoError(t, err)
	require.Equal(t, messaging.Delivered, sent.State)
	return sent
}

// shows waits until the customer sees what is wanted.
func shows(t *testing.T, c *center.Center, thread messaging.Thread, wanted func(messaging.Message) bool) messaging.Message {
	t.Helper()
	changes, stop := c.Messages().Follow()
	defer stop()
	timeout := time.After(20 * time.Second)
	for {
		now, err := c.Messages().Thread(thread.ID)
		require.NoError(t, err)
		for _, m := range now.Messages {
			if wanted(m) {
				return m
			}
		}
		select {
		case <-changes:
		case <-timeout:
			require.FailNow(t, "the customer did not see it", "%+v", now)
		}
	}
}

// chatOf is the open chat with a customer, taken over by the desk's agent.
func (d *desk) chatOf(customer string) deskapi.Chat {
	d.t.Helper()
	var open struct{ Chats []deskapi.Chat }
	require.Equal(d.t, http.StatusOK, d.call(http.MethodGet, "/api/chats", nil, &open))
	for _, chat := range open.Chats {
		if chat.Customer.ID == customer {
			require.Equal(d.t, http.StatusOK, d.call(http.MethodPost, "/api/chats/"+chat.ID+"/assign", map[string]string{"agentId": "camille"}, &chat))
			return chat
		}
	}
	require.FailNow(d.t, "no chat with the customer", customer)
	return deskapi.Chat{}
}

func newMessageID() string { return domain.NewID(domain.PrefixMessage, time.Now()) }

func (d *desk) reply(chat deskapi.Chat, text string, files ...string) deskapi.Message {
	d.t.Helper()
	var m deskapi.Message
	body := map[string]any{"id": newMessageID(), "kind": "text", "text": text, "files": files}
	require.Less(d.t, d.call(http.MethodPost, "/api/chats/"+chat.ID+"/messages", body, &m), 300)
	return m
}

func (d *desk) messages(chat deskapi.Chat) []deskapi.Message {
	d.t.Helper()
	var page struct{ Messages []deskapi.Message }
	require.Equal(d.t, http.StatusOK, d.call(http.MethodGet, "/api/chats/"+chat.ID+"/messages", nil, &page))
	return page.Messages
}

// until waits for a message of the chat to be as wanted.
func (d *desk) until(chat deskapi.Chat, wanted func(deskapi.Message) bool) deskapi.Message {
	d.t.Helper()
	var found deskapi.Message
	require.Eventually(d.t, func() bool {
		for _, m := range d.messages(chat) {
			if wanted(m) {
				found = m
				return true
			}
		}
		return false
	}, 30*time.Second, 50*time.Millisecond)
	return found
}

func TestChatsOnEveryProvider(t *testing.T) {
	t.Parallel()
	c := start(t, time.Minute)
	camille := signIn(t, c, "camille")
	for _, tc := range []struct{ channel, inbox, customer, ends string }{
		{"sms", "+33199001000", "+33639980042", "delivered"},
		{"messenger", "1000000000001", "2000000000000042", "delivered"},
		{"instagram", "17840000000000001", "2000000000000043", "read"},
	} {
		t.Run(tc.channel, func(t *testing.T) {
			camille := &desk{t: t, Desk: camille.Desk}
			thread := c.Messages().OpenThread(tc.channel, tc.inbox, tc.customer, "Ada Byron")
			file, err := c.Messages().Files.Add("lavande.png", "image/png", []byte(picture))
			require.NoError(t, err)
			asked := write(t, c, thread, messaging.Message{Text: "Où est mon bouquet ? 🌸", Files: []messaging.File{file}})

			chat := camille.chatOf(tc.customer)
			assert.Equal(t, tc.channel, chat.Channel)
			in := camille.until(chat, func(m deskapi.Message) bool { return len(m.Attachments) > 0 && m.Attachments[0].State != "fetching" })
			require.Equal(t, "stored", in.Attachments[0].State, in.Attachments[0].Reason)
			var link struct{ URL string }
			require.Equal(t, http.StatusOK, camille.call(http.MethodGet, "/api/chats/"+chat.ID+"/files/"+in.Attachments[0].ID, nil, &link))
			assert.Equal(t, picture, get(t, link.URL))

			sent := camille.reply(chat, "Il arrive !", upload(t, camille))
			shows(t, c, thread, func(m messaging.Message) bool { return m.From == messaging.FromBusiness && m.Text == "Il arrive !" })
			// On Meta's channels the file is a message of its own, the last one.
			shown := shows(t, c, thread, func(m messaging.Message) bool { return m.From == messaging.FromBusiness && len(m.Files) == 1 })
			if tc.channel != "sms" {
				_, err = c.Messages().Do(t.Context(), thread.ID, messaging.Act{Kind: messaging.ActReact, Message: shown, Emoji: "❤️"})
				require.NoError(t, err)
				camille.until(chat, func(m deskapi.Message) bool { return m.Reactions["customer"] == "❤️" })
			}
			if tc.ends == "read" {
				_, err = c.Messages().Do(t.Context(), thread.ID, messaging.Act{Kind: messaging.ActRead})
				require.NoError(t, err)
			} else {
				camille.until(chat, func(m deskapi.Message) bool {
					return m.ID == sent.ID && m.Delivery == "delivered" || tc.channel != "sms"
				})
			}

			count := len(camille.messages(chat))
			_, err = c.Messages().Repeat(t.Context(), thread.ID, asked.ID)
			require.NoError(t, err)
			assert.Len(t, camille.messages(chat), count, "a webhook that comes again changes nothing")
		})
	}
}

// upload puts a file where the desk is told to, as a browser does.
func upload(t *testing.T, d *desk) string {
	t.Helper()
	var slot struct {
		ID, URL string
		Headers map[string]string
	}
	require.Less(t, d.call(http.MethodPost, "/api/files", map[string]any{"name": "plan.png", "type": "image/png", "bytes": len(picture)}, &slot), 300)
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPut, slot.URL, bytes.NewReader([]byte(picture)))
	require.NoError(t, err)
	for name, value := range slot.Headers {
		request.Header.Set(name, value)
	}
	response, err := http.DefaultClient.Do(request)
	require.NoError(t, err)
	require.NoError(t, response.Body.Close())
	require.Equal(t, http.StatusOK, response.StatusCode)
	return slot.ID
}

func get(t *testing.T, url string) string {
	t.Helper()
	response, err := http.Get(url) //nolint:noctx // a browser's
	require.NoError(t, err)
	defer func() { _ = response.Body.Close() }()
	require.Equal(t, http.StatusOK, response.StatusCode)
	body, err := io.ReadAll(response.Body)
	require.NoError(t, err)
	return string(body)
}

func TestUnsignedWebhooksAreRefused(t *testing.T) {
	t.Parallel()
	c := start(t, time.Minute)
	for _, path := range []string{"/channels/sms/incoming", "/channels/sms/status", "/channels/messenger/webhook", "/channels/instagram/webhook"} {
		response, err := http.Post(c.URL()+path, "application/json", bytes.NewReader([]byte(`{}`))) //nolint:noctx // anybody's
		require.NoError(t, err)
		require.NoError(t, response.Body.Close())
		assert.Equal(t, http.StatusForbidden, response.StatusCode, path)
	}
}
