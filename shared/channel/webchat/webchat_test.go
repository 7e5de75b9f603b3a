package webchat_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/shared/center"
	"guichet/shared/channel"
	"guichet/shared/conversation"
	"guichet/shared/mediaapi"
	"guichet/shared/store"
)

// TestS19WebchatBothWays: a visitor writes, an agent answers, and both see what is theirs to see.
func TestS19WebchatBothWays(t *testing.T) {
	t.Parallel()
	s := open(t)
	v := s.visitor(t, "192.0.2.1")
	assert.Empty(t, v.read(t, "").Thread, "a visitor who says nothing leaves nothing")

	id := s.newID()
	first := posted{ID: id, Text: "Is it <b>open</b>?", Name: "Jeanne", Email: "jeanne@example.org", Language: "fr"}
	v.do(t, http.StatusOK, "POST", "messages", first, nil)
	chat := s.chat(t)
	assert.Equal(t, center.Customer{ID: chat.Customer.ID, Name: "Jeanne", Email: "jeanne@example.org", Language: "fr"}, chat.Customer)
	assert.Equal(t, queueID, chat.QueueID)
	thread := v.read(t, "")
	assert.False(t, thread.Thread.Held)
	require.Equal(t, []string{"visitor: Is it <b>open</b>?"}, texts(thread.Messages))
	assert.Equal(t, id, thread.Messages[0].ID, "the visitor's own name for it")

	s.pass(time.Second)
	_, err := s.Assign(t.Context(), s.agent(t), chat.ID, ana)
	require.NoError(t, err)
	for _, d := range []conversation.Draft{
		{ID: s.newID(), Kind: center.KindNote, Text: "a difficult one"},
		{ID: s.newID(), Kind: center.KindText, Text: "Yes, until six."},
	} {
		_, err := s.Send(t.Context(), s.agent(t), chat.ID, d)
		require.NoError(t, err)
	}
	_, err = s.MarkRead(t.Context(), s.agent(t), chat.ID, thread.Messages[0].Key)
	require.NoError(t, err)

	thread = v.read(t, "")
	assert.Equal(t, []string{"visitor: Is it <b>open</b>?", "agent: Yes, until six."}, texts(thread.Messages), "no note, no event")
	assert.Equal(t, "Ana", thread.Messages[1].Agent, "no more than the first name")
	assert.True(t, thread.Thread.Held)
	assert.Equal(t, "Ana", thread.Thread.Agent)
	assert.Equal(t, thread.Messages[0].Key, thread.Thread.ReadTo)

	v.do(t, http.StatusNoContent, "POST", "read", map[string]string{"seen": thread.Messages[1].Key}, nil)
	c, err := s.Store.Chat(t.Context(), chat.ID, true)
	require.NoError(t, err)
	assert.Equal(t, thread.Messages[1].At, c.SeenTo)
}

// TestCostOfAMessage holds a message to the bar: 4 write units and 2 read units, the limits included.
func TestCostOfAMessage(t *testing.T) {
	t.Parallel()
	s := open(t)
	v := s.visitor(t, "192.0.2.1")
	v.write(t, "Hello")
	s.pass(time.Second)
	v.meter = &store.Meter{}
	v.write(t, "Is anybody there?")
	usage := v.meter.Usage()
	t.Logf("one message: %+v", usage)
	assert.LessOrEqual(t, usage.WriteUnits, 4.0)
	assert.LessOrEqual(t, usage.ReadUnits, 2.0)
}

func TestAMessagePostedTwiceIsOne(t *testing.T) {
	t.Parallel()
	s := open(t)
	v := s.visitor(t, "192.0.2.1")
	before := s.newID() // written long before it could be sent
	s.pass(time.Hour)
	early := s.newID()
	for _, m := range []posted{{ID: early, Text: "one"}, {ID: early, Text: "one"}, {ID: before, Text: "two"}, {ID: before, Text: "two"}} {
		v.do(t, http.StatusOK, "POST", "messages", m, nil)
	}
	s.pass(10 * time.Minute) // its answer was lost, and the visitor's network with it
	v.do(t, http.StatusOK, "POST", "messages", posted{ID: early, Text: "one"}, nil)
	v.do(t, http.StatusOK, "POST", "messages", posted{ID: before, Text: "two"}, nil)
	thread := v.read(t, "")
	assert.ElementsMatch(t, []string{"visitor: one", "visitor: two"}, texts(thread.Messages))
	assert.Equal(t, 2, s.chat(t).Unread, "what comes late is not taken for read")
	s.pass(-time.Minute)
	v.refused(t, http.StatusConflict, "clock-ahead", "POST", "messages", posted{ID: center.NewID(center.PrefixMessage, s.time().Add(time.Minute)), Text: "three"})
}

func TestThreadComesInPages(t *testing.T) {
	t.Parallel()
	s := open(t)
	v := s.visitor(t, "192.0.2.1")
	v.write(t, "0")
	chat := s.chat(t)
	s.pass(time.Millisecond)
	for i := range 120 {
		m := &center.Message{
			ID: s.newID(), ChatID: chat.ID, Kind: center.KindText, From: center.FromAgent, AgentID: ana, At: s.time(), Text: fmt.Sprint(i + 1),
		}
		if i >= 55 && i < 115 {
			m.Kind = center.KindNote // more than a page of what visitors don't see
		}
		require.NoError(t, s.Store.AddMessage(t.Context(), m))
		s.pass(time.Millisecond)
	}
	var all []string
	page := v.read(t, "")
	for {
		all = append(texts(page.Messages), all...)
		if !page.More {
			break
		}
		page = v.read(t, "?before="+escape(page.Messages[0].Key))
	}
	require.Len(t, all, 61)
	assert.Equal(t, "visitor: 0", all[0])
	assert.Equal(t, "agent: 120", all[60])

	var onwards []string
	page = v.read(t, "?after=2026-01-01T00:00:00.000Z")
	for {
		onwards = append(onwards, texts(page.Messages)...)
		if !page.More {
			break
		}
		page = v.read(t, "?after="+escape(page.Messages[len(page.Messages)-1].Key))
	}
	assert.Equal(t, all, onwards)
}

func escape(key string) string { return strings.ReplaceAll(key, "#", "%23") }

func TestNewsForVisitors(t *testing.T) {
	t.Parallel()
	s := open(t)
	v := s.visitor(t, "192.0.2.1")
	v.write(t, "Hello")
	chat := s.chat(t)
	encoded, err := json.Marshal(s.channel.Patch(chat, []*center.Message{
		{ID: "ms_1", Kind: center.KindText, From: center.FromAgent, AgentID: ana, Text: "Hi", At: s.time(), Version: 2},
		{ID: "ms_2", Kind: center.KindNote, From: center.FromAgent, AgentID: ana, Text: "secret"},
		{ID: "ms_3", Kind: center.KindEvent, From: center.FromSystem, Event: &center.Event{Kind: center.EventAssigned, By: ana}},
		{ID: "ms_4", Kind: center.KindText, From: center.FromAgent, AgentID: ana, Text: "unsent", Delivery: center.DeliveryFailed},
		{ID: "ms_5", Kind: center.KindText, From: center.FromAgent, AgentID: "unknown", Text: "Bye", At: s.time()},
	}))
	require.NoError(t, err)
	assert.JSONEq(t, fmt.Sprintf(`{"type":"messages","thread":{"open":true,"held":false,"version":%d},"messages":[
		{"id":"ms_1","key":"2026-11-22T09:00:00.000Z#ms_1","from":"agent","agent":"Ana","at":"2026-11-22T09:00:00Z","text":"Hi","version":2},
		{"id":"ms_5","key":"2026-11-22T09:00:00.000Z#ms_5","from":"agent","at":"2026-11-22T09:00:00Z","text":"Bye","version":0}
	]}`, chat.Version), string(encoded))

	_, err = s.channel.Send(t.Context(), channel.Outgoing{Chat: chat, Message: &center.Message{Text: strings.Repeat("é", 5001)}})
	require.ErrorIs(t, err, channel.ErrContent)
}

func TestProfileIsOptionalAndMayChange(t *testing.T) {
	t.Parallel()
	s := open(t)
	v := s.visitor(t, "192.0.2.1")
	v.do(t, http.StatusNoContent, "POST", "profile", posted{Name: "Jeanne"}, nil)
	v.write(t, "Hello")
	assert.Empty(t, s.chat(t).Customer.Name)
	v.do(t, http.StatusNoContent, "POST", "profile", posted{Name: "Jeanne M", Email: "j@example.org", Language: "en"}, nil)
	assert.Equal(t, "Jeanne M", s.chat(t).Customer.Name)
	version := s.chat(t).Version
	v.do(t, http.StatusNoContent, "POST", "profile", posted{Name: "Jeanne M", Email: "j@example.org"}, nil)
	assert.Equal(t, version, s.chat(t).Version, "nothing new, nothing written")
	for slug, p := range map[string]posted{
		"email-invalid":    {Email: "jeanne"},
		"name-too-long":    {Name: strings.Repeat("a", 101)},
		"language-unknown": {Language: "xx"},
	} {
		v.refused(t, http.StatusUnprocessableEntity, slug, "POST", "profile", p)
	}
}

func TestFilesBothWays(t *testing.T) {
	t.Parallel()
	s := open(t)
	v, other := s.visitor(t, "192.0.2.1"), s.visitor(t, "192.0.2.2")
	announce := func(name, mediaType, content string) string {
		var upload struct{ ID, URL string }
		v.do(t, http.StatusOK, "POST", "files", map[string]any{"name": name, "type": mediaType, "bytes": max(len(content), 1)}, &upload)
		require.True(t, strings.HasPrefix(upload.URL, "https://files.example/"))
		if content != "" {
			s.files.put("files/"+upload.ID, content)
		}
		return upload.ID
	}
	picture, page, absent := announce("a.png", "image/png", "\x89PNG\r\n\x1a\n"), announce("b.png", "image/png", "<html>"), announce("c.png", "image/png", "")
	other.refused(t, http.StatusNotFound, "file-unknown", "POST", "messages", posted{ID: s.newID(), Files: []string{picture}})
	v.refused(t, http.StatusNotFound, "file-missing", "POST", "messages", posted{ID: s.newID(), Files: []string{absent}})
	v.do(t, http.StatusOK, "POST", "messages", posted{ID: s.newID(), Files: []string{picture, page}}, nil)
	m := v.read(t, "").Messages[0]
	require.Len(t, m.Files, 2)
	assert.Equal(t, "stored", m.Files[0].State)
	assert.Equal(t, "refused", m.Files[1].State, "what it is counts, not what it is called")

	var link struct{ URL string }
	v.do(t, http.StatusOK, "GET", "files/"+picture+"?message="+escape(m.Key), nil, &link)
	assert.Equal(t, "https://files.example/files/"+picture+"?signed", link.URL)
	v.refused(t, http.StatusNotFound, "file-unknown", "GET", "files/"+page+"?message="+escape(m.Key), nil)
	v.refused(t, http.StatusNotFound, "file-unknown", "GET", "files/"+picture, nil)
	other.refused(t, http.StatusNotFound, "message-unknown", "GET", "files/"+picture+"?message="+escape(m.Key), nil)

	v.refused(t, http.StatusUnprocessableEntity, "file-type", "POST", "files", map[string]any{"name": "x", "type": "text/html", "bytes": 10})
	v.refused(t, http.StatusUnprocessableEntity, "file-size", "POST", "files", map[string]any{"name": "x", "type": "image/png", "bytes": 1001})

	note := &center.Message{
		ID: s.newID(), ChatID: s.chat(t).ID, Kind: center.KindNote, From: center.FromAgent, At: s.time(),
		Attachments: []center.Attachment{{ID: "fl_note", Key: "files/fl_note", State: center.AttachmentStored}},
	}
	require.NoError(t, s.Store.AddMessage(t.Context(), note))
	v.refused(t, http.StatusNotFound, "file-unknown", "GET", "files/fl_note?message="+escape(note.Key()), nil)
}

func TestTicketsAreForOwnChat(t *testing.T) {
	t.Parallel()
	s := open(t)
	v := s.visitor(t, "192.0.2.1")
	v.refused(t, http.StatusNotFound, "chat-unknown", "POST", "tickets", nil)
	v.write(t, "Hello")
	var answer struct{ Ticket string }
	v.do(t, http.StatusOK, "POST", "tickets", nil, &answer)
	ticket, err := ticketKey.Verify(answer.Ticket, mediaapi.PurposeVisitor, s.time())
	require.NoError(t, err)
	assert.Equal(t, s.chat(t).ID, ticket.ChatID)
	assert.Equal(t, s.time().Add(time.Minute).Unix(), ticket.ExpiresUnix)
}

func TestTypingReachesTheConversation(t *testing.T) {
	t.Parallel()
	s := open(t)
	v := s.visitor(t, "192.0.2.1")
	v.write(t, "Hello")
	v.do(t, http.StatusNoContent, "POST", "typing", map[string]bool{"on": true}, nil)
	v.refused(t, http.StatusUnprocessableEntity, "body-invalid", "POST", "typing", "{")
}

func TestLimitsCount(t *testing.T) {
	t.Parallel()
	s := open(t)
	now := s.time()
	for i := range 4 {
		wait, err := s.Store.Use(t.Context(), "somebody", store.Limit{Count: 3, Window: time.Minute}, now.Add(20*time.Second))
		require.NoError(t, err)
		assert.Equal(t, i == 3, wait > 0)
		if i == 3 {
			assert.Equal(t, 40*time.Second, wait)
		}
	}
	wait, err := s.Store.Use(t.Context(), "somebody", store.Limit{Count: 3, Window: time.Minute}, now.Add(time.Minute))
	require.NoError(t, err)
	assert.Zero(t, wait)
}
