// Package signed reads what the control plane posts to a node: JSON that counts only if its signature does. It knows
// nothing of what is asked for.
package signed

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"time"

	"guichet/media-node/internal/problem"
	"guichet/shared/mediaapi"
)

// maxBody is the bytes of a request: ids, an action, and a signed link with the session token of who signed it.
const maxBody = 8 << 10

// Verify checks a signature header against a body; see mediaapi.Key.
type Verify func(header string, body []byte, now time.Time) error

// Read returns the body of a request. When it is too long (413), not signed (403) or not understood (422), Read has
// answered and returns false. Otherwise the request has its body still, for another node to read.
func Read[T any](w http.ResponseWriter, r *http.Request, verify Verify, now time.Time) (T, bool) {
	var got T
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	if tooLarge := new(http.MaxBytesError); errors.As(err, &tooLarge) {
		problem.Write(w, http.StatusRequestEntityTooLarge, "the body is too large")
		return got, false
	}
	if err != nil {
		problem.Write(w, http.StatusBadRequest, "the body could not be read")
		return got, false
	}
	if err := verify(r.Header.Get(mediaapi.SignatureHeader), body, now); err != nil {
		problem.Write(w, http.StatusForbidden, err.Error())
		return got, false
	}
	if err := json.Unmarshal(body, &got); err != nil {
		problem.Write(w, http.StatusUnprocessableEntity, "the body is not what was expected")
		return got, false
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	return got, true
}
