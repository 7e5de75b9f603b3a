package webchat

import (
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"strings"

	"guichet/shared/center"
	"guichet/shared/channel"
	"guichet/shared/store"
)

// maxBody is far above any request of the widget's; files go straight to the object store.
const maxBody = 64 << 10

// visit is one request of a visitor's.
type visit struct {
	*http.Request
	session
	widget    center.Widget
	directory *store.Directory
	receiver  channel.Receiver
}

// answer is what a request is answered with: a value that is sent as JSON, or nil for nothing.
type answer = any

// Routes implements channel.Channel. {key} is the widget's.
func (c *Channel) Routes(router channel.Router, receiver channel.Receiver) {
	router.Handle("OPTIONS /{key}/{resource...}", c.open(receiver, func(visit) (answer, error) { return nil, nil }))
	router.Handle("GET /{key}/widget", c.open(receiver, c.getWidget))
	router.Handle("POST /{key}/sessions", c.open(receiver, c.postSession))
	for pattern, route := range map[string]struct {
		class
		serve func(visit) (answer, error)
	}{
		"GET /{key}/messages":     {reads, c.getMessages},
		"POST /{key}/messages":    {writes, c.postMessage},
		"POST /{key}/read":        {signals, c.postRead},
		"POST /{key}/typing":      {signals, c.postTyping},
		"POST /{key}/profile":     {signals, c.postProfile},
		"POST /{key}/files":       {uploads, c.postFile},
		"GET /{key}/files/{id}":   {reads, c.getFile},
		"POST /{key}/tickets":     {reads, c.postTicket},
		"POST /{key}/call/answer": {signals, c.postAnswer},
		"POST /{key}/call/end":    {signals, c.postEnd},
	} {
		router.Handle(pattern, c.open(receiver, c.signedIn(route.class, route.serve)))
	}
}

// open serves pages of the origins that may embed the widget.
func (c *Channel) open(receiver channel.Receiver, serve func(visit) (answer, error)) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.Body = http.MaxBytesReader(w, r.Body, maxBody)
		v := visit{Request: r, receiver: receiver}
		a, err := c.admit(w, &v, serve)
		switch {
		case err != nil:
			p := asProblem(err)
			if p.Status >= http.StatusInternalServerError {
				var chat string
				if s, ok := c.sessionOf(v); ok {
					chat = chatID(s)
				}
				c.Log.ErrorContext(r.Context(), "request failed", "method", r.Method, "pattern", r.Pattern, "chat", chat, "error", err)
			}
			p.write(w)
		case a == nil:
			w.WriteHeader(http.StatusNoContent)
		default:
			respond(w, http.StatusOK, "application/json", a)
		}
	})
}

func (c *Channel) admit(w http.ResponseWriter, v *visit, serve func(visit) (answer, error)) (answer, error) {
	dir, err := c.Directories.Directory(v.Context())
	if err != nil {
		return nil, err
	}
	v.directory, v.Widget = dir, v.PathValue("key")
	if _, ok := dir.Inboxes[store.InboxKey(Name, v.Widget)]; !ok {
		return nil, center.Errorf(center.NotFound, "widget-unknown", "there is no such widget")
	}
	v.widget = dir.Widgets[v.Widget] // one without a record has the defaults
	w.Header().Set("Cache-Control", "no-store")
	if err := allowOrigin(w.Header(), v); err != nil {
		return nil, err
	}
	return serve(*v)
}

// allowOrigin lets a page of another origin read the answer, if it may embed the widget; the centre's own pages always may.
func allowOrigin(h http.Header, v *visit) error {
	h.Add("Vary", "Origin")
	origin := v.Header.Get("Origin")
	if origin == "" {
		return nil // no browser, or a page of our own: the session says who it is
	}
	if !v.widget.Allows(origin) && !own(origin, v.Request) {
		return center.Errorf(center.Forbidden, "origin-not-allowed", "pages of this site may not embed the widget")
	}
	h.Set("Access-Control-Allow-Origin", origin)
	h.Set("Access-Control-Expose-Headers", "Retry-After")
	if v.Method == http.MethodOptions {
		h.Set("Access-Control-Allow-Methods", "GET, POST")
		h.Set("Access-Control-Allow-Headers", "Authorization, Content-Type")
		h.Set("Access-Control-Max-Age", "7200") // no browser remembers it for longer
	}
	return nil
}

func own(origin string, r *http.Request) bool {
	host := r.Header.Get("X-Forwarded-Host")
	if host == "" {
		host = r.Host
	}
	u, err := url.Parse(origin)
	return err == nil && strings.EqualFold(u.Host, host)
}

// signedIn serves visitors with a session, so often.
func (c *Channel) signedIn(what class, serve func(visit) (answer, error)) func(visit) (answer, error) {
	return func(v visit) (answer, error) {
		s, ok := c.sessionOf(v)
		if !ok {
			return nil, newProblem(http.StatusUnauthorized, "session-unknown", "start a new session")
		}
		v.session = s
		wait, err := c.allow(v.Context(), what, s.Visitor, c.address(v.Request))
		if err != nil {
			return nil, err
		}
		if wait > 0 {
			return nil, tooMany(wait)
		}
		return serve(v)
	}
}

// sessionOf reads the session's token.
func (c *Channel) sessionOf(v visit) (session, bool) {
	token, ok := strings.CutPrefix(v.Header.Get("Authorization"), "Bearer ")
	if !ok {
		return session{}, false
	}
	return c.sessions.verify(token, v.Widget, c.Now())
}

// decode reads a request's body.
func decode[T any](v visit) (T, error) {
	var body T
	err := json.NewDecoder(v.Body).Decode(&body)
	var tooLarge *http.MaxBytesError
	if err == nil || errors.As(err, &tooLarge) {
		return body, err
	}
	return body, center.Errorf(center.Invalid, "body-invalid", "the body is not the JSON that is expected")
}
