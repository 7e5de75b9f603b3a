package sms

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"
	"unicode/utf8"

	"github.com/twilio/twilio-go/client"
	openapi "github.com/twilio/twilio-go/rest/api/v2010"

	"guichet/shared/channel"
)

// maxText is how many characters Twilio takes in one message (https://www.twilio.com/docs/api/errors/21617).
const maxText = 1600

// sendTimeout bounds one request to Twilio.
const sendTimeout = 10 * time.Second

// Send implements channel.Channel (https://www.twilio.com/docs/messaging/api/message-resource#create-a-message-resource).
func (c *Channel) Send(ctx context.Context, o channel.Outgoing) (string, error) {
	if utf8.RuneCountInString(o.Message.Text) > maxText || len(o.Attachments) > maxMedia {
		return "", channel.ErrContent.With(fmt.Sprintf("at most %d characters and %d files", maxText, maxMedia))
	}
	params := &openapi.CreateMessageParams{}
	params.SetFrom(o.Chat.Inbox)
	params.SetTo(o.Chat.Customer.ID)
	if o.Message.Text != "" {
		params.SetBody(o.Message.Text)
	}
	if o.StatusURL != "" {
		params.SetStatusCallback(o.StatusURL)
	}
	if len(o.Attachments) > 0 {
		urls := make([]string, len(o.Attachments))
		for i, a := range o.Attachments {
			urls[i] = a.URL
		}
		params.SetMediaUrl(urls)
	}
	ctx, cancel := context.WithTimeout(ctx, sendTimeout)
	defer cancel()
	sent, err := c.api(ctx).CreateMessage(params)
	if err != nil {
		return "", sendError(err)
	}
	if sent.Sid == nil {
		return "", channel.ErrUnreachable.With("an answer without a Sid")
	}
	return *sent.Sid, nil
}

// sendError is why Twilio did not take a message.
func sendError(err error) *channel.SendError {
	var rest *client.TwilioRestError
	if !errors.As(err, &rest) {
		return channel.ErrUnreachable.With(err.Error())
	}
	reason := ofCode(rest.Code)
	switch {
	case rest.Status == http.StatusTooManyRequests:
		reason = channel.ErrThrottled
	case rest.Status >= http.StatusInternalServerError:
		reason = channel.ErrUnreachable
	}
	return reason.With(fmt.Sprintf("Twilio's error %d, status %d", rest.Code, rest.Status))
}
