// Package csp is the dashboard's content security policy, for every front that serves the dashboard. It imports no CDK.
package csp

import "strings"

// Policy returns the value of the Content-Security-Policy header. The dashboard connects to its own origin and to
// those given ("https://host"): the OpenID provider.
//
// Scripts are never inline; inline styles are what the component library needs. 'self' covers WebSockets to the same
// host, https://www.w3.org/TR/CSP3/#match-url-to-source-expression.
func Policy(origins ...string) string {
	return strings.Join([]string{
		"default-src 'none'",
		"script-src 'self'",
		"style-src 'self' 'unsafe-inline'",
		"img-src 'self' data: blob:",
		"font-src 'self' data:",
		"media-src 'self' data: blob:",
		"worker-src 'self' blob:",
		"connect-src " + strings.Join(append([]string{"'self'"}, origins...), " "),
		"manifest-src 'self'",
		"form-action 'self'",
		"base-uri 'none'",
		"frame-ancestors 'none'",
	}, "; ")
}
