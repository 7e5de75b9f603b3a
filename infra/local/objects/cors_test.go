package objects_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/infra/local/objects"
)

// links are those that a widget on the page of a shop gets.
func links(t *testing.T) (put, get string) {
	t.Helper()
	_, made, _ := open(t, t.TempDir())
	presign := s3.NewPresignClient(made)
	key := aws.String("files/fl_1")
	p, err := presign.PresignPutObject(t.Context(), &s3.PutObjectInput{
		Bucket: aws.String(objects.Bucket), Key: key, ContentType: aws.String("image/png"), ContentLength: aws.Int64(4),
	})
	require.NoError(t, err)
	g, err := presign.PresignGetObject(t.Context(), &s3.GetObjectInput{Bucket: aws.String(objects.Bucket), Key: key})
	require.NoError(t, err)
	return p.URL, g.URL
}

// TestPreflights has the answers of the bucket on AWS for its rule.
func TestPreflights(t *testing.T) {
	t.Parallel()
	put, _ := links(t)
	for name, c := range map[string]struct {
		origin, method, headers string
		status                  int
		allowed, code           string
	}{
		"an upload":          {"https://shop.example", "PUT", "content-type", http.StatusOK, "content-type", ""},
		"spelled otherwise":  {"https://shop.example", "PUT", "Content-Type", http.StatusOK, "content-type", ""},
		"a page from a file": {"null", "PUT", "content-type", http.StatusOK, "content-type", ""},
		"without headers":    {"https://shop.example", "GET", "", http.StatusOK, "", ""},
		"another method":     {"https://shop.example", "DELETE", "", http.StatusForbidden, "", "AccessForbidden"},
		"looking only":       {"https://shop.example", "HEAD", "", http.StatusForbidden, "", "AccessForbidden"},
		"another header":     {"https://shop.example", "PUT", "content-type, x-amz-acl", http.StatusForbidden, "", "AccessForbidden"},
		"no origin":          {"", "PUT", "content-type", http.StatusBadRequest, "", "Origin request header needed"},
		"no method":          {"https://shop.example", "", "", http.StatusBadRequest, "", "Invalid Access-Control-Request-Method"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			asks := http.Header{}
			for header, value := range map[string]string{
				"Origin": c.origin, "Access-Control-Request-Method": c.method, "Access-Control-Request-Headers": c.headers,
			} {
				if value != "" {
					asks.Set(header, value)
				}
			}
			status, body, header := send(t, http.MethodOptions, put, "", asks)
			require.Equal(t, c.status, status, body)
			assert.Equal(t, c.allowed, header.Get("Access-Control-Allow-Headers"))
			if c.code != "" {
				assert.Contains(t, body, c.code)
				assert.Empty(t, header.Get("Access-Control-Allow-Origin"))
				return
			}
			assert.Equal(t, "*", header.Get("Access-Control-Allow-Origin"))
			assert.Equal(t, "GET, PUT", header.Get("Access-Control-Allow-Methods"))
			assert.Equal(t, "3600", header.Get("Access-Control-Max-Age"))
			assert.Empty(t, header.Get("Access-Control-Allow-Credentials"))
		})
	}
}

// TestPagesOfOtherOriginsUseLinks: what a browser lets the page see is what it may see on AWS.
func TestPagesOfOtherOriginsUseLinks(t *testing.T) {
	t.Parallel()
	put, get := links(t)
	shop := http.Header{"Origin": {"https://shop.example"}}
	typed := http.Header{"Origin": {"https://shop.example"}, "Content-Type": {"image/png"}}

	status, body, header := send(t, http.MethodPut, put, "\x89PNG", typed)
	require.Equal(t, http.StatusOK, status, body)
	assert.Equal(t, []string{"*"}, header.Values("Access-Control-Allow-Origin"))
	assert.Contains(t, header.Get("Vary"), "Origin")

	status, body, header = send(t, http.MethodGet, get, "", shop)
	require.Equal(t, http.StatusOK, status)
	assert.Equal(t, "\x89PNG", body)
	assert.Equal(t, []string{"*"}, header.Values("Access-Control-Allow-Origin"))

	status, _, header = send(t, http.MethodPut, put, "longer than was said", typed)
	assert.Equal(t, http.StatusForbidden, status)
	assert.Equal(t, "*", header.Get("Access-Control-Allow-Origin"), "a refusal can be told from a lost network")

	_, _, header = send(t, http.MethodHead, get, "", shop)
	assert.Empty(t, header.Get("Access-Control-Allow-Origin"), "a method that the rule does not have")
	_, _, header = send(t, http.MethodGet, get, "", nil)
	assert.Empty(t, header.Get("Access-Control-Allow-Origin"), "no other origin")

	bare, _, _ := strings.Cut(put, "?")
	status, _, header = send(t, http.MethodPut, bare, "\x89PNG", typed)
	assert.Equal(t, http.StatusForbidden, status, "an origin is no right")
	assert.Equal(t, "*", header.Get("Access-Control-Allow-Origin"))
}
