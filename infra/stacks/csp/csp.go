// Package csp is the dashboard's content security policy, for every front that serves the dashboard. It imports no CDK.
package csp

import "strings"

// Policy returns the value of the Content-Security-Policy header. The dashboard connects to its own origin and to
// those given ("https://host"): the OpenID provider. It also shows files from where those are kept; empty: here.
//
// Scripts are never inline; inline styles are what the component library needs. 'self' covers WebSockets to the same
// host, https://www.w3.org/TR/CSP3/#match-url-to-source-expression.
func Policy(files string, origins ...string) string {
	if files != "" {
		files = " " + files
	}
	return strings.Join([]string{
		"default-src 'none'",
		"script-src 'self'",
		"style-src 'self' 'unsafe-inline'",
		"img-src 'self' data: blob:" + files,
		"font-src 'self' data:",
		"media-src 'self' data: blob:" + files,
		"worker-src 'self' blob:",
		"connect-src " + strings.Join(append([]string{"'self'"}, origins...), " ") + files,
		"manifest-src 'self'",
		"form-action 'self'",
		"base-uri 'none'",
		"frame-ancestors 'none'",
	}, "; ")
}
