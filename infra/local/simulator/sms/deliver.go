package sms

import (
	"context"
	"errors"
	"net/url"
	"strconv"
	"time"

	"guichet/infra/local/simulator/messaging"
	"guichet/infra/local/simulator/twilio"
)

// messageResource is a Message as the REST API shows it (https://www.twilio.com/docs/messaging/api/message-resource).
type messageResource struct {
	SID                 string            `json:"sid"`
	AccountSID          string            `json:"account_sid"`
	APIVersion          string            `json:"api_version"`
	MessagingServiceSID *string           `json:"messaging_service_sid"`
	Direction           string            `json:"direction"`
	From                string            `json:"from"`
	To                  string            `json:"to"`
	Body                string            `json:"body"`
	Status              string            `json:"status"`
	NumMedia            string            `json:"num_media"`
	NumSegments         string            `json:"num_segments"`
	Price               *string           `json:"price"`
	PriceUnit           string            `json:"price_unit"`
	ErrorCode           *int              `json:"error_code"`
	ErrorMessage        *string           `json:"error_message"`
	DateCreated         *string           `json:"date_created"`
	DateUpdated         *string           `json:"date_updated"`
	DateSent            *string           `json:"date_sent"`
	URI                 string            `json:"uri"`
	SubresourceURIs     map[string]string `json:"subresource_uris"`
}

const (
	// maxMediaBytes bounds all media of a message together
	// (https://www.twilio.com/docs/messaging/api/media-resource).
	maxMediaBytes = 5 << 20
	codeTooLarge  = 11751 // https://www.twilio.com/docs/api/errors/11751
	codeNoMedia   = 63019 // https://www.twilio.com/docs/api/errors/63019
)

// deliver takes a message to the customer's telephone and reports each step.
func (s *SMS) deliver(m messageResource, media []string, callback string, code int) {
	t := s.book.OpenThread(Channel, m.From, m.To, "")
	shown := messaging.Message{ID: m.SID, From: messaging.FromBusiness, At: now(), Text: m.Body, State: messaging.Queued}
	_, _ = s.book.Change(t.ID, func(t *messaging.Thread) { t.Messages = append(t.Messages, shown) })
	s.book.Go(func(ctx context.Context) {
		step := func(status string, code int) bool {
			s.advance(ctx, t.ID, &m, callback, status, code)
			return s.pause(ctx)
		}
		if !step("queued", 0) {
			return
		}
		files, failed := s.fetchAll(ctx, media)
		if failed != 0 {
			step("failed", failed)
			return
		}
		s.book.ChangeMessage(t.ID, m.SID, func(m *messaging.Message) { m.Files = files })
		switch {
		case !step("sent", 0):
		case code != 0:
			step("undelivered", code)
		default:
			step("delivered", 0)
		}
	})
}

// pause waits for the next step; false when the provider ends.
func (s *SMS) pause(ctx context.Context) bool {
	select {
	case <-ctx.Done():
		return false
	case <-time.After(s.cfg.Pace):
		return true
	}
}

// fetchAll gets what the product wants to attach, as Twilio does after it has taken the message.
func (s *SMS) fetchAll(ctx context.Context, media []string) (files []messaging.File, code int) {
	room := int64(maxMediaBytes)
	for _, address := range media {
		file, err := s.book.Fetch(ctx, address, room)
		switch {
		case errors.Is(err, messaging.ErrTooLarge):
			return nil, codeTooLarge
		case err != nil:
			return nil, codeNoMedia
		}
		room -= int64(file.Bytes)
		files = append(files, file)
	}
	return files, 0
}

// advance moves a message to a status, and posts it to the callback when there is one.
func (s *SMS) advance(ctx context.Context, thread string, m *messageResource, callback, status string, code int) {
	at := time.Now()
	m.Status, m.DateUpdated = status, twilio.Date(at)
	if status == "sent" {
		m.DateSent = twilio.Date(at)
	}
	if code != 0 {
		m.ErrorCode = &code
	}
	s.sent.put(*m)
	s.book.ChangeMessage(thread, m.SID, func(shown *messaging.Message) {
		shown.State, shown.Code = messaging.State(status), code
	})
	if callback == "" {
		return
	}
	s.book.Post(ctx, thread, m.SID, s.signed(callback, s.statusForm(m, code)))
}

// statusForm are the parameters of a status callback
// (https://www.twilio.com/docs/messaging/guides/outbound-message-status-in-status-callbacks).
func (s *SMS) statusForm(m *messageResource, code int) url.Values {
	form := url.Values{
		"MessageSid": {m.SID}, "MessageStatus": {m.Status}, "SmsSid": {m.SID}, "SmsStatus": {m.Status},
		"AccountSid": {m.AccountSID}, "ApiVersion": {twilio.Version}, "From": {m.From}, "To": {m.To},
	}
	if code != 0 {
		form.Set("ErrorCode", strconv.Itoa(code))
	}
	return form
}
