// Package mediahook takes the media nodes' reports and passes them on to dispatch.
package mediahook

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"

	"guichet/shared/center"
	"guichet/shared/dispatch"
	"guichet/shared/mediaapi"
)

// maxBody is far above any report.
const maxBody = 16 << 10

// New returns the handler of mediaapi.EventPath.
func New(d *dispatch.Dispatcher, key mediaapi.Key, log *slog.Logger) http.Handler {
	log = log.With("component", "mediahook")
	mux := http.NewServeMux()
	mux.HandleFunc("POST "+mediaapi.EventPath, func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
		if err != nil {
			http.Error(w, "body too large or unreadable", bodyStatus(err))
			return
		}
		if err := key.VerifyEvent(r.Header.Get(mediaapi.SignatureHeader), body, d.Now()); err != nil {
			http.Error(w, err.Error(), http.StatusForbidden)
			return
		}
		var e mediaapi.Event
		if err := json.Unmarshal(body, &e); err != nil || e.AgentID == "" {
			http.Error(w, "body: a media event is expected", http.StatusUnprocessableEntity)
			return
		}
		if err := apply(r.Context(), d, e); err != nil {
			log.ErrorContext(r.Context(), "report failed", "event", e.ID, "type", e.Type, "contact", e.ContactID, "agent", e.AgentID, "error", err)
			http.Error(w, "internal error", http.StatusInternalServerError)
			return
		}
		w.WriteHeader(http.StatusNoContent)
	})
	return mux
}

func bodyStatus(err error) int {
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) {
		return http.StatusRequestEntityTooLarge
	}
	return http.StatusBadRequest
}

// apply does what a report asks for. Reports that come late or twice find a contact that has moved on, and change nothing.
func apply(ctx context.Context, d *dispatch.Dispatcher, e mediaapi.Event) error {
	err := error(nil)
	switch e.Type {
	case mediaapi.AgentJoined:
		err = d.AudioUp(ctx, e.AgentID, e.SessionID)
	case mediaapi.AgentLeft:
		err = d.AudioDown(ctx, e.AgentID, e.SessionID)
	case mediaapi.ContactJoined:
		err = d.Joined(ctx, e.ContactID, e.AgentID, e.At)
	case mediaapi.ContactParkExpired:
		err = d.MediaLost(ctx, e.ContactID, e.AgentID, true, e.At)
	case mediaapi.ContactPlayed:
		err = d.Played(ctx, e.ContactID, e.PlaybackID, e.Reason == mediaapi.PlayedFailed)
	case mediaapi.ContactLeft:
		if e.CallSID == "" { // no provider has the call: the customer was in the widget
			err = d.VisitorLineLeft(ctx, e.ContactID)
		}
		// A stream's end is told by Twilio, which knows whether the call goes on.
	case mediaapi.ContactParked:
		// changes nothing here
	}
	if center.CodeOf(err) != "" {
		return nil
	}
	return err
}
