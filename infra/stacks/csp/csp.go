// Package csp is the dashboard's content security policy, for every front that serves the dashboard. It imports no CDK.
package csp

import "strings"

// Policy returns the value of the Content-Security-Policy header. The dashboard talks to its own origin and to the
// given ones (https://host): the OpenID provider.
//
// Inline styles are allowed because the component library positions what it draws by style attributes; scripts are
// never inline. 'self' covers wss: to the same host, https://www.w3.org/TR/CSP3/#match-url-to-source-expression.
func Policy(providers ...string) string {
	return strings.Join([]string{
		"default-src 'none'",
		"script-src 'self'",
		"style-src 'self' 'unsafe-inline'",
		"img-src 'self' data:",
		"font-src 'self' data:",
		"media-src 'self' blob:",
		"connect-src " + strings.Join(append([]string{"'self'"}, providers...), " "),
		"manifest-src 'self'",
		"base-uri 'none'",
		"form-action 'none'",
		"frame-ancestors 'none'",
		"object-src 'none'",
	}, "; ")
}
