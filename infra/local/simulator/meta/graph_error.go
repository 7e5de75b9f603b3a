package meta

import (
	"crypto/rand"
	"encoding/json"
	"net/http"

	"guichet/infra/local/simulator/messaging"
)

// graphError is the JSON of every refused request
// (https://developers.facebook.com/docs/graph-api/guides/error-handling).
type graphError struct {
	status  int
	Message string `json:"message"`
	Type    string `json:"type"`
	Code    int    `json:"code"`
	Subcode int    `json:"error_subcode,omitempty"`
	TraceID string `json:"fbtrace_id"`
}

// The refusals of the Send API (https://developers.facebook.com/docs/messenger-platform/error-codes).
var (
	errToken     = refusal(http.StatusUnauthorized, 190, 0, "Invalid OAuth access token - Cannot parse access token")
	errPath      = refusal(http.StatusBadRequest, 100, 33, "Unsupported request. The object with this ID does not exist or cannot be reached with these permissions")
	errParameter = refusal(http.StatusBadRequest, 100, 0, "Invalid parameter")
	errEmpty     = refusal(http.StatusBadRequest, 100, 2018034, "Message cannot be empty, must provide valid attachment or text")
	errLong      = refusal(http.StatusBadRequest, 100, 0, "Length of param message[text] must be less than or equal to 2000")
	errUpload    = refusal(http.StatusBadRequest, 100, 2018047, "Upload attachment failure.")
	errLarge     = refusal(http.StatusBadRequest, 100, 2018109, "Attachment size exceeds allowable limit")
	errWindow    = refusal(http.StatusForbidden, 10, 2018278, "This message is sent outside of allowed window.")
	errBlocked   = refusal(http.StatusForbidden, 551, 1545041, "This person isn't available right now.")
	errNobody    = refusal(http.StatusBadRequest, 100, 2018001, "No matching user found")
	errThrottled = refusal(http.StatusBadRequest, 613, 0, "Calls to this api have exceeded the rate limit.")
	errTemporary = refusal(http.StatusInternalServerError, 1200, 0, "Temporary send message failure. Please try again later.")
	errInternal  = refusal(http.StatusInternalServerError, 2, 0, "An unexpected error has occurred. Please retry your request later.")
)

// Instagram has subcodes of its own for some of them.
var instagramSubcodes = map[int]int{2018278: 2534022, 2018001: 2534014}

func refusal(status, code, subcode int, text string) graphError {
	return graphError{status: status, Message: text, Type: "OAuthException", Code: code, Subcode: subcode}
}

// onDemand are the failures that can be asked for.
var onDemand = map[string]graphError{
	"throttled": errThrottled, "temporary": errTemporary, "unavailable": errInternal, "window": errWindow, "blocked": errBlocked,
	"unauthorized": errToken,
}

// Faults implements messaging.Provider.
func (m *Meta) Faults(string) []string {
	return []string{"throttled", "temporary", "unavailable", "window", "blocked", "unauthorized", messaging.FaultLost}
}

func fail(w http.ResponseWriter, channel string, e graphError) {
	if other, known := instagramSubcodes[e.Subcode]; known && channel == Instagram {
		e.Subcode = other
	}
	e.TraceID = "A" + rand.Text()[:22]
	respond(w, e.status, map[string]graphError{"error": e})
}

func respond(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json; charset=UTF-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(v) // the client is gone: nobody to tell
}
