package meta

import (
	"encoding/json"
	"fmt"
	"net/http"

	"guichet/shared/channel"
)

// refusal is why the Graph API did not do what it was asked. Codes are those of
// https://developers.facebook.com/docs/messenger-platform/error-codes and
// https://developers.facebook.com/docs/graph-api/guides/error-handling.
func refusal(status int, answer []byte) *channel.SendError {
	var body struct {
		Error struct {
			Code      int    `json:"code"`
			Subcode   int    `json:"error_subcode"`
			Transient bool   `json:"is_transient"`
			Trace     string `json:"fbtrace_id"`
		} `json:"error"`
	}
	_ = json.Unmarshal(answer, &body) // no JSON: no code
	e := body.Error
	reason := bySubcode(e.Subcode)
	if reason == nil {
		reason = byCode(e.Code)
	}
	if reason == nil {
		reason = byStatus(status, e.Transient)
	}
	return reason.With(fmt.Sprintf("the Graph API's error %d/%d, status %d, trace %q", e.Code, e.Subcode, status, e.Trace))
}

func bySubcode(subcode int) *channel.SendError {
	switch subcode {
	case 2018278, // outside of the allowed window
		2018065, // outside of the allowed window, without the permission to write there
		2534022: // outside of the allowed window, on Instagram
		return channel.ErrWindowClosed
	case 2018001, 2534014, // no matching user
		2018108, // this person isn't receiving messages from you right now
		1545041: // this person isn't available right now
		return channel.ErrNoRecipient
	}
	return nil
}

func byCode(code int) *channel.SendError {
	switch code {
	case 551: // this person isn't available right now
		return channel.ErrNoRecipient
	case 4, 17, 32, 613, 80002, 80004, 80006: // too many requests of the app, the user, the page, the account
		return channel.ErrThrottled
	case 3, 10, 102, 190, 230: // capability, permission, session, token, permission to write to this person
		return channel.ErrUnauthorized
	case 100, 546: // invalid parameter, attachment too large
		return channel.ErrContent
	case 1, 2, 1200: // unknown error, service, temporary failure
		return channel.ErrUnreachable
	case 368: // deemed abusive
		return channel.ErrRefused
	}
	if code >= 200 && code < 300 { // permissions
		return channel.ErrUnauthorized
	}
	return nil
}

func byStatus(status int, transient bool) *channel.SendError {
	switch {
	case status == http.StatusTooManyRequests:
		return channel.ErrThrottled
	case transient || status >= http.StatusInternalServerError:
		return channel.ErrUnreachable
	case status == http.StatusUnauthorized:
		return channel.ErrUnauthorized
	}
	return channel.ErrRefused
}
