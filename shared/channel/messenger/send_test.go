package messenger_test

import (
	"context"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/shared/center"
	"guichet/shared/channel"
	"guichet/shared/channel/channeltest"
	"guichet/shared/channel/internal/meta/metatest"
	"guichet/shared/channel/messenger"
)

func speaking(graphURL string) channel.Channel { return messenger.New(metatest.Config(page, graphURL)) }

// chat is one whose customer wrote a while ago.
func chat(ago time.Duration) *center.Chat {
	return &center.Chat{ID: "ch_1", Channel: "messenger", Inbox: page, Customer: center.Customer{ID: psid}, LastInAt: metatest.Now.Add(-ago)}
}

func outgoing(ago time.Duration, text string, types ...string) channel.Outgoing {
	o := channel.Outgoing{Chat: chat(ago), Message: &center.Message{ID: "ms_1", Text: text}}
	for i, mediaType := range types {
		o.Attachments = append(o.Attachments, channel.OutgoingAttachment{
			Attachment: center.Attachment{Type: mediaType}, URL: "https://files.example/" + strconv.Itoa(i),
		})
	}
	return o
}

func response(message string) channeltest.Request {
	return metatest.Post(page, `{"recipient":{"id":"`+psid+`"},"messaging_type":"RESPONSE","message":`+message+`}`)
}

func file(class string, i int) string {
	return `{"attachment":{"type":"` + class + `","payload":{"url":"https://files.example/` + strconv.Itoa(i) + `"}},"metadata":"ms_1"}`
}

// part is content that more of the same message follows.
func part(content string) string { return strings.Replace(content, `"ms_1"`, `"ms_1/part"`, 1) }

const hello = `{"text":"Bonjour 👋","metadata":"ms_1"}`

func TestSend(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("é", 2000)
	reply := outgoing(0, "Bonjour 👋", "image/png")
	reply.ReplyToProviderID = "m_0"
	elsewhere := outgoing(0, "x")
	elsewhere.Chat.Inbox = "1000000000009"
	channeltest.Send(t, speaking, metatest.Headers, []channeltest.Outgoing{
		{Name: "text", Message: outgoing(0, "Bonjour 👋"), Answers: []channeltest.Answer{metatest.Sent("m_1")}, Want: []channeltest.Request{response(hello)}, ID: "m_1"},
		{Name: "as long as can be", Message: outgoing(0, long), Answers: []channeltest.Answer{metatest.Sent("m_1")}, ID: "m_1",
			Want: []channeltest.Request{response(`{"text":"` + long + `","metadata":"ms_1"}`)}},
		{Name: "a text and files, each its own request", Message: outgoing(0, "Bonjour 👋", "image/png", "application/pdf", "video/mp4", "audio/ogg"),
			Answers: []channeltest.Answer{metatest.Sent("m_1"), metatest.Sent("m_2"), metatest.Sent("m_3"), metatest.Sent("m_4"), metatest.Sent("m_5")},
			Want:    []channeltest.Request{response(part(hello)), response(part(file("image", 0))), response(part(file("file", 1))), response(part(file("video", 2))), response(file("audio", 3))},
			ID:      "m_5"},
		{Name: "a reply", Message: reply, Answers: []channeltest.Answer{metatest.Sent("m_1"), metatest.Sent("m_2")}, ID: "m_2", Want: []channeltest.Request{
			metatest.Post(page, `{"recipient":{"id":"`+psid+`"},"messaging_type":"RESPONSE","message":`+part(hello)+`,"reply_to":{"mid":"m_0"}}`),
			response(file("image", 0)),
		}},
		{Name: "just within a day", Message: outgoing(24*time.Hour-time.Millisecond, "Bonjour 👋"), Answers: []channeltest.Answer{metatest.Sent("m_1")},
			Want: []channeltest.Request{response(hello)}, ID: "m_1"},
		{Name: "after a day, as a human", Message: outgoing(24*time.Hour, "Bonjour 👋"), Answers: []channeltest.Answer{metatest.Sent("m_1")}, ID: "m_1",
			Want: []channeltest.Request{metatest.Post(page, `{"recipient":{"id":"`+psid+`"},"messaging_type":"MESSAGE_TAG","tag":"HUMAN_AGENT","message":`+hello+`}`)}},
		{Name: "after a week, nothing is asked", Message: outgoing(7*24*time.Hour, "Bonjour"), Err: channel.ErrWindowClosed},
		{Name: "too long, nothing is asked", Message: outgoing(0, long+"é"), Err: channel.ErrContent},
		{Name: "empty, nothing is asked", Message: outgoing(0, ""), Err: channel.ErrContent},
		{Name: "a page without a token", Message: elsewhere, Err: channel.ErrUnauthorized},
		{Name: "refused half-way is final", Message: outgoing(0, "Bonjour 👋", "image/png"), ID: "m_1",
			Answers: []channeltest.Answer{metatest.Sent("m_1"), refusal(613, 0)}, Want: []channeltest.Request{response(part(hello)), response(file("image", 0))},
			Err: &channel.SendError{Slug: "throttled"}},
	})
}

// refusal is Meta's error (https://developers.facebook.com/docs/messenger-platform/error-codes).
func refusal(code, subcode int) channeltest.Answer {
	return channeltest.Answer{Status: http.StatusBadRequest, Body: `{"error":{"message":"no","type":"OAuthException","code":` + strconv.Itoa(code) +
		`,"error_subcode":` + strconv.Itoa(subcode) + `,"fbtrace_id":"BLBz/WZt8dN"}}`}
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	var cases []channeltest.Outgoing
	add := func(name string, answers []channeltest.Answer, err *channel.SendError) {
		cases = append(cases, channeltest.Outgoing{
			Name: name, Message: outgoing(0, "Bonjour 👋"), Answers: answers, Want: []channeltest.Request{response(hello)}, Err: err,
		})
	}
	for _, tc := range []struct {
		code, subcode int
		err           *channel.SendError
	}{
		{10, 2018278, channel.ErrWindowClosed}, {10, 2018065, channel.ErrWindowClosed}, {10, 2534022, channel.ErrWindowClosed},
		{551, 1545041, channel.ErrNoRecipient}, {551, 0, channel.ErrNoRecipient}, {100, 2018001, channel.ErrNoRecipient}, {200, 2018108, channel.ErrNoRecipient},
		{613, 0, channel.ErrThrottled}, {4, 0, channel.ErrThrottled}, {32, 0, channel.ErrThrottled}, {80006, 0, channel.ErrThrottled},
		{190, 460, channel.ErrUnauthorized}, {10, 0, channel.ErrUnauthorized}, {200, 0, channel.ErrUnauthorized}, {230, 0, channel.ErrUnauthorized}, {299, 0, channel.ErrUnauthorized},
		{100, 2018109, channel.ErrContent}, {546, 0, channel.ErrContent},
		{1200, 0, channel.ErrUnreachable}, {2, 0, channel.ErrUnreachable}, {1, 99, channel.ErrUnreachable},
		{368, 0, channel.ErrRefused}, {2022, 0, channel.ErrRefused}, {10903, 0, channel.ErrRefused},
	} {
		add(strconv.Itoa(tc.code)+"/"+strconv.Itoa(tc.subcode), []channeltest.Answer{refusal(tc.code, tc.subcode)}, tc.err)
	}
	answer := func(status int, body string) []channeltest.Answer {
		return []channeltest.Answer{{Status: status, Body: body}}
	}
	add("transient", answer(http.StatusBadRequest, `{"error":{"code":7777,"is_transient":true}}`), channel.ErrUnreachable)
	add("an error of Meta's", answer(http.StatusServiceUnavailable, "<html>"), channel.ErrUnreachable)
	add("too many requests", answer(http.StatusTooManyRequests, ""), channel.ErrThrottled)
	add("not signed in", answer(http.StatusUnauthorized, ""), channel.ErrUnauthorized)
	add("not found", answer(http.StatusNotFound, ""), channel.ErrRefused)
	add("an answer that is none", answer(http.StatusOK, "thanks"), channel.ErrUnreachable)
	add("Meta hangs up", nil, channel.ErrUnreachable)
	channeltest.Send(t, speaking, metatest.Headers, cases)
}

func TestSignsOfLife(t *testing.T) {
	t.Parallel()
	ok := channeltest.Answer{Status: http.StatusOK, Body: `{"recipient_id":"1"}`}
	asked := channeltest.Ask(t, speaking, metatest.Headers, []channeltest.Answer{ok, ok, ok, refusal(190, 0)}, func(ctx context.Context, c channel.Channel) {
		typer, reader := c.(channel.Typer), c.(channel.ReadMarker)
		require.NoError(t, typer.Typing(ctx, chat(0), true))
		require.NoError(t, typer.Typing(ctx, chat(0), false))
		require.NoError(t, reader.MarkRead(ctx, chat(0)))
		require.ErrorIs(t, reader.MarkRead(ctx, chat(0)), channel.ErrUnauthorized)
	})
	action := func(name string) channeltest.Request {
		return metatest.Post(page, `{"recipient":{"id":"`+psid+`"},"sender_action":"`+name+`"}`)
	}
	assert.Equal(t, []channeltest.Request{action("typing_on"), action("typing_off"), action("mark_seen"), action("mark_seen")}, asked)
}

func TestProfile(t *testing.T) {
	t.Parallel()
	asked := channeltest.Ask(t, speaking, metatest.Headers, []channeltest.Answer{
		{Status: http.StatusOK, Body: `{"first_name":"Zoé","last_name":"Martin","id":"` + psid + `"}`}, {Status: http.StatusOK, Body: `{"first_name":"Zoé"}`}, refusal(100, 33),
	}, func(ctx context.Context, c channel.Channel) {
		p := c.(channel.Profiler)
		for _, name := range []string{"Zoé Martin", "Zoé"} {
			who, err := p.Profile(ctx, page, psid)
			require.NoError(t, err)
			assert.Equal(t, center.Customer{ID: psid, Name: name}, who)
		}
		_, err := p.Profile(ctx, page, psid)
		require.Error(t, err)
		_, err = p.Profile(ctx, "another page", psid)
		require.ErrorIs(t, err, channel.ErrUnauthorized)
	})
	want := metatest.Get(psid, "first_name,last_name")
	assert.Equal(t, []channeltest.Request{want, want, want}, asked)
}

func TestWindow(t *testing.T) {
	t.Parallel()
	standard, human := messenger.New(messenger.Config{}).Window(chat(0))
	assert.Equal(t, metatest.Now.Add(24*time.Hour), standard)
	assert.Equal(t, metatest.Now.Add(7*24*time.Hour), human)
}

func TestErrorsTellNoCustomer(t *testing.T) {
	t.Parallel()
	c := messenger.New(metatest.Config(page, "https://graph.facebook.com"))
	_, err := c.Profile(t.Context(), page, psid)
	require.ErrorContains(t, err, "may not reach other hosts")
	assert.NotContains(t, err.Error(), psid)
}
