package objects_test

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/infra/local/objects"
)

func open(t *testing.T, dir string) (*objects.Store, *s3.Client, string) {
	t.Helper()
	store, err := objects.Open(dir)
	require.NoError(t, err)
	server := httptest.NewServer(store)
	t.Cleanup(server.Close)
	return store, client(store.Config(server.URL)), server.URL
}

func client(config aws.Config) *s3.Client {
	return s3.NewFromConfig(config, func(o *s3.Options) { o.UsePathStyle = true })
}

func send(t *testing.T, method, link, body string, headers http.Header) (int, string, http.Header) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), method, link, strings.NewReader(body))
	require.NoError(t, err)
	for name, values := range headers {
		if name != "Host" && name != "Content-Length" {
			request.Header[name] = values
		}
	}
	response, err := http.DefaultClient.Do(request)
	require.NoError(t, err)
	raw, err := io.ReadAll(response.Body)
	require.NoError(t, err)
	require.NoError(t, response.Body.Close())
	return response.StatusCode, string(raw), response.Header
}

func TestFilesStayBetweenRuns(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	_, first, _ := open(t, dir)
	_, err := first.PutObject(t.Context(), &s3.PutObjectInput{
		Bucket: aws.String(objects.Bucket), Key: aws.String("files/fl_1"), Body: bytes.NewReader([]byte("bonjour")),
		ContentType: aws.String("text/plain"),
	})
	require.NoError(t, err)

	_, second, _ := open(t, dir)
	head, err := second.HeadObject(t.Context(), &s3.HeadObjectInput{Bucket: aws.String(objects.Bucket), Key: aws.String("files/fl_1")})
	require.NoError(t, err)
	assert.Equal(t, "text/plain", aws.ToString(head.ContentType))
	got, err := second.GetObject(t.Context(), &s3.GetObjectInput{Bucket: aws.String(objects.Bucket), Key: aws.String("files/fl_1")})
	require.NoError(t, err)
	raw, err := io.ReadAll(got.Body)
	require.NoError(t, err)
	assert.Equal(t, "bonjour", string(raw))
	_, err = second.GetObject(t.Context(), &s3.GetObjectInput{Bucket: aws.String(objects.Bucket), Key: aws.String("files/fl_2")})
	require.ErrorContains(t, err, "NoSuchKey")
	_, err = second.DeleteObject(t.Context(), &s3.DeleteObjectInput{Bucket: aws.String(objects.Bucket), Key: aws.String("files/fl_1")})
	require.NoError(t, err)
}

func TestLinksWorkForWhomTheyWereMade(t *testing.T) {
	t.Parallel()
	_, made, _ := open(t, t.TempDir())
	links := s3.NewPresignClient(made, s3.WithPresignExpires(time.Minute))
	put, err := links.PresignPutObject(t.Context(), &s3.PutObjectInput{
		Bucket: aws.String(objects.Bucket), Key: aws.String("files/fl_1"), ContentType: aws.String("image/png"), ContentLength: aws.Int64(4),
	})
	require.NoError(t, err)
	status, body, _ := send(t, http.MethodPut, put.URL, "\x89PNG", put.SignedHeader)
	require.Equal(t, http.StatusOK, status, body)
	status, _, _ = send(t, http.MethodPut, put.URL, "longer than was said", put.SignedHeader)
	assert.Equal(t, http.StatusForbidden, status, "another length")
	status, _, _ = send(t, http.MethodPut, put.URL, "\x89PNG", http.Header{"Content-Type": {"text/html"}})
	assert.Equal(t, http.StatusForbidden, status, "another type")

	get, err := links.PresignGetObject(t.Context(), &s3.GetObjectInput{
		Bucket: aws.String(objects.Bucket), Key: aws.String("files/fl_1"),
		ResponseContentDisposition: aws.String(`attachment; filename="é.png"`),
	})
	require.NoError(t, err)
	status, body, header := send(t, http.MethodGet, get.URL, "", nil)
	require.Equal(t, http.StatusOK, status, body)
	assert.Equal(t, "\x89PNG", body)
	assert.Equal(t, "image/png", header.Get("Content-Type"))
	assert.Equal(t, `attachment; filename="é.png"`, header.Get("Content-Disposition"))
	assert.Contains(t, header.Get("Content-Security-Policy"), "sandbox")
	status, _, _ = send(t, http.MethodPut, get.URL, "x", nil)
	assert.Equal(t, http.StatusForbidden, status, "another method")
	status, _, _ = send(t, http.MethodGet, strings.Replace(get.URL, "fl_1", "fl_2", 1), "", nil)
	assert.Equal(t, http.StatusForbidden, status, "another file")
	status, _, _ = send(t, http.MethodGet, strings.Replace(get.URL, "X-Amz-Expires=60", "X-Amz-Expires=6000", 1), "", nil)
	assert.Equal(t, http.StatusForbidden, status, "a longer life")
	bare, _, _ := strings.Cut(get.URL, "?")
	status, _, _ = send(t, http.MethodGet, bare, "", nil)
	assert.Equal(t, http.StatusForbidden, status, "no signature")
}

func TestLinksExpire(t *testing.T) {
	t.Parallel()
	store, made, _ := open(t, t.TempDir())
	link, err := s3.NewPresignClient(made, s3.WithPresignExpires(time.Minute)).PresignGetObject(t.Context(), &s3.GetObjectInput{
		Bucket: aws.String(objects.Bucket), Key: aws.String("files/fl_1"),
	})
	require.NoError(t, err)
	for after, want := range map[time.Duration]struct {
		status int
		code   string
	}{
		30 * time.Second: {http.StatusNotFound, "NoSuchKey"},
		2 * time.Minute:  {http.StatusForbidden, "Request has expired"},
		-time.Hour:       {http.StatusForbidden, "not valid yet"},
	} {
		recorder := httptest.NewRecorder()
		request := httptest.NewRequestWithContext(t.Context(), http.MethodGet, link.URL, nil)
		store.At(time.Now().Add(after)).ServeHTTP(recorder, request)
		assert.Equal(t, want.status, recorder.Code, "after %s", after)
		assert.Contains(t, recorder.Body.String(), want.code)
	}
}

func TestOthersAreRefused(t *testing.T) {
	t.Parallel()
	_, _, url := open(t, t.TempDir())
	other, err := objects.Open(t.TempDir())
	require.NoError(t, err)
	stranger := client(other.Config(url))
	_, err = stranger.PutObject(t.Context(), &s3.PutObjectInput{
		Bucket: aws.String(objects.Bucket), Key: aws.String("files/x"), Body: bytes.NewReader([]byte("x")),
	})
	require.ErrorContains(t, err, "SignatureDoesNotMatch")
	link, err := s3.NewPresignClient(stranger).PresignGetObject(t.Context(), &s3.GetObjectInput{
		Bucket: aws.String(objects.Bucket), Key: aws.String("files/x"),
	})
	require.NoError(t, err)
	status, body, _ := send(t, http.MethodGet, link.URL, "", nil)
	assert.Equal(t, http.StatusForbidden, status)
	assert.Contains(t, body, "SignatureDoesNotMatch")
	for _, path := range []string{"/s3/", "/s3/guichet-files", "/s3/guichet-files/", "/s3/other/key"} {
		status, _, _ := send(t, http.MethodGet, url+path, "", nil)
		assert.GreaterOrEqual(t, status, 400, path)
	}
}
