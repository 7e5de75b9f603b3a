package sms_test

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/assert"

	"guichet/shared/center"
	"guichet/shared/channel"
	"guichet/shared/channel/channeltest"
)

const (
	ours      = "+33199001000"
	customers = "+33612345678"
	sid       = "SM11111111111111111111111111111111"
)

// event is one of our customer's.
func event(set func(*channel.Event)) channel.Event {
	e := channel.Event{Channel: "sms", Inbox: ours, Customer: center.Customer{ID: customers, Phone: customers}}
	set(&e)
	return e
}

func message(in channel.Incoming) channel.Event {
	if in.ProviderID == "" {
		in.ProviderID = sid
	}
	if in.Kind == "" {
		in.Kind = center.KindText
	}
	return event(func(e *channel.Event) { e.Message = &in })
}

func consent(out bool) channel.Event {
	return event(func(e *channel.Event) { e.Consent = &channel.Consent{OptedOut: out, ProviderID: sid} })
}

func status(s channel.Status) channel.Event {
	s.MessageID = "ms_1"
	return event(func(e *channel.Event) { e.Status = &s })
}

func TestIncoming(t *testing.T) {
	t.Parallel()
	media := "https://api.twilio.com/2010-04-01/Accounts/" + accountSID + "/Messages/MM22222222222222222222222222222222/Media/ME0000000000000000000000000000000"
	shortCode := message(channel.Incoming{Text: "Votre code est 1234"})
	shortCode.Customer = center.Customer{ID: "36180"}
	twilio.Run(t, []channeltest.Incoming{
		{Name: "text", Target: "/incoming", Fixture: "text.form", Want: []channel.Event{
			message(channel.Incoming{Text: "Bonjour, où est ma commande ? 📦"}),
		}},
		{Name: "several files and no text", Target: "/incoming", Fixture: "media.form", Want: []channel.Event{
			message(channel.Incoming{ProviderID: "MM22222222222222222222222222222222", Attachments: []center.Attachment{
				{Type: "image/jpeg", Source: media + "0"}, {Type: "application/pdf", Source: media + "1"}, {Type: "text/x-vcard", Source: media + "2"},
			}}),
		}},
		{Name: "empty", Target: "/incoming", Fixture: "empty.form", Want: []channel.Event{message(channel.Incoming{})}},
		{Name: "from a short code", Target: "/incoming", Fixture: "short-code.form", Want: []channel.Event{shortCode}},
		{Name: "location", Target: "/incoming", Fixture: "location.form", Want: []channel.Event{
			message(channel.Incoming{Location: &center.Location{Latitude: 48.8566, Longitude: 2.3522, Label: "Paris"}}),
		}},
		{Name: "reply", Target: "/incoming", Fixture: "reply.form", Want: []channel.Event{
			message(channel.Incoming{Text: "Oui, celle-ci", ReplyToID: "SM33333333333333333333333333333333"}),
		}},
		{Name: "button", Target: "/incoming", Fixture: "button.form", Want: []channel.Event{
			message(channel.Incoming{Kind: center.KindPostback, Text: "Oui, à 10 h"}),
		}},
		{Name: "a word that Twilio was told to take for STOP", Target: "/incoming", Fixture: "stop-advanced.form", Want: []channel.Event{
			message(channel.Incoming{Text: "Plus de messages svp"}), consent(true),
		}},
		{Name: "START with Advanced Opt-Out", Target: "/incoming", Fixture: "start-advanced.form", Want: []channel.Event{
			message(channel.Incoming{Text: "Start"}), consent(false),
		}},
		{Name: "HELP is Twilio's to answer", Target: "/incoming", Fixture: "help.form", Want: []channel.Event{
			message(channel.Incoming{Text: "HELP"}),
		}},
		{Name: "a word that Twilio was told to take for HELP", Target: "/incoming", Body: "MessageSid=" + sid + "&From=%2B33612345678&To=%2B33199001000&OptOutType=HELP&Body=Yes",
			Want: []channel.Event{message(channel.Incoming{Text: "Yes"})}},
		{Name: "STOP without Advanced Opt-Out", Target: "/incoming", Fixture: "stop.form", Want: []channel.Event{
			message(channel.Incoming{Text: "Stop"}), consent(true),
		}},
		{Name: "no message", Target: "/incoming", Body: "From=%2B33612345678&To=%2B33199001000", Aside: []string{"MessageSid"}},
		{Name: "from nobody", Target: "/incoming", Body: "MessageSid=SM1&To=%2B33199001000", Aside: []string{"From"}},
		{Name: "numbers that are none", Target: "/incoming", Body: "MessageSid=" + sid + "&From=%2B33612345678&To=%2B33199001000&NumMedia=-1&Latitude=north&Longitude=2",
			Want: []channel.Event{message(channel.Incoming{})}},
	})
}

func TestStatus(t *testing.T) {
	t.Parallel()
	target := "/status?chat=ch_1&message=ms_1"
	form := "From=%2B33199001000&To=%2B33612345678&MessageStatus="
	cases := []channeltest.Incoming{
		{Name: "delivered, in full", Target: target, Fixture: "status-delivered.form", Want: []channel.Event{status(channel.Status{Delivery: center.DeliveryDelivered})}},
		{Name: "undelivered, in full", Target: target, Fixture: "status-undelivered.form", Want: []channel.Event{
			status(channel.Status{Delivery: center.DeliveryFailed, Failure: "no-recipient"}),
		}},
		{Name: "failed, in full", Target: target, Fixture: "status-failed.form", Want: []channel.Event{
			status(channel.Status{Delivery: center.DeliveryFailed, Failure: "refused"}),
		}},
		{Name: "unknown status", Target: target, Body: form + "teleported", Aside: []string{"teleported"}},
		{Name: "of no message", Target: "/status?chat=ch_1", Body: form + "sent", Aside: []string{"message"}},
		{Name: "of nobody", Target: target, Body: "MessageStatus=sent", Aside: []string{"From"}},
	}
	for name, want := range map[string]channel.Status{
		"accepted":                    {Delivery: center.DeliverySent},
		"queued":                      {Delivery: center.DeliverySent},
		"sending":                     {Delivery: center.DeliverySent},
		"sent":                        {Delivery: center.DeliverySent},
		"delivered":                   {Delivery: center.DeliveryDelivered},
		"partially_delivered":         {Delivery: center.DeliveryDelivered},
		"read":                        {Delivery: center.DeliveryRead},
		"canceled":                    {Delivery: center.DeliveryFailed, Failure: "refused"},
		"failed":                      {Delivery: center.DeliveryFailed, Failure: "refused"},
		"failed&ErrorCode=21610":      {Delivery: center.DeliveryFailed, Failure: "opted-out"},
		"undelivered&ErrorCode=30011": {Delivery: center.DeliveryFailed, Failure: "content"},
		"undelivered&ErrorCode=x":     {Delivery: center.DeliveryFailed, Failure: "refused"},
	} {
		cases = append(cases, channeltest.Incoming{Name: name, Target: target, Body: form + name, Want: []channel.Event{status(want)}})
	}
	twilio.Run(t, cases)
}

func TestWordsOfConsent(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]*channel.Consent{
		"STOP": {OptedOut: true}, " stop. ": {OptedOut: true}, "StopAll": {OptedOut: true}, "unsubscribe": {OptedOut: true}, "Cancel": {OptedOut: true},
		"end": {OptedOut: true}, "QUIT": {OptedOut: true}, "revoke": {OptedOut: true}, "optout": {OptedOut: true},
		"Arret": {OptedOut: true}, "arrêt": {OptedOut: true}, "stop  all": {OptedOut: true},
		"START": {}, "unstop": {}, "Yes": {},
		"STOP PLEASE": nil, "please stop": nil, "HELP": nil, "info": nil, "": nil, "stopper": nil, "Yes, at ten": nil,
	} {
		r := &channeltest.Receiver{}
		w := twilio.Post(t, r, channeltest.Incoming{Target: "/incoming", Body: "MessageSid=SM1&From=%2B33612345678&To=%2B33199001000&Body=" + text})
		assert.Equal(t, http.StatusOK, w.Code)
		if want == nil {
			assert.Len(t, r.Events(), 1, text)
			continue
		}
		if assert.Len(t, r.Events(), 2, text) {
			want.ProviderID = "SM1"
			assert.Equal(t, want, r.Events()[1].Consent, text)
		}
	}
}

func TestAnswerIsAnEmptyDocument(t *testing.T) {
	t.Parallel()
	w := twilio.Post(t, &channeltest.Receiver{}, channeltest.Incoming{Target: "/incoming", Fixture: "text.form"})
	assert.Equal(t, "text/xml; charset=utf-8", w.Header().Get("Content-Type"))
	assert.Equal(t, `<?xml version="1.0" encoding="UTF-8"?><Response/>`, w.Body.String())
}
