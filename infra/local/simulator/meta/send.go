package meta

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"strconv"
	"time"
	"unicode/utf8"

	"guichet/infra/local/simulator/messaging"
)

// Limits of the Send API (https://developers.facebook.com/docs/messenger-platform/reference/send-api).
const (
	maxBody        = 256 << 10
	maxText        = 2000 // characters on Messenger
	maxBytes       = 1000 // of text, on Instagram
	maxAttachment  = 25 << 20
	standardWindow = 24 * time.Hour
	humanWindow    = 7 * 24 * time.Hour
	tagHumanAgent  = "HUMAN_AGENT"
	typingTime     = 20 * time.Second
)

// sendRequest is the body of a POST to /messages. An attachment is one, or several on Instagram.
type sendRequest struct {
	Recipient struct {
		ID string `json:"id"`
	} `json:"recipient"`
	MessagingType string `json:"messaging_type"`
	Tag           string `json:"tag"`
	SenderAction  string `json:"sender_action"`
	ReplyTo       struct {
		MID string `json:"mid"`
	} `json:"reply_to"`
	Message *struct {
		Text        string           `json:"text"`
		Attachment  *sentAttachment  `json:"attachment"`
		Attachments []sentAttachment `json:"attachments"`
		Metadata    string           `json:"metadata"`
	} `json:"message"`
}

type sentAttachment struct {
	Type    string `json:"type"`
	Payload struct {
		URL string `json:"url"`
	} `json:"payload"`
}

func (m *Meta) send(w http.ResponseWriter, r *http.Request, account Account) {
	if id := r.PathValue("id"); id != "me" && id != account.ID {
		fail(w, account.Channel, errPath)
		return
	}
	ask, refused := readSend(r)
	if refused != nil {
		fail(w, account.Channel, *refused)
		return
	}
	if ask.SenderAction != "" {
		m.act(w, account, ask)
		return
	}
	fault := m.book.Fault(account.Channel)
	if failure, known := onDemand[fault]; known {
		fail(w, account.Channel, failure)
		return
	}
	t, refused := m.check(account, ask)
	var files []messaging.File
	if refused == nil {
		files, refused = m.fetch(r.Context(), ask)
	}
	if refused != nil {
		fail(w, account.Channel, *refused)
		return
	}
	mid := m.deliver(t, ask, files)
	if fault == messaging.FaultLost {
		panic(http.ErrAbortHandler)
	}
	respond(w, http.StatusOK, map[string]string{"recipient_id": ask.Recipient.ID, "message_id": mid})
}

func readSend(r *http.Request) (*sendRequest, *graphError) {
	raw, err := io.ReadAll(io.LimitReader(r.Body, maxBody+1))
	kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || len(raw) > maxBody || kind != "application/json" {
		return nil, &errParameter
	}
	var ask sendRequest
	if json.Unmarshal(raw, &ask) != nil || ask.Recipient.ID == "" {
		return nil, &errParameter
	}
	return &ask, nil
}

// check refuses what may not be sent: to nobody, without anything in it, or too long after the customer last wrote
// (https://developers.facebook.com/docs/messenger-platform/policy/policy-overview).
func (m *Meta) check(account Account, ask *sendRequest) (messaging.Thread, *graphError) {
	t, known := m.customer(account, ask.Recipient.ID)
	switch {
	case !known:
		return t, &errNobody
	case ask.Message == nil || ask.Message.Text == "" && len(ask.attachments()) == 0:
		return t, &errEmpty
	case account.Channel == Messenger && utf8.RuneCountInString(ask.Message.Text) > maxText,
		account.Channel == Instagram && len(ask.Message.Text) > maxBytes:
		return t, &errLong
	case ask.Message.Text != "" && len(ask.attachments()) > 0:
		return t, &errParameter // text and attachments are two messages
	case ask.Tag != "" && (ask.Tag != tagHumanAgent || ask.MessagingType != "MESSAGE_TAG"):
		return t, &errParameter
	}
	window := standardWindow
	if ask.Tag == tagHumanAgent {
		window = humanWindow
	}
	if time.Since(t.LastIn()) > window {
		return t, &errWindow
	}
	return t, nil
}

func (ask *sendRequest) attachments() []sentAttachment {
	if ask.Message.Attachment != nil {
		return []sentAttachment{*ask.Message.Attachment}
	}
	return ask.Message.Attachments
}

// fetch gets the attachments before it answers, as Meta does.
func (m *Meta) fetch(ctx context.Context, ask *sendRequest) ([]messaging.File, *graphError) {
	var files []messaging.File
	for _, a := range ask.attachments() {
		file, err := m.book.Fetch(ctx, a.Payload.URL, maxAttachment)
		switch {
		case errors.Is(err, messaging.ErrTooLarge):
			return nil, &errLarge
		case err != nil:
			return nil, &errUpload
		}
		files = append(files, file)
	}
	return files, nil
}

// deliver shows a message to the customer, and tells of it: the echo, and on Messenger that it has arrived.
func (m *Meta) deliver(t messaging.Thread, ask *sendRequest, files []messaging.File) string {
	shown := messaging.Message{
		ID: newMID(t.Channel), From: messaging.FromBusiness, At: time.Now().UTC().Truncate(time.Millisecond),
		Text: ask.Message.Text, Files: files, ReplyTo: ask.ReplyTo.MID, State: messaging.Sent,
	}
	_, _ = m.book.Change(t.ID, func(t *messaging.Thread) {
		t.Messages = append(t.Messages, shown)
		t.TypingUntil = time.Time{}
	})
	echo := m.messageOf(shown)
	echo.Echo = true
	echo.Metadata = ask.Message.Metadata
	if t.Channel == Messenger {
		echo.AppID, _ = strconv.ParseInt(m.cfg.App.ID, 10, 64) // zero, and so absent, if the app has no number
	}
	m.book.Go(func(ctx context.Context) {
		m.notify(ctx, t, shown.ID, event{
			Sender: party{t.Inbox}, Recipient: party{t.Customer}, Timestamp: shown.At.UnixMilli(), Message: echo,
		})
		m.book.ChangeMessage(t.ID, shown.ID, func(shown *messaging.Message) {
			if shown.State == messaging.Sent {
				shown.State = messaging.Delivered
			}
		})
		if t.Channel != Messenger {
			return // Instagram tells of reads only
		}
		m.notify(ctx, t, shown.ID, event{
			Sender: party{t.Customer}, Recipient: party{t.Inbox}, Timestamp: time.Now().UnixMilli(),
			Delivery: &delivery{[]string{shown.ID}, shown.At.UnixMilli()},
		})
	})
	return shown.ID
}

// act is a sender_action (https://developers.facebook.com/docs/messenger-platform/send-messages/sender-actions).
func (m *Meta) act(w http.ResponseWriter, account Account, ask *sendRequest) {
	t, known := m.customer(account, ask.Recipient.ID)
	if !known {
		fail(w, account.Channel, errNobody)
		return
	}
	if ask.Message != nil {
		fail(w, account.Channel, errParameter)
		return
	}
	change := map[string]func(*messaging.Thread){
		"typing_on":  func(t *messaging.Thread) { t.TypingUntil = time.Now().Add(typingTime).UTC() },
		"typing_off": func(t *messaging.Thread) { t.TypingUntil = time.Time{} },
		"mark_seen":  func(t *messaging.Thread) { t.SeenAt = time.Now().UTC() },
	}[ask.SenderAction]
	if change == nil {
		fail(w, account.Channel, errParameter)
		return
	}
	_, _ = m.book.Change(t.ID, change)
	respond(w, http.StatusOK, map[string]string{"recipient_id": ask.Recipient.ID})
}
