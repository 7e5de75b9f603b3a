// Package openidtest signs in without a browser, for tests of a whole centre.
package openidtest

import (
	"testing"

	"guichet/infra/local/openid/signin"
)

// Token picks a person on the sign-in page of the origin's provider and returns an access token.
func Token(t testing.TB, origin, person string) string {
	t.Helper()
	token, err := signin.Token(t.Context(), origin, person)
	if err != nil {
		t.Fatal(err)
	}
	return token
}
