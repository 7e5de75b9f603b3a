package simulator

import (
	"crypto/subtle"
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"
)

// maxForm bounds the body of a REST call, in bytes.
const maxForm = 64 << 10

// API is the provider's REST API: the Calls resource of Twilio
// (https://www.twilio.com/docs/voice/api/call-resource). Mount it at the root of its own listener.
func (s *Simulator) API() http.Handler {
	mux := http.NewServeMux()
	const calls = "/" + apiVersion + "/Accounts/{account}/Calls"
	mux.HandleFunc("POST "+calls+".json", s.authenticated(s.createCall))
	mux.HandleFunc("GET "+calls+".json", s.authenticated(s.listCalls))
	mux.HandleFunc("GET "+calls+"/{call}", s.authenticated(s.fetchCall))
	mux.HandleFunc("POST "+calls+"/{call}", s.authenticated(s.updateCall))
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) { restFail(w, notFound(r)) })
	return mux
}

// restHandler returns what to answer, with 200 or, for the creation, 201.
type restHandler func(r *http.Request) (any, *restError)

func (s *Simulator) authenticated(handle restHandler) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		user, password, _ := r.BasicAuth()
		if !same(user, s.cfg.AccountSID) || !same(password, s.cfg.AuthToken) {
			w.Header().Set("WWW-Authenticate", `Basic realm="Twilio API"`)
			restFail(w, &restError{Status: http.StatusUnauthorized, Code: 20003, Message: "Authenticate"})
			return
		}
		if r.PathValue("account") != s.cfg.AccountSID {
			restFail(w, notFound(r))
			return
		}
		r.Body = http.MaxBytesReader(w, r.Body, maxForm)
		if err := r.ParseForm(); err != nil {
			restFail(w, &restError{Status: http.StatusBadRequest, Code: 20001, Message: "The form could not be read"})
			return
		}
		answer, failure := handle(r)
		if failure != nil {
			restFail(w, failure)
			return
		}
		status := http.StatusOK
		if r.Method == http.MethodPost && r.PathValue("call") == "" {
			status = http.StatusCreated
		}
		writeJSON(w, status, answer)
	}
}

func same(a, b string) bool { return subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1 }

// restError is the JSON of every failed REST call (https://www.twilio.com/docs/usage/twilios-response#error-and-exception-properties).
type restError struct {
	Code     int    `json:"code"`
	Message  string `json:"message"`
	MoreInfo string `json:"more_info"`
	Status   int    `json:"status"`
}

func badRequest(code int, message string) *restError {
	return &restError{Status: http.StatusBadRequest, Code: code, Message: message}
}

func notFound(r *http.Request) *restError {
	return &restError{
		Status: http.StatusNotFound, Code: 20404,
		Message: "The requested resource " + r.URL.Path + " was not found",
	}
}

func restFail(w http.ResponseWriter, e *restError) {
	e.MoreInfo = "https://www.twilio.com/docs/errors/" + strconv.Itoa(e.Code)
	writeJSON(w, e.Status, e)
}

func writeJSON(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(v) // the client is gone: nobody to tell
}

// isHTTP says whether a parameter is an absolute http or https URL.
func isHTTP(raw string) bool {
	u, err := url.Parse(raw)
	return err == nil && u.Host != "" && (u.Scheme == "http" || u.Scheme == "https")
}
