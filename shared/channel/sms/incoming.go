package sms

import (
	"net/http"
	"net/url"
	"strconv"

	"guichet/shared/center"
	"guichet/shared/channel"
	"guichet/shared/channel/internal/webhook"
)

// maxMedia is how many files Twilio says a message may have.
const maxMedia = 10

// readIncoming understands a message that came in
// (https://www.twilio.com/docs/messaging/guides/webhook-request#request-parameters).
func readIncoming(_ *http.Request, body []byte) []webhook.Item {
	form, err := url.ParseQuery(string(body))
	if err != nil {
		return []webhook.Item{webhook.Misunderstood(body, "form", "body is no form: %v", err)}
	}
	if form.Get("MessageSid") == "" || form.Get("From") == "" || form.Get("To") == "" {
		return []webhook.Item{webhook.Misunderstood(body, "form", "a form with MessageSid, From and To is expected")}
	}
	e := channel.Event{Channel: Name, Inbox: form.Get("To"), Customer: customer(form.Get("From"))}
	message := e
	message.Message = incoming(form)
	events := []channel.Event{message}
	if c := consent(form.Get("OptOutType"), form.Get("Body")); c != nil {
		c.ProviderID = message.Message.ProviderID
		e.Consent = c
		events = append(events, e)
	}
	return []webhook.Item{{Payload: body, Events: events}}
}

func customer(number string) center.Customer {
	c := center.Customer{ID: number}
	if center.E164(number) {
		c.Phone = number
	}
	return c
}

func incoming(form url.Values) *channel.Incoming {
	m := &channel.Incoming{
		ProviderID: form.Get("MessageSid"), Kind: center.KindText, Text: form.Get("Body"),
		Location: location(form), ReplyToID: form.Get("OriginalRepliedMessageSid"),
	}
	if button := form.Get("ButtonText"); button != "" {
		m.Kind, m.Text = center.KindPostback, button
	}
	n, _ := strconv.Atoi(form.Get("NumMedia")) // absent: none
	for i := range min(n, maxMedia) {
		m.Attachments = append(m.Attachments, center.Attachment{
			Source: form.Get("MediaUrl" + strconv.Itoa(i)), Type: form.Get("MediaContentType" + strconv.Itoa(i)),
		})
	}
	return m
}

// location is the point that senders on Twilio's richer channels may share; SMS has none.
func location(form url.Values) *center.Location {
	latitude, err := strconv.ParseFloat(form.Get("Latitude"), 64)
	longitude, err2 := strconv.ParseFloat(form.Get("Longitude"), 64)
	if err != nil || err2 != nil {
		return nil
	}
	l := &center.Location{Latitude: latitude, Longitude: longitude, Label: form.Get("Label")}
	if l.Label == "" {
		l.Label = form.Get("Address")
	}
	return l
}
