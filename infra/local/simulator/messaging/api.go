package messaging

import (
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"strings"
	"time"
	"unicode/utf8"
)

// The bodies that the page sends, in bytes.
const (
	maxBody  = 64 << 10
	maxName  = 80 // characters
	maxCount = 1000
	maxAge   = 30 * 24 * time.Hour
)

// inboxView is an inbox as the page shows it.
type inboxView struct {
	Inbox
	Abilities Abilities `json:"can"`
	Faults    []string  `json:"faults"`
}

// API is what the page and tests do with the threads, as JSON below the prefix. Who may call it is the mount's business.
//
//	GET  /                        {inboxes, threads}
//	POST /threads                 {channel, inbox, customer, name} → thread; without a customer one is made up
//	GET  /threads/{id}            thread
//	POST /threads/{id}/write      {text, files, location, replyTo, payload, unsupported, ageSeconds} → message
//	POST /threads/{id}/elsewhere  the same, as the business from the provider's own inbox
//	POST /threads/{id}/react      {message, emoji} → message
//	POST /threads/{id}/edit       {message, text} → message
//	POST /threads/{id}/unsend     {message} → message
//	POST /threads/{id}/read       {}
//	POST /threads/{id}/repeat     {message} → {status}: its last webhook once more; without a message, the thread's
//	POST /files?name=             the content, with its Content-Type → file
//	GET  /files/{id}              the content
//	POST /faults                  {channel, failure, count}: the next messages of the product fail
func (b *Book) API(prefix string) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET "+prefix+"/{$}", b.list)
	mux.HandleFunc("GET "+prefix, b.list)
	mux.HandleFunc("POST "+prefix+"/threads", b.openThread)
	mux.HandleFunc("GET "+prefix+"/threads/{id}", func(w http.ResponseWriter, r *http.Request) {
		t, err := b.Thread(r.PathValue("id"))
		answer(w, http.StatusOK, t, err)
	})
	mux.HandleFunc("POST "+prefix+"/threads/{id}/repeat", func(w http.ResponseWriter, r *http.Request) {
		var ask struct{ Message string }
		if !read(w, r, &ask) {
			return
		}
		status, err := b.Repeat(r.Context(), r.PathValue("id"), ask.Message)
		answer(w, http.StatusOK, map[string]int{"status": status}, err)
	})
	mux.HandleFunc("POST "+prefix+"/threads/{id}/{act}", b.act)
	mux.HandleFunc("POST "+prefix+"/files", b.addFile)
	mux.HandleFunc("GET "+prefix+"/files/{id}", func(w http.ResponseWriter, r *http.Request) { b.Files.serve(w, r.PathValue("id")) })
	mux.HandleFunc("POST "+prefix+"/faults", b.failNext)
	return mux
}

// inboxes are those of every provider.
func (b *Book) inboxes() []inboxView {
	b.mu.Lock()
	defer b.mu.Unlock()
	views := []inboxView{}
	for _, p := range b.registered {
		for _, inbox := range p.Inboxes() {
			views = append(views, inboxView{inbox, p.Abilities(inbox.Channel), p.Faults(inbox.Channel)})
		}
	}
	return views
}

func (b *Book) list(w http.ResponseWriter, _ *http.Request) {
	threads, _ := b.Since(0)
	answer(w, http.StatusOK, map[string]any{"inboxes": b.inboxes(), "threads": threads}, nil)
}

func (b *Book) openThread(w http.ResponseWriter, r *http.Request) {
	var ask struct{ Channel, Inbox, Customer, Name string }
	if !read(w, r, &ask) {
		return
	}
	b.mu.Lock()
	p := b.providers[ask.Channel]
	b.mu.Unlock()
	if p == nil || !hasInbox(p, ask.Channel, ask.Inbox) {
		answer(w, 0, nil, ErrNoInbox)
		return
	}
	customer, err := p.Customer(ask.Channel, strings.ReplaceAll(ask.Customer, " ", ""))
	name := strings.TrimSpace(ask.Name)
	if err == nil && utf8.RuneCountInString(name) > maxName {
		err = ErrBadMessage
	}
	if err != nil {
		answer(w, 0, nil, err)
		return
	}
	answer(w, http.StatusCreated, b.OpenThread(ask.Channel, ask.Inbox, customer, name), nil)
}

func hasInbox(p Provider, channel, id string) bool {
	for _, inbox := range p.Inboxes() {
		if inbox.Channel == channel && inbox.ID == id {
			return true
		}
	}
	return false
}

func (b *Book) act(w http.ResponseWriter, r *http.Request) {
	var ask struct {
		Message, Text, Emoji, ReplyTo, Payload string
		Files                                  []string
		Location                               *Location
		Unsupported                            bool
		AgeSeconds                             int64
	}
	if !read(w, r, &ask) {
		return
	}
	age := time.Duration(ask.AgeSeconds) * time.Second
	if age < 0 || age > maxAge || utf8.RuneCountInString(ask.Emoji) > 8 {
		answer(w, 0, nil, ErrBadMessage)
		return
	}
	m := Message{
		ID: ask.Message, At: time.Now().Add(-age).UTC().Truncate(time.Millisecond), Text: ask.Text, Location: ask.Location,
		ReplyTo: ask.ReplyTo, Payload: ask.Payload, Unsupported: ask.Unsupported,
	}
	for _, id := range ask.Files {
		file, _, known := b.Files.Find(id)
		if !known {
			answer(w, 0, nil, ErrNoMessage)
			return
		}
		m.Files = append(m.Files, file)
	}
	kind := ActKind(r.PathValue("act"))
	switch kind {
	case ActWrite, ActElsewhere, ActReact, ActEdit, ActUnsend, ActRead:
	default:
		http.NotFound(w, r)
		return
	}
	m, err := b.Do(r.Context(), r.PathValue("id"), Act{Kind: kind, Message: m, Emoji: ask.Emoji})
	answer(w, http.StatusOK, m, err)
}

func (b *Book) addFile(w http.ResponseWriter, r *http.Request) {
	content, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxFile))
	if err != nil {
		answer(w, 0, nil, ErrTooLarge)
		return
	}
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil {
		kind = "application/octet-stream"
	}
	name := r.URL.Query().Get("name")
	if utf8.RuneCountInString(name) > maxName {
		answer(w, 0, nil, ErrBadMessage)
		return
	}
	file, err := b.Files.Add(name, kind, content)
	answer(w, http.StatusCreated, file, err)
}

func (b *Book) failNext(w http.ResponseWriter, r *http.Request) {
	var ask struct {
		Channel, Failure string
		Count            int
	}
	if !read(w, r, &ask) {
		return
	}
	err := b.FailNext(ask.Channel, ask.Failure, min(max(ask.Count, 0), maxCount))
	answer(w, http.StatusOK, map[string]int{"count": ask.Count}, err)
}

// read decodes a JSON body; when it cannot, it has answered.
func read(w http.ResponseWriter, r *http.Request, into any) bool {
	if kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type")); kind != "application/json" {
		write(w, http.StatusUnsupportedMediaType, map[string]string{"reason": "json", "detail": "the body is not application/json"})
		return false
	}
	if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, maxBody)).Decode(into); err != nil {
		write(w, http.StatusBadRequest, map[string]string{"reason": "json", "detail": err.Error()})
		return false
	}
	return true
}

// refusals are the errors that the page has sentences for.
var refusals = []struct {
	err    error
	status int
	reason string
}{
	{ErrNoThread, http.StatusNotFound, "thread"},
	{ErrNoMessage, http.StatusNotFound, "message"},
	{ErrNoInbox, http.StatusNotFound, "inbox"},
	{ErrBadCustomer, http.StatusUnprocessableEntity, "customer"},
	{ErrCannot, http.StatusUnprocessableEntity, "cannot"},
	{ErrBadMessage, http.StatusUnprocessableEntity, "text"},
	{ErrTooLarge, http.StatusRequestEntityTooLarge, "large"},
}

func answer(w http.ResponseWriter, status int, v any, err error) {
	if err == nil {
		write(w, status, v)
		return
	}
	for _, refusal := range refusals {
		if errors.Is(err, refusal.err) {
			write(w, refusal.status, map[string]string{"reason": refusal.reason, "detail": err.Error()})
			return
		}
	}
	write(w, http.StatusInternalServerError, map[string]string{"reason": "unknown", "detail": err.Error()})
}

func write(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(v) // the client is gone: nobody to tell
}
