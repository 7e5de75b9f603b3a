package objects_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/shared/center"
	"guichet/shared/objects"
)

func config(endpoint *string) aws.Config {
	return aws.Config{
		Region: "eu-west-3", BaseEndpoint: endpoint, Credentials: credentials.NewStaticCredentialsProvider("AKIATEST", "secret", "session"),
	}
}

// answering is a bucket whose service answers with the statuses, one after the other; it counts the requests.
func answering(t *testing.T, statuses ...int) (*objects.Bucket, *atomic.Int32) {
	t.Helper()
	var asked atomic.Int32
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		n := asked.Add(1)
		assert.Equal(t, "session", r.Header.Get("X-Amz-Security-Token"), "a function's credentials are those of a session")
		w.WriteHeader(statuses[n-1])
		_, _ = w.Write([]byte("<Error/>"))
	}))
	t.Cleanup(server.Close)
	return objects.New(config(&server.URL), "bucket"), &asked
}

func TestRequestsAreRepeatedWhenThatMakesSense(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		statuses []int
		ok       bool
	}{
		"at once":           {[]int{200}, true},
		"when it is busy":   {[]int{503, 200}, true},
		"once more":         {[]int{500, 429, 200}, true},
		"but not for ever":  {[]int{503, 503, 503}, false},
		"not when refused":  {[]int{403}, false},
		"not when mistaken": {[]int{400}, false},
	} {
		b, asked := answering(t, tc.statuses...)
		err := b.Put(t.Context(), "files/fl_1", "text/plain", strings.NewReader("bonjour"), 7)
		assert.Equal(t, tc.ok, err == nil, "%s: %v", name, err)
		assert.EqualValues(t, len(tc.statuses), asked.Load(), name)
		assert.Empty(t, center.CodeOf(err), name)
	}
}

func TestWhoGivesUpDoesNotWait(t *testing.T) {
	t.Parallel()
	b, asked := answering(t, 503, 503, 503)
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	_, _, err := b.Read(ctx, "files/fl_1", 10)
	require.Error(t, err)
	assert.EqualValues(t, 1, asked.Load())
}

func TestLinksGoWhereTheBucketIs(t *testing.T) {
	t.Parallel()
	for region, host := range map[string]string{
		"eu-west-3": "https://files.s3.eu-west-3.amazonaws.com/", "cn-north-1": "https://files.s3.cn-north-1.amazonaws.com.cn/",
	} {
		c := config(nil)
		c.Region = region
		link, err := objects.New(c, "files").PresignGet(t.Context(), "files/fl_1", "a b.png", "image/png", true, time.Minute)
		require.NoError(t, err)
		assert.True(t, strings.HasPrefix(link, host+"files/fl_1?"), link)
		assert.Contains(t, link, "X-Amz-Security-Token=session")
		assert.Contains(t, link, "X-Amz-Expires=60")
	}
}
