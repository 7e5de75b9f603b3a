package objects

import (
	"net/http"
	"slices"
	"strings"
)

// The rule is the one of the bucket on AWS (newFiles in infra/stacks/data.go), so that a page of another origin, a shop's
// with the webchat widget, may do here what it may there and no more: any origin, these methods, these headers.
var (
	corsMethods = []string{http.MethodGet, http.MethodPut}
	corsHeaders = []string{"content-type"}
)

const (
	corsMaxAge     = "3600" // seconds
	corsNotAllowed = "CORSResponse: This CORS request is not allowed. This is usually because the evaluation of Origin, " +
		"request method / Access-Control-Request-Method or Access-Control-Request-Headers are not whitelisted by the resource's CORS spec."
)

// preflight answers a browser that asks what a page of another origin may do
// (https://docs.aws.amazon.com/AmazonS3/latest/API/RESTOPTIONSobject.html). It is not signed.
func preflight(w http.ResponseWriter, r *http.Request) {
	switch method := r.Header.Get("Access-Control-Request-Method"); {
	case r.Header.Get("Origin") == "":
		refuse(w, http.StatusBadRequest, "BadRequest", "Insufficient information. Origin request header needed.")
	case method == "":
		refuse(w, http.StatusBadRequest, "BadRequest", "Invalid Access-Control-Request-Method: null")
	case !slices.Contains(corsMethods, method) || !headersAllowed(asked(r)):
		refuse(w, http.StatusForbidden, "AccessForbidden", corsNotAllowed)
	default:
		w.WriteHeader(http.StatusOK)
	}
}

// allowOrigin sets what lets a page of another origin see the answer, an error too. The library's own headers let every
// page see everything.
func allowOrigin(header http.Header, r *http.Request) {
	for _, name := range []string{"Origin", "Methods", "Headers"} {
		header.Del("Access-Control-Allow-" + name)
	}
	method := r.Method
	if method == http.MethodOptions {
		method = r.Header.Get("Access-Control-Request-Method")
	}
	if r.Header.Get("Origin") == "" || !slices.Contains(corsMethods, method) || !headersAllowed(asked(r)) {
		return
	}
	header.Set("Access-Control-Allow-Origin", "*")
	header.Set("Access-Control-Allow-Methods", strings.Join(corsMethods, ", "))
	header.Set("Access-Control-Max-Age", corsMaxAge)
	header.Set("Vary", "Origin, Access-Control-Request-Headers, Access-Control-Request-Method")
	if names := asked(r); len(names) > 0 {
		header.Set("Access-Control-Allow-Headers", strings.Join(names, ", "))
	}
}

// asked is the headers that a preflight names, in lower case.
func asked(r *http.Request) []string {
	return strings.FieldsFunc(strings.ToLower(r.Header.Get("Access-Control-Request-Headers")), func(c rune) bool {
		return c == ',' || c == ' '
	})
}

func headersAllowed(names []string) bool {
	return !slices.ContainsFunc(names, func(name string) bool { return !slices.Contains(corsHeaders, name) })
}
