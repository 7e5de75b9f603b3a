package whip

import "net/http"

// preflightAge is how long browsers may remember what cors allows, in seconds: Firefox's limit, Chrome's is two hours.
const preflightAge = "86400"

// cors lets pages of every origin in (RFC 9725, section 4.2; https://fetch.spec.whatwg.org/#http-cors-protocol): a webchat
// runs on other people's sites. Nothing here goes by cookies, so a foreign page can do no more than whoever has the ticket.
func cors(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Access-Control-Allow-Origin", "*")
		h.Set("Access-Control-Expose-Headers", "Location, ETag, Accept-Patch, Retry-After")
		if r.Method == http.MethodOptions {
			h.Set("Access-Control-Allow-Methods", "POST, PATCH, DELETE, OPTIONS")
			h.Set("Access-Control-Allow-Headers", "Authorization, Content-Type, If-Match")
			h.Set("Access-Control-Max-Age", preflightAge)
		}
		next.ServeHTTP(w, r)
	})
}
