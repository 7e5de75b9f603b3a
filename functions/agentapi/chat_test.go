package agentapi_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/functions/internal/functiontest"
	"guichet/shared/center"
	"guichet/shared/channel"
	"guichet/shared/deskapi"
)

// receive is a customer's message to an inbox; it returns the chat.
func (o *office) receive(t *testing.T, inbox, customer, text string) *center.Chat {
	t.Helper()
	require.NoError(t, o.Conversations.Receive(t.Context(), channel.Event{
		Channel: functiontest.ChannelName, Inbox: inbox, Customer: center.Customer{ID: customer, Name: "Jeanne"}, At: o.Now(),
		Message: &channel.Incoming{ProviderID: customer + text, Kind: center.KindText, Text: text},
	}))
	o.Pass(time.Second)
	return o.chat(t, center.ChatIDOf(functiontest.ChannelName, inbox, customer))
}

func (o *office) chat(t *testing.T, id string) *center.Chat {
	t.Helper()
	c, err := o.Store.Chat(t.Context(), id, true)
	require.NoError(t, err)
	return c
}

// held is a chat that an agent holds.
func (o *office) held(t *testing.T, agentID, customer string) *center.Chat {
	t.Helper()
	c := o.receive(t, functiontest.Inbox, customer, "Hello")
	return o.chat(t, decode[deskapi.Chat](t, o.as(t, agentID, "POST", "/api/chats/"+c.ID+"/assign", `{"agentId":"`+agentID+`"}`)).ID)
}

// draft is the body of a message of a kind.
func (o *office) draft(t *testing.T, kind, text string, files ...string) string {
	t.Helper()
	o.Pass(time.Second)
	body, err := json.Marshal(map[string]any{
		"id": center.NewID(center.PrefixMessage, o.Now()), "kind": kind, "text": text, "files": append([]string{}, files...),
	})
	require.NoError(t, err)
	return string(body)
}

type thread struct {
	Messages []deskapi.Message
	More     bool
}

func (o *office) thread(t *testing.T, person, chatID, query string) thread {
	t.Helper()
	return decode[thread](t, o.as(t, person, "GET", "/api/chats/"+chatID+"/messages"+query, ""))
}

func texts(messages []deskapi.Message) []string {
	list := []string{}
	for _, m := range messages {
		if m.Kind != "event" {
			list = append(list, m.Text)
		}
	}
	return list
}

func (o *office) open(t *testing.T, person string) []string {
	t.Helper()
	ids := []string{}
	for _, c := range decode[struct{ Chats []deskapi.Chat }](t, o.as(t, person, "GET", "/api/chats", "")).Chats {
		ids = append(ids, c.ID)
	}
	return ids
}

func TestS17OpenChatsAreThoseThatOneSees(t *testing.T) {
	t.Parallel()
	o := openChats(t)
	waiting := o.receive(t, functiontest.PickedInbox, "customer 1", "Hello")
	anas, bens := o.held(t, functiontest.Ana, "customer 2"), o.held(t, functiontest.Ben, "customer 3")
	assert.ElementsMatch(t, []string{waiting.ID, anas.ID}, o.open(t, functiontest.Ana))
	assert.ElementsMatch(t, []string{waiting.ID, bens.ID}, o.open(t, functiontest.Ben))
	assert.ElementsMatch(t, []string{waiting.ID, anas.ID, bens.ID}, o.open(t, functiontest.Sue))
	assert.Empty(t, o.open(t, zoe))
}

func TestS17ReadAndReply(t *testing.T) {
	t.Parallel()
	o := openChats(t)
	c := o.receive(t, functiontest.Inbox, "customer", "Where is my order?")
	path := "/api/chats/" + c.ID
	unread := decode[deskapi.Chat](t, o.as(t, functiontest.Ana, "GET", path, ""))
	assert.Equal(t, 1, unread.Unread)
	assert.Equal(t, "unassigned", unread.State)
	assert.Equal(t, []string{}, unread.Tags)

	mine := decode[deskapi.Chat](t, o.as(t, functiontest.Ana, "POST", path+"/assign", `{"agentId":"ana"}`))
	assert.Equal(t, "assigned", mine.State)
	assert.Equal(t, functiontest.Ana, mine.AgentID)
	first := o.thread(t, functiontest.Ana, c.ID, "").Messages[0]
	read := decode[deskapi.Chat](t, o.as(t, functiontest.Ana, "POST", path+"/read", `{"key":"`+first.Key+`"}`))
	assert.Zero(t, read.Unread)

	body := o.draft(t, "text", "On its way")
	sent := decode[deskapi.Message](t, o.as(t, functiontest.Ana, "POST", path+"/messages", body))
	assert.Equal(t, "sent", sent.Delivery)
	assert.Equal(t, functiontest.Ana, sent.AgentID)
	again := decode[deskapi.Message](t, o.as(t, functiontest.Ana, "POST", path+"/messages", body))
	assert.Equal(t, sent, again, "sending twice is sending once")
	assert.Equal(t, []string{"On its way"}, o.Channel.Sent())
	assert.Equal(t, []string{"Where is my order?", "On its way"}, texts(o.thread(t, functiontest.Ana, c.ID, "").Messages))
	assert.True(t, o.chat(t, c.ID).WaitingSince.IsZero())
}

func TestAThreadInPages(t *testing.T) {
	t.Parallel()
	o := openChats(t)
	var c *center.Chat
	for i := range 5 {
		c = o.receive(t, functiontest.Inbox, "customer", fmt.Sprint(i))
	}
	newest := o.thread(t, functiontest.Ana, c.ID, "?limit=2")
	assert.Equal(t, []string{"3", "4"}, texts(newest.Messages))
	assert.True(t, newest.More)
	older := o.thread(t, functiontest.Ana, c.ID, "?limit=3&before="+queryEscape(newest.Messages[0].Key))
	assert.Equal(t, []string{"0", "1", "2"}, texts(older.Messages))
	assert.False(t, older.More)
	newer := o.thread(t, functiontest.Ana, c.ID, "?limit=3&after="+queryEscape(older.Messages[0].Key))
	assert.Equal(t, []string{"1", "2", "3"}, texts(newer.Messages))
	assert.True(t, newer.More)
	assert.Len(t, o.thread(t, functiontest.Ana, c.ID, "").Messages, 5)
}

// TestWhoWritesToWhom: notes are anybody's who sees the chat, messages its holder's and supervisors'.
func TestWhoWritesToWhom(t *testing.T) {
	t.Parallel()
	o := openChats(t)
	c := o.held(t, functiontest.Ana, "customer")
	path := "/api/chats/" + c.ID + "/messages"
	refused := o.as(t, functiontest.Ben, "POST", path, o.draft(t, "text", "Hello"))
	assert.Equal(t, http.StatusConflict, refused.Status)
	assert.Equal(t, "/problems/chat-not-yours", refused.problem(t).Type)

	note := decode[deskapi.Message](t, o.as(t, functiontest.Ben, "POST", path, o.draft(t, "note", "A regular")))
	assert.Equal(t, "note", note.Kind)
	assert.Empty(t, note.Delivery)
	assert.Equal(t, http.StatusOK, o.as(t, functiontest.Sue, "POST", path, o.draft(t, "text", "Let me help")).Status)
	assert.Equal(t, []string{"Let me help"}, o.Channel.Sent())
}

func TestATextIsPlain(t *testing.T) {
	t.Parallel()
	o := openChats(t)
	path := "/api/chats/" + o.held(t, functiontest.Ana, "customer").ID + "/messages"
	for given, want := range map[string]string{
		" \x00Bonjour\r\n\tAda \x1b[31m ": "Bonjour\n\tAda [31m", "<b>1 < 2</b>": "<b>1 < 2</b>", "👩‍👩‍👧 été": "👩‍👩‍👧 été",
	} {
		m := decode[deskapi.Message](t, o.as(t, functiontest.Ana, "POST", path, o.draft(t, "text", given)))
		assert.Equal(t, want, m.Text)
	}
}

func TestAMessagesTimeIsTheServers(t *testing.T) {
	t.Parallel()
	o := openChats(t)
	path := "/api/chats/" + o.held(t, functiontest.Ana, "customer").ID + "/messages"
	for off, status := range map[time.Duration]int{
		-25 * time.Hour: http.StatusUnprocessableEntity, -23 * time.Hour: http.StatusOK, 0: http.StatusOK,
		50 * time.Second: http.StatusOK, 70 * time.Second: http.StatusUnprocessableEntity,
	} {
		id := center.NewID(center.PrefixMessage, o.Now().Add(off))
		got := o.as(t, functiontest.Ana, "POST", path, `{"id":"`+id+`","kind":"note","text":"x"}`)
		assert.Equal(t, status, got.Status, "%s: %s", off, got.Body)
		if status != http.StatusOK {
			assert.Equal(t, "body.id", got.problem(t).Errors[0].Location)
		}
	}
}

func TestAFailedMessageIsTriedAgain(t *testing.T) {
	t.Parallel()
	o := openChats(t)
	path := "/api/chats/" + o.held(t, functiontest.Ana, "customer").ID
	o.Channel.SetFail(channel.ErrRefused)
	failed := decode[deskapi.Message](t, o.as(t, functiontest.Ana, "POST", path+"/messages", o.draft(t, "text", "Hello")))
	assert.Equal(t, "failed", failed.Delivery)
	assert.Equal(t, "refused", failed.Failure)
	o.Channel.SetFail(nil)
	sent := decode[deskapi.Message](t, o.as(t, functiontest.Ana, "POST", path+"/retry", `{"key":"`+failed.Key+`"}`))
	assert.Equal(t, "sent", sent.Delivery)
	assert.Equal(t, []string{"Hello"}, o.Channel.Sent())
}

func TestAChatGoesToColleaguesAndQueues(t *testing.T) {
	t.Parallel()
	o := openChats(t)
	path := "/api/chats/" + o.held(t, functiontest.Ana, "customer").ID
	bens := decode[deskapi.Chat](t, o.as(t, functiontest.Ana, "POST", path+"/assign", `{"agentId":"ben"}`))
	assert.Equal(t, functiontest.Ben, bens.AgentID)
	assert.Len(t, o.Agent(t, functiontest.Ben).Chats, 1)
	assert.Empty(t, o.Agent(t, functiontest.Ana).Chats)
	line := decode[deskapi.Chat](t, o.as(t, functiontest.Ben, "POST", path+"/assign", `{"queueId":"`+functiontest.PickedID+`"}`))
	assert.Equal(t, "unassigned", line.State)
	assert.Equal(t, functiontest.PickedID, line.QueueID)

	nobody := o.as(t, functiontest.Ana, "POST", path+"/assign", `{"agentId":"nobody"}`)
	assert.Equal(t, "/problems/agent-unknown", nobody.problem(t).Type)
	calls := o.as(t, functiontest.Ana, "POST", path+"/assign", `{"queueId":"`+functiontest.QueueID+`"}`)
	assert.Equal(t, http.StatusUnprocessableEntity, calls.Status, "a queue of calls takes no chats")
}

func TestResolvedChats(t *testing.T) {
	t.Parallel()
	o := openChats(t)
	first, second := o.held(t, functiontest.Ana, "customer 1"), o.held(t, functiontest.Ana, "customer 2")
	for _, c := range []*center.Chat{first, second} {
		o.Pass(time.Second)
		done := decode[deskapi.Chat](t, o.as(t, functiontest.Ana, "POST", "/api/chats/"+c.ID+"/resolve", ""))
		assert.Equal(t, "resolved", done.State)
	}
	require.Equal(t, http.StatusOK, o.as(t, functiontest.Ana, "PUT", "/api/chats/"+first.ID+"/tags", `{"tags":["refund"]}`).Status)
	list := func(person, query string) []string {
		ids := []string{}
		for _, c := range decode[struct{ Chats []deskapi.Chat }](t, o.as(t, person, "GET", "/api/chats/resolved"+query, "")).Chats {
			ids = append(ids, c.ID)
		}
		return ids
	}
	assert.Equal(t, []string{second.ID, first.ID}, list(functiontest.Ben, ""), "latest first")
	assert.Empty(t, list(zoe, ""))
	for query, want := range map[string][]string{
		"?tag=refund": {first.ID}, "?channel=sms": {}, "?channel=carrier&search=CUSTOMER%202": {second.ID},
		"?queueId=" + functiontest.PickedID: {}, "?queueId=" + functiontest.AutomaticID + "&search=jeanne": {second.ID, first.ID},
	} {
		assert.Equal(t, want, list(functiontest.Ana, query), query)
	}
	reopened := decode[deskapi.Chat](t, o.as(t, functiontest.Ben, "POST", "/api/chats/"+first.ID+"/reopen", ""))
	assert.Equal(t, "assigned", reopened.State)
	assert.Equal(t, functiontest.Ben, reopened.AgentID)
	assert.Equal(t, []string{second.ID}, list(functiontest.Ana, ""))
}

func TestS24Tags(t *testing.T) {
	t.Parallel()
	o := openChats(t)
	c := o.receive(t, functiontest.Inbox, "customer", "Hello")
	tagged := decode[deskapi.Chat](t, o.as(t, functiontest.Ana, "PUT", "/api/chats/"+c.ID+"/tags", `{"tags":[" refund ","VIP","refund"," "]}`))
	assert.Equal(t, []string{"VIP", "refund"}, tagged.Tags)
	require.Equal(t, http.StatusOK, o.as(t, functiontest.Ana, "PUT", "/api/chats/"+c.ID+"/tags", `{"tags":[]}`).Status)
	assert.Empty(t, o.chat(t, c.ID).Tags)
	known := decode[struct{ Tags []string }](t, o.as(t, functiontest.Ben, "GET", "/api/tags", ""))
	assert.Equal(t, []string{"VIP", "refund"}, known.Tags)
}

func TestS22AChatBecomesACall(t *testing.T) {
	t.Parallel()
	o := openChats(t)
	c := o.held(t, functiontest.Ana, "+33612345678")
	path := "/api/chats/" + c.ID + "/call"
	assert.Equal(t, "/problems/agent-without-audio", o.as(t, functiontest.Ana, "POST", path, "").problem(t).Type)
	assert.Equal(t, "/problems/chat-not-yours", o.as(t, functiontest.Ben, "POST", path, "").problem(t).Type)
	require.NoError(t, o.AudioUp(t.Context(), functiontest.Ana, "session"))
	o.Pass(time.Second)
	call := decode[deskapi.Contact](t, o.as(t, functiontest.Ana, "POST", path, ""))
	assert.Equal(t, "outbound", call.Kind)
	assert.Equal(t, "connecting", call.State)
	assert.Equal(t, c.ID, call.ChatID)
	assert.Equal(t, []string{"+33612345678"}, o.Phone.Dialled())
	assert.Equal(t, call.ID, o.chat(t, c.ID).CallID)
	events := o.thread(t, functiontest.Ana, c.ID, "").Messages
	assert.Equal(t, "call", events[len(events)-1].Event.Kind)

	nameless := o.held(t, functiontest.Ana, "visitor")
	refused := o.as(t, functiontest.Ana, "POST", "/api/chats/"+nameless.ID+"/call", "")
	assert.Equal(t, "/problems/no-number", refused.problem(t).Type)
}
