// Package command takes what the control plane wants done with calls. It reads commands and finds their call; what they
// do to it is the bridge's.
package command

import (
	"log/slog"
	"net/http"
	"time"

	"guichet/media-node/internal/bridge"
	"guichet/media-node/internal/problem"
	"guichet/media-node/internal/reactor"
	"guichet/media-node/internal/signed"
	"guichet/shared/mediaapi"
)

// Server answers commands.
type Server struct {
	Loop  *reactor.Loop
	Calls *bridge.Bridge
	Key   mediaapi.Key
	// Now is the wall clock, for signatures.
	Now func() time.Time
	Log *slog.Logger
	// Pass has the node answer that has the contact's call, and returns false when none has. Nil on a node that is alone, and
	// for what others have passed on.
	Pass func(w http.ResponseWriter, r *http.Request, contactID string) bool
}

// Register mounts the commands of every call below mediaapi.CallPath.
func (s *Server) Register(mux *http.ServeMux) {
	mux.HandleFunc("POST "+mediaapi.CallCommandPath("{contact}"), s.serve)
}

func (s *Server) serve(w http.ResponseWriter, r *http.Request) {
	c, ok := signed.Read[mediaapi.Command](w, r, s.Key.VerifyCommand, s.Now())
	if !ok {
		return
	}
	if c.ContactID != r.PathValue("contact") {
		problem.Write(w, http.StatusUnprocessableEntity, "the body names another contact, or none")
		return
	}
	do, err := effect(c)
	if err != nil {
		problem.Write(w, http.StatusUnprocessableEntity, err.Error())
		return
	}
	var call *bridge.Call
	var refusal error
	err = s.Loop.Do(func() {
		if call = s.Calls.Call(c.ContactID); call != nil {
			refusal = do(call)
		}
	})
	if err == nil && call == nil && s.Pass != nil && s.Pass(w, r, c.ContactID) {
		return
	}
	if err != nil || call == nil {
		problem.Write(w, http.StatusNotFound, "no call of that contact here")
		return
	}
	if refusal != nil {
		problem.Write(w, http.StatusUnprocessableEntity, refusal.Error())
		return
	}
	s.Log.Info("command", "action", c.Action, "contact", c.ContactID)
	w.WriteHeader(http.StatusNoContent)
}
