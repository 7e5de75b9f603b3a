package sms

import (
	"net/http"
	"net/url"
	"strconv"

	"guichet/shared/center"
	"guichet/shared/channel"
	"guichet/shared/channel/internal/webhook"
)

// deliveries are the statuses of a message that we sent
// (https://www.twilio.com/docs/messaging/api/message-resource#message-status-values).
var deliveries = map[string]center.Delivery{
	"accepted":            center.DeliverySent,
	"scheduled":           center.DeliverySent,
	"queued":              center.DeliverySent,
	"sending":             center.DeliverySent,
	"sent":                center.DeliverySent,
	"delivered":           center.DeliveryDelivered,
	"partially_delivered": center.DeliveryDelivered,
	"read":                center.DeliveryRead,
	"undelivered":         center.DeliveryFailed,
	"failed":              center.DeliveryFailed,
	"canceled":            center.DeliveryFailed,
}

// readStatus understands a report of a message's delivery, made to the address that went with the message
// (https://www.twilio.com/docs/messaging/guides/track-outbound-message-status).
func readStatus(r *http.Request, body []byte) []webhook.Item {
	form, err := url.ParseQuery(string(body))
	if err != nil {
		return []webhook.Item{webhook.Misunderstood(body, "form", "body is no form: %v", err)}
	}
	messageID := r.URL.Query().Get("message")
	delivery, known := deliveries[form.Get("MessageStatus")]
	switch {
	case messageID == "" || form.Get("From") == "" || form.Get("To") == "":
		return []webhook.Item{webhook.Misunderstood(body, "form", "an address with message and a form with From and To is expected")}
	case !known:
		return []webhook.Item{webhook.Misunderstood(body, "status", "MessageStatus is %q", form.Get("MessageStatus"))}
	}
	status := &channel.Status{MessageID: messageID, Delivery: delivery}
	if delivery == center.DeliveryFailed {
		code, _ := strconv.Atoi(form.Get("ErrorCode")) // absent: for no reason told
		status.Failure = ofCode(code).Slug
	}
	return []webhook.Item{{Payload: body, Events: []channel.Event{{
		Channel: Name, Inbox: form.Get("From"), Customer: customer(form.Get("To")), Status: status,
	}}}}
}
