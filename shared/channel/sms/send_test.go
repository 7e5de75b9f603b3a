package sms_test

import (
	"context"
	"encoding/base64"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"guichet/shared/center"
	"guichet/shared/channel"
	"guichet/shared/channel/channeltest"
)

var chat = &center.Chat{ID: "ch_1", Channel: "sms", Inbox: ours, Customer: center.Customer{ID: customers}}

const statusURL = channeltest.PublicURL + "/channels/sms/status?chat=ch_1&message=ms_1"

func text(s string) channel.Outgoing {
	return channel.Outgoing{Chat: chat, Message: &center.Message{ID: "ms_1", Text: s}, StatusURL: statusURL}
}

func files(s string, n int) channel.Outgoing {
	o := text(s)
	for i := range n {
		o.Attachments = append(o.Attachments, channel.OutgoingAttachment{URL: "https://files.example/" + strconv.Itoa(i)})
	}
	return o
}

// created is what Twilio is asked for a message.
func created(form url.Values) []channeltest.Request {
	form.Set("From", ours)
	form.Set("To", customers)
	form.Set("StatusCallback", statusURL)
	return []channeltest.Request{{
		Method: http.MethodPost, Path: "/2010-04-01/Accounts/" + accountSID + "/Messages.json", Body: form.Encode(),
		Header: map[string]string{"Authorization": "Basic " + base64.StdEncoding.EncodeToString([]byte(accountSID+":"+authToken))},
	}}
}

func queued() []channeltest.Answer {
	return []channeltest.Answer{{Status: http.StatusCreated, Body: `{"sid":"SM9","status":"queued","error_code":null,"num_media":"0"}`}}
}

// refusal is Twilio's error (https://www.twilio.com/docs/usage/twilios-response#response-formats-exceptions).
func refusal(status, code int) []channeltest.Answer {
	return []channeltest.Answer{{Status: status, Body: `{"code":` + strconv.Itoa(code) + `,"message":"no","more_info":"","status":` + strconv.Itoa(status) + `}`}}
}

func TestSend(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("é", 1600)
	cases := []channeltest.Outgoing{
		{Name: "text", Message: text("Bonjour 👋"), Answers: queued(), Want: created(url.Values{"Body": {"Bonjour 👋"}}), ID: "SM9"},
		{Name: "two files and a text", Message: files("Voici", 2), Answers: queued(), ID: "SM9",
			Want: created(url.Values{"Body": {"Voici"}, "MediaUrl": {"https://files.example/0", "https://files.example/1"}})},
		{Name: "a file alone", Message: files("", 1), Answers: queued(), ID: "SM9", Want: created(url.Values{"MediaUrl": {"https://files.example/0"}})},
		{Name: "as long as can be", Message: text(long), Answers: queued(), ID: "SM9", Want: created(url.Values{"Body": {long}})},
		{Name: "too long is not even asked", Message: text(long + "é"), Err: channel.ErrContent},
		{Name: "too many files are not even asked", Message: files("", 11), Err: channel.ErrContent},
		{Name: "Twilio hangs up", Message: text("x"), Answers: []channeltest.Answer{}, Want: created(url.Values{"Body": {"x"}}), Err: channel.ErrUnreachable},
		{Name: "no JSON", Message: text("x"), Answers: []channeltest.Answer{{Status: http.StatusBadGateway, Body: "<html>"}}, Want: created(url.Values{"Body": {"x"}}), Err: channel.ErrUnreachable},
		{Name: "no Sid", Message: text("x"), Answers: []channeltest.Answer{{Status: http.StatusCreated, Body: "{}"}}, Want: created(url.Values{"Body": {"x"}}), Err: channel.ErrUnreachable},
	}
	for _, tc := range []struct {
		status, code int
		err          *channel.SendError
	}{
		{400, 21610, channel.ErrOptedOut},
		{400, 21211, channel.ErrNoRecipient},
		{400, 21614, channel.ErrNoRecipient},
		{400, 21635, channel.ErrNoRecipient},
		{429, 20429, channel.ErrThrottled},
		{429, 99999, channel.ErrThrottled},
		{400, 21611, channel.ErrThrottled},
		{400, 14107, channel.ErrThrottled},
		{400, 21617, channel.ErrContent},
		{400, 21620, channel.ErrContent},
		{400, 12300, channel.ErrContent},
		{401, 20003, channel.ErrUnauthorized},
		{400, 21606, channel.ErrUnauthorized},
		{400, 30007, channel.ErrRefused},
		{400, 12345, channel.ErrRefused},
		{500, 20500, channel.ErrUnreachable},
		{503, 12345, channel.ErrUnreachable},
	} {
		cases = append(cases, channeltest.Outgoing{
			Name: strconv.Itoa(tc.status) + " " + strconv.Itoa(tc.code), Message: text("x"), Answers: refusal(tc.status, tc.code),
			Want: created(url.Values{"Body": {"x"}}), Err: tc.err,
		})
	}
	channeltest.Send(t, at, []string{"Authorization"}, cases)
}

func TestSendEndsWithItsContext(t *testing.T) {
	t.Parallel()
	asked := channeltest.Ask(t, at, nil, nil, func(ctx context.Context, c channel.Channel) {
		ctx, cancel := context.WithCancel(ctx)
		cancel()
		_, err := c.Send(ctx, text("x"))
		require.ErrorIs(t, err, channel.ErrUnreachable)
	})
	require.Empty(t, asked)
}

func TestTestsCannotReachTwilio(t *testing.T) {
	t.Parallel()
	_, err := at("https://api.twilio.com").Send(t.Context(), text("x"))
	require.ErrorContains(t, err, "may not reach other hosts")
}
