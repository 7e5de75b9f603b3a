package simulator

import (
	"encoding/json"
	"net/http"

	"guichet/infra/local/simulator/twilio"
)

// API is the provider's REST API: Twilio's Calls (https://www.twilio.com/docs/voice/api/call-resource) and Recordings
// (https://www.twilio.com/docs/voice/api/recording). Mount it at the root of its own listener.
func (s *Simulator) API() http.Handler {
	mux := http.NewServeMux()
	const (
		account    = "/" + twilio.Version + "/Accounts/{account}"
		calls      = account + "/Calls"
		recordings = account + "/Recordings/{recording}"
	)
	mux.HandleFunc("POST "+calls+".json", s.account.Authenticated(http.StatusCreated, s.createCall))
	mux.HandleFunc("GET "+calls+".json", s.account.Authenticated(http.StatusOK, s.listCalls))
	mux.HandleFunc("GET "+calls+"/{call}", s.account.Authenticated(http.StatusOK, s.fetchCall))
	mux.HandleFunc("POST "+calls+"/{call}", s.account.Authenticated(http.StatusOK, s.updateCall))
	mux.HandleFunc("GET "+recordings, s.account.Guarded(s.fetchRecording))
	mux.HandleFunc("DELETE "+recordings, s.account.Guarded(s.deleteRecording))
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) { twilio.Fail(w, twilio.NotFound(r)) })
	return mux
}

// writeJSON answers the page.
func writeJSON(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(v) // the client is gone: nobody to tell
}
