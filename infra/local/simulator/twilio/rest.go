package twilio

import (
	"crypto/subtle"
	"encoding/json"
	"net/http"
	"strconv"
)

// maxForm bounds the body of a REST call, in bytes.
const maxForm = 64 << 10

// Handler answers a REST call with a resource, or refuses it.
type Handler func(r *http.Request) (any, *Error)

// Authenticated lets the account's calls pass, and answers what the handler returns with the status.
func (a Account) Authenticated(status int, handle Handler) http.HandlerFunc {
	return a.Guarded(func(w http.ResponseWriter, r *http.Request) {
		answer, failure := handle(r)
		if failure != nil {
			Fail(w, failure)
			return
		}
		WriteJSON(w, status, answer)
	})
}

// Guarded lets the account's calls pass, with their forms parsed.
func (a Account) Guarded(next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if !a.Known(r) {
			w.Header().Set("WWW-Authenticate", `Basic realm="Twilio API"`)
			Fail(w, &Error{Status: http.StatusUnauthorized, Code: 20003, Message: "Authenticate"})
			return
		}
		if r.PathValue("account") != a.SID {
			Fail(w, NotFound(r))
			return
		}
		r.Body = http.MaxBytesReader(w, r.Body, maxForm)
		if err := r.ParseForm(); err != nil {
			Fail(w, &Error{Status: http.StatusBadRequest, Code: 20001, Message: "The form could not be read"})
			return
		}
		next(w, r)
	}
}

// Known tells whether the request has the account's credentials.
func (a Account) Known(r *http.Request) bool {
	user, password, _ := r.BasicAuth()
	return same(user, a.SID) && same(password, a.AuthToken)
}

func same(a, b string) bool { return subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1 }

// Error is the JSON of every failed REST call (https://www.twilio.com/docs/usage/twilios-response#error-and-exception-properties).
type Error struct {
	Code     int    `json:"code"`
	Message  string `json:"message"`
	MoreInfo string `json:"more_info"`
	Status   int    `json:"status"`
}

// BadRequest is an error of the caller's.
func BadRequest(code int, message string) *Error {
	return &Error{Status: http.StatusBadRequest, Code: code, Message: message}
}

// NotFound is the error of a path that names nothing.
func NotFound(r *http.Request) *Error {
	return &Error{
		Status: http.StatusNotFound, Code: 20404,
		Message: "The requested resource " + r.URL.Path + " was not found",
	}
}

// Fail answers an error.
func Fail(w http.ResponseWriter, e *Error) {
	e.MoreInfo = "https://www.twilio.com/docs/errors/" + strconv.Itoa(e.Code)
	WriteJSON(w, e.Status, e)
}

// WriteJSON answers a resource.
func WriteJSON(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(v) // the client is gone: nobody to tell
}
