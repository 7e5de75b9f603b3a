package csp_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"guichet/infra/stacks/csp"
)

func TestPolicyAllowsNoForeignScript(t *testing.T) {
	t.Parallel()
	directives := map[string]string{}
	for _, directive := range strings.Split(csp.Policy("https://files.example.com", "https://id.example.com"), "; ") {
		name, sources, _ := strings.Cut(directive, " ")
		directives[name] = sources
	}
	assert.Equal(t, "'self'", directives["script-src"])
	assert.Equal(t, "'none'", directives["default-src"])
	assert.Equal(t, "'none'", directives["frame-ancestors"])
	assert.Equal(t, "'self' https://id.example.com https://files.example.com", directives["connect-src"])
	assert.Equal(t, "'self' data: blob: https://files.example.com", directives["img-src"])
	assert.NotContains(t, csp.Policy(""), "  ", "where files are here")
}
