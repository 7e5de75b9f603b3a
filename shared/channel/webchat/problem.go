package webchat

import (
	"encoding/json"
	"errors"
	"math"
	"net/http"
	"strconv"
	"time"

	"guichet/shared/center"
)

// problem is what a request is refused with, as RFC 9457 has it.
type problem struct {
	Type   string `json:"type"`
	Title  string `json:"title"`
	Status int    `json:"status"`
	Detail string `json:"detail,omitempty"`

	wait time.Duration // until it is worth trying again
}

func (p *problem) Error() string { return p.Detail }

func newProblem(status int, slug, detail string) *problem {
	return &problem{Type: "/problems/" + slug, Title: http.StatusText(status), Status: status, Detail: detail}
}

func tooMany(wait time.Duration) *problem {
	p := newProblem(http.StatusTooManyRequests, "too-many-requests", "that was often; wait a moment")
	p.wait = wait
	return p
}

// asProblem renders an error. What is no domain error is internal, and its text stays hidden.
func asProblem(err error) *problem {
	var ready *problem
	if errors.As(err, &ready) {
		return ready
	}
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) {
		return newProblem(http.StatusRequestEntityTooLarge, "too-large", "the request is longer than it may be")
	}
	var e *center.Error
	if !errors.As(err, &e) {
		return newProblem(http.StatusInternalServerError, "internal", "something broke on our side; try again")
	}
	return newProblem(statusOf(e.Code), e.Slug, e.Detail)
}

func statusOf(code center.Code) int {
	switch code {
	case center.NotFound:
		return http.StatusNotFound
	case center.Conflict:
		return http.StatusConflict
	case center.Forbidden:
		return http.StatusForbidden
	case center.Invalid:
	}
	return http.StatusUnprocessableEntity
}

func (p *problem) write(w http.ResponseWriter) {
	if p.wait > 0 {
		w.Header().Set("Retry-After", strconv.Itoa(int(math.Ceil(p.wait.Seconds()))))
	}
	respond(w, p.Status, "application/problem+json", p)
}

func respond(w http.ResponseWriter, status int, mediaType string, body any) {
	w.Header().Set("Content-Type", mediaType)
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body)
}
