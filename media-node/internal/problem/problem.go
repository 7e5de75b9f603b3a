// Package problem writes RFC 9457 error answers.
package problem

import (
	"encoding/json"
	"net/http"
)

// Write answers with a problem document whose title is the status's own text.
func Write(w http.ResponseWriter, status int, detail string) {
	w.Header().Set("Content-Type", "application/problem+json")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	body, _ := json.Marshal(struct { // strings and a number always have a JSON form
		Title  string `json:"title"`
		Status int    `json:"status"`
		Detail string `json:"detail"`
	}{http.StatusText(status), status, detail})
	_, _ = w.Write(body)
}
