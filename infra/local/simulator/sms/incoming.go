package sms

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"guichet/infra/local/simulator/messaging"
	"guichet/infra/local/simulator/twilio"
)

// Report implements messaging.Provider: the message goes to the number's URL. Twilio does not repeat it when that fails
// (https://www.twilio.com/docs/messaging/guides/webhook-request).
func (s *SMS) Report(ctx context.Context, t messaging.Thread, a messaging.Act) int {
	number, known := s.number(t.Inbox)
	if !known || a.Kind != messaging.ActWrite {
		return 0
	}
	reply := s.consent(t, a.Message.Text)
	status := s.book.Post(ctx, t.ID, a.Message.ID, s.signed(s.absolute(number.URL), s.incoming(t, a.Message)))
	if reply != "" {
		_, _ = s.book.Change(t.ID, func(t *messaging.Thread) {
			t.Messages = append(t.Messages, messaging.Message{
				ID: twilio.NewSID("SM"), From: messaging.FromProvider, At: now(), Text: reply, State: messaging.Delivered,
			})
		})
	}
	return status
}

// The keywords that Twilio acts on by itself, alone in a message and in any case
// (https://help.twilio.com/articles/223134027-Twilio-support-for-opt-out-keywords-SMS-STOP-filtering-).
var (
	stopWords  = []string{"STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT"}
	startWords = []string{"START", "YES", "UNSTOP"}
	helpWords  = []string{"HELP", "INFO"}
)

// consent acts on a keyword and returns what the provider answers by itself, which is nothing when nothing changed.
func (s *SMS) consent(t messaging.Thread, text string) string {
	word := strings.ToUpper(strings.TrimSpace(text))
	is := func(words []string) bool {
		for _, w := range words {
			if w == word {
				return true
			}
		}
		return false
	}
	optedOut := func(out bool) {
		_, _ = s.book.Change(t.ID, func(t *messaging.Thread) { t.OptedOut = out })
	}
	switch {
	case is(stopWords) && !t.OptedOut:
		optedOut(true)
		return "You are unsubscribed and get no more messages from this number. START subscribes you again."
	case is(startWords) && t.OptedOut:
		optedOut(false)
		return "You are subscribed again to messages from this number. HELP for help, STOP to unsubscribe."
	case is(helpWords) && !t.OptedOut:
		return "STOP unsubscribes you from this number. Your operator's rates apply."
	}
	return ""
}

// incoming are the parameters of an incoming message
// (https://www.twilio.com/docs/messaging/guides/webhook-request#request-parameters).
func (s *SMS) incoming(t messaging.Thread, m messaging.Message) url.Values {
	form := url.Values{
		"MessageSid": {m.ID}, "SmsSid": {m.ID}, "SmsMessageSid": {m.ID}, "AccountSid": {s.cfg.Account.SID},
		"From": {t.Customer}, "To": {t.Inbox}, "Body": {m.Text}, "NumMedia": {strconv.Itoa(len(m.Files))},
		"NumSegments": {strconv.Itoa(segments(m.Text))}, "SmsStatus": {"received"}, "ApiVersion": {twilio.Version},
	}
	for who, number := range map[string]string{"From": t.Customer, "To": t.Inbox} {
		form.Set(who+"Country", twilio.Country(number))
		for _, unknown := range []string{"City", "State", "Zip"} {
			form.Set(who+unknown, "") // Twilio sends what it does not know as empty
		}
	}
	for i, file := range m.Files {
		form.Set(fmt.Sprintf("MediaContentType%d", i), file.Type)
		form.Set(fmt.Sprintf("MediaUrl%d", i), s.cfg.APIURL+s.mediaPath(m.ID, s.sent.media(m.ID, file.ID)))
	}
	return form
}

func (s *SMS) signed(to string, form url.Values) messaging.Webhook {
	return messaging.Webhook{URL: to, Body: []byte(form.Encode()), Header: http.Header{
		"Content-Type":         {"application/x-www-form-urlencoded; charset=UTF-8"},
		"User-Agent":           {twilio.UserAgent},
		twilio.SignatureHeader: {s.cfg.Account.Sign(to, form)},
	}}
}

func now() time.Time { return time.Now().UTC().Truncate(time.Millisecond) }
