package sms

import (
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"guichet/infra/local/simulator/messaging"
	"guichet/infra/local/simulator/twilio"
)

// Limits of a message (https://www.twilio.com/docs/messaging/api/message-resource#create-a-message).
const (
	maxBody  = 1600 // characters
	maxMedia = 10
)

// API is the Messages resource and its media (https://www.twilio.com/docs/messaging/api/message-resource).
func (s *SMS) API() http.Handler {
	mux := http.NewServeMux()
	const messages = "/" + twilio.Version + "/Accounts/{account}/Messages"
	mux.HandleFunc("POST "+messages+".json", s.create)
	mux.HandleFunc("GET "+messages+"/{message}", s.cfg.Account.Authenticated(http.StatusOK, s.fetch))
	mux.HandleFunc("GET "+messages+"/{message}/Media/{media}", s.fetchMedia)
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) { twilio.Fail(w, twilio.NotFound(r)) })
	return mux
}

// mediaPath is the address of a message's file, below Config.APIURL.
func (s *SMS) mediaPath(message, media string) string {
	return fmt.Sprintf("/%s/Accounts/%s/Messages/%s/Media/%s", twilio.Version, s.cfg.Account.SID, message, media)
}

// create sends a message to a customer.
func (s *SMS) create(w http.ResponseWriter, r *http.Request) {
	fault := s.book.Fault(Channel)
	answer := http.Handler(s.cfg.Account.Authenticated(http.StatusCreated, func(r *http.Request) (any, *twilio.Error) {
		if failure := atOnce[fault]; failure.Status != 0 {
			return nil, &failure
		}
		if failure := s.check(r.PostForm); failure != nil {
			return nil, failure
		}
		return s.send(r.PostForm, later[fault]), nil
	}))
	if fault == messaging.FaultLost {
		answer = lost(answer)
	}
	answer.ServeHTTP(w, r)
}

// lost does what is asked and cuts the connection instead of answering.
func lost(next http.Handler) http.Handler {
	return http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		next.ServeHTTP(discard{}, r)
		panic(http.ErrAbortHandler)
	})
}

type discard struct{}

func (discard) Header() http.Header         { return http.Header{} }
func (discard) WriteHeader(int)             {}
func (discard) Write(p []byte) (int, error) { return len(p), nil }

// check refuses what Twilio refuses at once (https://www.twilio.com/docs/api/errors).
func (s *SMS) check(form url.Values) *twilio.Error {
	from, to, body, media := form.Get("From"), form.Get("To"), form.Get("Body"), form["MediaUrl"]
	_, ours := s.number(from)
	switch {
	case to == "":
		return twilio.BadRequest(21604, "A 'To' phone number is required.")
	case from == "":
		return twilio.BadRequest(21603, "A 'From' phone number is required.")
	case !e164.MatchString(to):
		return twilio.BadRequest(21211, "Invalid 'To' Phone Number: "+to)
	case !ours:
		return twilio.BadRequest(21606, "The 'From' phone number provided is not a valid message-capable Twilio phone number for this destination/account")
	case body == "" && len(media) == 0:
		return twilio.BadRequest(21619, "A text message body or media urls must be specified.")
	case utf8.RuneCountInString(body) > maxBody:
		return twilio.BadRequest(21617, "The concatenated message body exceeds the 1600 character limit")
	case len(media) > maxMedia:
		return twilio.BadRequest(21623, "Number of media files exceeds allowed limit")
	}
	for _, address := range media {
		if !twilio.IsHTTP(address) {
			return twilio.BadRequest(21620, "Invalid media URL(s)")
		}
	}
	if callback := form.Get("StatusCallback"); callback != "" && !twilio.IsHTTP(callback) {
		return twilio.BadRequest(21609, "The 'StatusCallback' URL "+callback+" is not a valid URL.")
	}
	if failure := magic[to]; failure.Status != 0 {
		return &failure
	}
	if s.optedOut(from, to) {
		return twilio.BadRequest(21610, "Attempt to send to unsubscribed recipient")
	}
	return nil
}

func (s *SMS) optedOut(from, to string) bool {
	t, known := s.book.Find(func(t *messaging.Thread) bool {
		return t.Channel == Channel && t.Inbox == from && t.Customer == to
	})
	return known && t.OptedOut
}

// send takes a message up, answers at once and delivers afterwards.
func (s *SMS) send(form url.Values, code int) messageResource {
	media, kind := form["MediaUrl"], "SM"
	if len(media) > 0 {
		kind = "MM"
	}
	at := time.Now()
	sid := twilio.NewSID(kind)
	m := messageResource{
		SID: sid, AccountSID: s.cfg.Account.SID, APIVersion: twilio.Version, Direction: "outbound-api", From: form.Get("From"),
		To: form.Get("To"), Body: form.Get("Body"), Status: "queued", NumMedia: strconv.Itoa(len(media)),
		NumSegments: strconv.Itoa(segments(form.Get("Body"))), PriceUnit: "USD", DateCreated: twilio.Date(at), DateUpdated: twilio.Date(at),
		URI:             fmt.Sprintf("/%s/Accounts/%s/Messages/%s.json", twilio.Version, s.cfg.Account.SID, sid),
		SubresourceURIs: map[string]string{"media": fmt.Sprintf("/%s/Accounts/%s/Messages/%s/Media.json", twilio.Version, s.cfg.Account.SID, sid)},
	}
	s.sent.put(m)
	if code == 0 {
		code = afterwards[m.To]
	}
	s.deliver(m, media, form.Get("StatusCallback"), code)
	return m
}

func (s *SMS) fetch(r *http.Request) (any, *twilio.Error) {
	m, known := s.sent.find(strings.TrimSuffix(r.PathValue("message"), ".json"))
	if !known {
		return nil, twilio.NotFound(r)
	}
	return m, nil
}

// mediaLife is how long the address lasts to which media is redirected when the account demands its credentials
// (https://www.twilio.com/docs/messaging/api/media-resource, https://help.twilio.com/articles/223183748).
const mediaLife = 4 * time.Hour

func (s *SMS) fetchMedia(w http.ResponseWriter, r *http.Request) {
	if !s.cfg.Account.Known(r) {
		w.Header().Set("WWW-Authenticate", `Basic realm="Twilio API"`)
		twilio.Fail(w, &twilio.Error{Status: http.StatusUnauthorized, Code: 20003, Message: "Authenticate"})
		return
	}
	file, known := s.sent.file(r.PathValue("message"), r.PathValue("media"))
	if !known {
		twilio.Fail(w, twilio.NotFound(r))
		return
	}
	http.Redirect(w, r, s.book.Files.Link(file, mediaLife), http.StatusTemporaryRedirect)
}
