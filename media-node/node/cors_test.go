package node_test

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const elsewhere = "https://shop.example"

func TestPreflightFromAnotherSite(t *testing.T) {
	t.Parallel()
	f := start(t)
	for path, method := range map[string]string{"/media/whip": "POST", "/media/whip/ses_1": "PATCH"} {
		res, _ := f.do(http.MethodOptions, path, "", map[string]string{
			"Origin": elsewhere, "Access-Control-Request-Method": method, "Access-Control-Request-Headers": "authorization,content-type,if-match",
		})
		assert.Equal(t, http.StatusNoContent, res.StatusCode, path)
		for header, want := range map[string]string{
			"Access-Control-Allow-Origin":  "*",
			"Access-Control-Allow-Methods": "POST, PATCH, DELETE, OPTIONS",
			"Access-Control-Allow-Headers": "Authorization, Content-Type, If-Match",
			"Access-Control-Max-Age":       "86400",
		} {
			assert.Equal(t, want, res.Header.Get(header), path)
		}
		assert.Empty(t, res.Header.Get("Access-Control-Allow-Credentials"), "nothing goes by cookies")
	}
}

func TestEveryAnswerIsReadableFromAnotherSite(t *testing.T) {
	t.Parallel()
	f := start(t)
	opened, answer := f.do("POST", "/media/whip", f.browser().offer(500), withOrigin(whipHeaders(f.visitorTicket("ctc_1", 30))))
	require.Equal(t, http.StatusCreated, opened.StatusCode, answer)
	unauthorized, _ := f.do("POST", "/media/whip", "", withOrigin(nil))
	notAllowed, _ := f.do("GET", "/media/whip", "", withOrigin(nil))
	notFound, _ := f.do("DELETE", "/media/whip/ses_1", "", withOrigin(map[string]string{"Authorization": "Bearer x"}))
	nowhere, _ := f.do("GET", "/media/whip/ses_1/more", "", withOrigin(nil))
	for status, res := range map[int]*http.Response{201: opened, 401: unauthorized, 405: notAllowed, 404: notFound} {
		assert.Equal(t, status, res.StatusCode)
		assert.Equal(t, "*", res.Header.Get("Access-Control-Allow-Origin"), status)
		assert.Equal(t, "Location, ETag, Accept-Patch, Retry-After", res.Header.Get("Access-Control-Expose-Headers"), status)
	}
	assert.Equal(t, http.StatusNotFound, nowhere.StatusCode)
	assert.Equal(t, "*", nowhere.Header.Get("Access-Control-Allow-Origin"))

	other, _ := f.do("GET", "/media/healthz", "", withOrigin(nil))
	assert.Empty(t, other.Header.Get("Access-Control-Allow-Origin"), "WHIP alone")
}

func withOrigin(headers map[string]string) map[string]string {
	all := map[string]string{"Origin": elsewhere}
	for k, v := range headers {
		all[k] = v
	}
	return all
}
