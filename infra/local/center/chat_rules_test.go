package center_test

import (
	"bytes"
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/infra/local/simulator/messaging"
	"guichet/shared/deskapi"
)

func ours(id string, delivery, failure string) func(deskapi.Message) bool {
	return func(m deskapi.Message) bool { return m.ID == id && m.Delivery == delivery && m.Failure == failure }
}

func TestMetasWindow(t *testing.T) {
	t.Parallel()
	c := start(t, time.Minute)
	camille := signIn(t, c, "camille")
	for _, tc := range []struct {
		customer string
		age      time.Duration
		open     bool
	}{
		{"2000000000000051", 25 * time.Hour, true}, // with the human-agent tag
		{"2000000000000052", 8 * 24 * time.Hour, false},
	} {
		thread := c.Messages().OpenThread("messenger", "1000000000001", tc.customer, "")
		old := messaging.Message{Text: "Il y a longtemps", At: time.Now().Add(-tc.age).UTC().Truncate(time.Millisecond)}
		_, err := c.Messages().Do(t.Context(), thread.ID, messaging.Act{Kind: messaging.ActWrite, Message: old})
		require.NoError(t, err)
		chat := camille.chatOf(tc.customer)
		require.NotNil(t, chat.Window)
		if tc.open {
			camille.reply(chat, "Pardon du retard")
			shows(t, c, thread, func(m messaging.Message) bool { return m.Text == "Pardon du retard" })
			continue
		}
		answer := map[string]any{"id": newMessageID(), "kind": "text", "text": "Trop tard"}
		assert.Equal(t, http.StatusConflict, camille.call(http.MethodPost, "/api/chats/"+chat.ID+"/messages", answer, nil))
	}
}

func TestStopIsHonoured(t *testing.T) {
	t.Parallel()
	c := start(t, time.Minute)
	camille := signIn(t, c, "camille")
	thread := c.Messages().OpenThread("sms", "+33199001000", "+33639980061", "")
	write(t, c, thread, messaging.Message{Text: "STOP"})
	chat := camille.chatOf("+33639980061")
	assert.True(t, chat.OptedOut)
	answer := map[string]any{"id": newMessageID(), "kind": "text", "text": "Non ?"}
	assert.Equal(t, http.StatusConflict, camille.call(http.MethodPost, "/api/chats/"+chat.ID+"/messages", answer, nil))
	write(t, c, thread, messaging.Message{Text: "START"})
	sent := camille.reply(chat, "Merci")
	camille.until(chat, ours(sent.ID, "delivered", ""))
}

func TestProvidersFail(t *testing.T) {
	t.Parallel()
	c := start(t, time.Minute)
	camille := signIn(t, c, "camille")
	thread := c.Messages().OpenThread("sms", "+33199001000", "+33639980071", "")
	write(t, c, thread, messaging.Message{Text: "Bonjour"})
	chat := camille.chatOf("+33639980071")

	require.NoError(t, c.Messages().FailNext("sms", "unavailable", 1))
	again := camille.reply(chat, "Une seconde")
	assert.Equal(t, "retrying", again.Delivery)
	require.NoError(t, c.Messages().FailNext("sms", "", 0))
	camille.until(chat, ours(again.ID, "delivered", ""))

	require.NoError(t, c.Messages().FailNext("sms", "filtered", 1))
	filtered := camille.reply(chat, "Gagnez un million")
	camille.until(chat, ours(filtered.ID, "failed", "refused"))

	require.NoError(t, c.Messages().FailNext("sms", messaging.FaultLost, 1))
	lost := camille.reply(chat, "Bien reçu")
	shows(t, c, thread, func(m messaging.Message) bool { return m.Text == "Bien reçu" })
	camille.until(chat, func(m deskapi.Message) bool {
		return m.ID == lost.ID && (m.Delivery == "delivered" || m.Failure == "unconfirmed")
	})
	now, err := c.Messages().Thread(thread.ID)
	require.NoError(t, err)
	times := 0
	for _, m := range now.Messages {
		if m.Text == "Bien reçu" {
			times++
		}
	}
	assert.Equal(t, 1, times, "what may have arrived is not sent again by itself")
}

func TestForbiddenAttachmentsAreRefused(t *testing.T) {
	t.Parallel()
	c := start(t, time.Minute)
	camille := signIn(t, c, "camille")
	thread := c.Messages().OpenThread("messenger", "1000000000001", "2000000000000081", "")
	for reason, content := range map[string][]byte{
		"type": []byte("<!doctype html><script>alert(1)</script>"),
		"size": append([]byte(picture), bytes.Repeat([]byte("x"), 10<<20)...),
	} {
		file, err := c.Messages().Files.Add("x.png", "image/png", content)
		require.NoError(t, err)
		write(t, c, thread, messaging.Message{Text: reason, Files: []messaging.File{file}})
	}
	chat := camille.chatOf("2000000000000081")
	for _, reason := range []string{"type", "size"} {
		camille.until(chat, func(m deskapi.Message) bool {
			return m.Text == reason && len(m.Attachments) == 1 && m.Attachments[0].State == "refused" && m.Attachments[0].Reason == reason
		})
	}
}
