package wsapi

import (
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"time"
)

// Management serves /@connections/{id} as the SDK's API Gateway Management API client calls it:
// https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-how-to-call-websocket-api-connections.html
// It checks no signature: it is for a listener that only this machine's own processes reach.
func (a *API) Management() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("POST /@connections/{id}", a.known(a.post))
	mux.HandleFunc("GET /@connections/{id}", a.known(get))
	mux.HandleFunc("DELETE /@connections/{id}", a.known(remove))
	return mux
}

func (a *API) known(next func(http.ResponseWriter, *http.Request, *connection)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		c, ok := a.find(r.PathValue("id"))
		if !ok {
			fail(w, http.StatusGone, "GoneException")
			return
		}
		next(w, r, c)
	}
}

func (a *API) post(w http.ResponseWriter, r *http.Request, c *connection) {
	message, err := io.ReadAll(http.MaxBytesReader(w, r.Body, a.limits.OutboundBytes))
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &tooLarge):
		fail(w, http.StatusRequestEntityTooLarge, "PayloadTooLargeException")
		return
	case err != nil:
		fail(w, http.StatusBadRequest, "BadRequestException")
		return
	}
	if err := c.send(r.Context(), message); err != nil {
		slog.Info("message not delivered", "component", "wsapi", "error", err)
		fail(w, http.StatusGone, "GoneException")
	}
}

func get(w http.ResponseWriter, _ *http.Request, c *connection) {
	c.mu.Lock()
	lastActive := c.lastActive
	c.mu.Unlock()
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(map[string]any{
		"connectedAt": c.connectedAt.UTC().Format(time.RFC3339Nano), "lastActiveAt": lastActive.UTC().Format(time.RFC3339Nano),
		"identity": map[string]string{"sourceIp": c.sourceIP(), "userAgent": c.request.UserAgent()},
	})
}

func remove(w http.ResponseWriter, _ *http.Request, c *connection) {
	c.end(deleted)
	w.WriteHeader(http.StatusNoContent)
}

func fail(w http.ResponseWriter, status int, kind string) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("X-Amzn-ErrorType", kind)
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(map[string]string{"message": http.StatusText(status)})
}
