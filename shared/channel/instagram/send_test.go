package instagram_test

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/shared/center"
	"guichet/shared/channel"
	"guichet/shared/channel/channeltest"
	"guichet/shared/channel/instagram"
	"guichet/shared/channel/internal/meta/metatest"
)

func speaking(graphURL string) channel.Channel {
	return instagram.New(metatest.Config(account, graphURL))
}

func outgoing(ago time.Duration, text string) channel.Outgoing {
	return channel.Outgoing{
		Chat: &center.Chat{
			ID: "ch_1", Channel: "instagram", Inbox: account, Customer: center.Customer{ID: igsid}, LastInAt: metatest.Now.Add(-ago),
		},
		Message: &center.Message{ID: "ms_1", Text: text},
	}
}

func posted(head, message string) channeltest.Request {
	return metatest.Post("me", `{"recipient":{"id":"`+igsid+`"},`+head+`,"message":`+message+`}`)
}

func TestSend(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("é", 500)
	picture := outgoing(0, "")
	picture.Attachments = []channel.OutgoingAttachment{{Attachment: center.Attachment{Type: "image/jpeg"}, URL: "https://files.example/0"}}
	answers := []channeltest.Answer{metatest.Sent("aWdf1")}
	response := `"messaging_type":"RESPONSE"`
	channeltest.Send(t, speaking, metatest.Headers, []channeltest.Outgoing{
		{Name: "text", Message: outgoing(0, "Bonjour"), Answers: answers, ID: "aWdf1",
			Want: []channeltest.Request{posted(response, `{"text":"Bonjour","metadata":"ms_1"}`)}},
		{Name: "as many bytes as can be", Message: outgoing(0, long), Answers: answers, ID: "aWdf1",
			Want: []channeltest.Request{posted(response, `{"text":"`+long+`","metadata":"ms_1"}`)}},
		{Name: "a picture", Message: picture, Answers: answers, ID: "aWdf1",
			Want: []channeltest.Request{posted(response, `{"attachment":{"type":"image","payload":{"url":"https://files.example/0"}},"metadata":"ms_1"}`)}},
		{Name: "after a day, as a human", Message: outgoing(25*time.Hour, "Bonjour"), Answers: answers, ID: "aWdf1",
			Want: []channeltest.Request{posted(`"messaging_type":"MESSAGE_TAG","tag":"HUMAN_AGENT"`, `{"text":"Bonjour","metadata":"ms_1"}`)}},
		{Name: "outside of Instagram's window", Message: outgoing(0, "Bonjour"), Err: channel.ErrWindowClosed,
			Answers: []channeltest.Answer{{Status: http.StatusBadRequest, Body: `{"error":{"code":10,"error_subcode":2534022}}`}},
			Want:    []channeltest.Request{posted(response, `{"text":"Bonjour","metadata":"ms_1"}`)}},
		{Name: "a byte too many, nothing is asked", Message: outgoing(0, long+"e"), Err: channel.ErrContent},
		{Name: "after a week, nothing is asked", Message: outgoing(8*24*time.Hour, "Bonjour"), Err: channel.ErrWindowClosed},
	})
}

func TestProfile(t *testing.T) {
	t.Parallel()
	asked := channeltest.Ask(t, speaking, metatest.Headers, []channeltest.Answer{
		{Status: http.StatusOK, Body: `{"name":"Zoé","username":"zoe.m"}`}, {Status: http.StatusOK, Body: `{"name":null,"username":"zoe.m"}`},
	}, func(ctx context.Context, c channel.Channel) {
		for _, name := range []string{"Zoé", "zoe.m"} {
			who, err := c.(channel.Profiler).Profile(ctx, account, igsid)
			require.NoError(t, err)
			assert.Equal(t, center.Customer{ID: igsid, Name: name}, who)
		}
	})
	want := metatest.Get(igsid, "name,username")
	assert.Equal(t, []channeltest.Request{want, want}, asked)
}

func TestWhatItCan(t *testing.T) {
	t.Parallel()
	var c channel.Channel = instagram.New(instagram.Config{})
	_, typer := c.(channel.Typer)
	_, reader := c.(channel.ReadMarker)
	_, windowed := c.(channel.Windowed)
	assert.True(t, typer && reader && windowed)
}
