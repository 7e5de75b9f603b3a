// Package voice answers Twilio's voice webhooks with TwiML. It translates; what happens to a call is dispatch's business.
package voice

import (
	"cmp"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/url"

	"guichet/shared/center"
	"guichet/shared/dispatch"
	"guichet/shared/logline"
	"guichet/shared/store"
	"guichet/shared/telephony"
)

// provider is Twilio's name in the ids of its calls' contacts.
const provider = "twilio"

// maxBody is far above any webhook of Twilio's.
const maxBody = 64 << 10

// Handler serves the paths of shared/telephony under /twilio/voice/.
type Handler struct {
	mux        *http.ServeMux
	dispatcher *dispatch.Dispatcher
	validator  *telephony.Validator
	publicURL  string
	log        *slog.Logger
}

// New returns the handler. publicURL is what Twilio was given as the webhooks' origin.
func New(d *dispatch.Dispatcher, v *telephony.Validator, publicURL string, log *slog.Logger) *Handler {
	h := &Handler{mux: http.NewServeMux(), dispatcher: d, validator: v, publicURL: publicURL, log: log.With("component", "voice")}
	h.route(telephony.PathIncoming, h.incoming)
	h.route(telephony.PathStatus, h.status)
	h.route(telephony.PathAnswered, h.answered)
	h.route(telephony.PathMachine, h.machine)
	h.route(telephony.PathGuestAnswered, h.guestAnswered)
	h.route(telephony.PathGuestStatus, h.guestStatus)
	h.route(telephony.PathNext, h.next)
	h.route(telephony.PathKey, h.key)
	h.route(telephony.PathWait, h.wait)
	h.route(telephony.PathLeft, h.left)
	h.route(telephony.PathAfterStream, h.afterStream)
	h.route(telephony.PathRecorded, h.recorded)
	h.route(telephony.PathVoicemail, h.voicemail)
	return h
}

func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) { h.mux.ServeHTTP(w, r) }

// webhook is one request of Twilio's, its signature checked.
type webhook struct {
	*http.Request
	form url.Values
}

// contact is the contact that the address names.
func (w webhook) contact() string { return w.URL.Query().Get("contact") }

// arrival reads the standard parameters (https://www.twilio.com/docs/voice/twiml#request-parameters).
// What the number stands for is the directory's to know.
func (w webhook) arrival(dir *store.Directory) dispatch.Arrival {
	to := w.form.Get("To")
	a := dispatch.Arrival{
		Provider: provider, CallSID: w.form.Get("CallSid"), To: to, CallerName: w.form.Get("CallerName"),
		QueueID: dir.Numbers[to], LineOf: dir.Lines[to].AgentID,
	}
	if from := w.form.Get("From"); center.E164(from) {
		a.From = from
	}
	return a
}

// route answers POSTs with the TwiML that serve returns. An unsigned request gets 403 before anything is read or written.
func (h *Handler) route(path string, serve func(webhook) (string, error)) {
	h.mux.HandleFunc("POST "+path, func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
		if err != nil {
			refuse(w, err)
			return
		}
		if !h.validator.Valid(r, body) {
			http.Error(w, "signature missing or wrong", http.StatusForbidden)
			return
		}
		form, err := url.ParseQuery(string(body))
		if err != nil || form.Get("CallSid") == "" {
			http.Error(w, "body: a form with CallSid is expected", http.StatusUnprocessableEntity)
			return
		}
		doc, err := serve(webhook{r, form})
		if err != nil {
			h.log.ErrorContext(r.Context(), "webhook failed", "path", path, "call", form.Get("CallSid"), logline.Contact, contactOf(r, form), "error", err)
			http.Error(w, "internal error", http.StatusInternalServerError)
			return
		}
		w.Header().Set("Content-Type", "text/xml; charset=utf-8")
		_, _ = io.WriteString(w, doc)
	})
}

// contactOf is the contact that a request is about: the one that its address names, or that of the call.
func contactOf(r *http.Request, form url.Values) string {
	return cmp.Or(webhook{Request: r}.contact(), center.ContactIDOf(provider, form.Get("CallSid")))
}

func refuse(w http.ResponseWriter, err error) {
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) {
		http.Error(w, "body too large", http.StatusRequestEntityTooLarge)
		return
	}
	http.Error(w, "body unreadable", http.StatusBadRequest)
}

// say speaks in the queue's language.
func say(q center.Queue, what func(announcements) []string) telephony.Say {
	a := announcementsIn(q.Language)
	return telephony.Say{Language: a.language, Sentences: what(a)}
}
