package agentapi_test

import (
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/functions/internal/functiontest"
	"guichet/shared/center"
	"guichet/shared/deskapi"
)

func queryEscape(s string) string { return url.QueryEscape(s) }

const picture = "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"

type announced struct {
	ID, URL string
	Headers map[string]string
}

// announce asks where to put a file.
func (o *office) announce(t *testing.T, person string) announced {
	t.Helper()
	return decode[announced](t, o.as(t, person, "POST", "/api/files", `{"name":"C:\\photos\\été.png","type":"image/png","bytes":16}`))
}

// put puts a file where it is to go.
func put(t *testing.T, to announced, content string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPut, to.URL, strings.NewReader(content))
	require.NoError(t, err)
	for name, value := range to.Headers {
		r.Header.Set(name, value)
	}
	response, err := http.DefaultClient.Do(r)
	require.NoError(t, err)
	require.NoError(t, response.Body.Close())
	require.Equal(t, http.StatusOK, response.StatusCode)
}

type link struct {
	URL       string
	ExpiresAt time.Time
}

func (l link) get(t *testing.T) (string, http.Header) {
	t.Helper()
	content, response := l.fetch(t)
	return content, response.Header
}

func (l link) status(t *testing.T) (string, int) {
	t.Helper()
	content, response := l.fetch(t)
	return content, response.StatusCode
}

func (l link) fetch(t *testing.T) (string, *http.Response) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, l.URL, http.NoBody)
	require.NoError(t, err)
	response, err := http.DefaultClient.Do(r)
	require.NoError(t, err)
	content, err := io.ReadAll(response.Body)
	require.NoError(t, err)
	require.NoError(t, response.Body.Close())
	return string(content), response
}

func TestAFileGoesWithAMessage(t *testing.T) {
	t.Parallel()
	o := openChats(t)
	c := o.held(t, functiontest.Ana, "customer")
	path := "/api/chats/" + c.ID
	file := o.announce(t, functiontest.Ana)
	put(t, file, picture)
	sent := decode[deskapi.Message](t, o.as(t, functiontest.Ana, "POST", path+"/messages", o.draft(t, "text", "", file.ID)))
	assert.Equal(t, []deskapi.Attachment{{ID: file.ID, Name: "été.png", Type: "image/png", Bytes: 16, State: "stored"}}, sent.Attachments)

	for _, query := range []string{"", "?message=" + queryEscape(sent.Key)} {
		got := decode[link](t, o.as(t, functiontest.Ben, "GET", path+"/files/"+file.ID+query, ""))
		assert.Equal(t, 5*time.Minute, got.ExpiresAt.Sub(o.Now()))
		content, headers := got.get(t)
		assert.Equal(t, picture, content)
		assert.Contains(t, headers.Get("Content-Disposition"), "inline")
	}
	other := o.held(t, functiontest.Ana, "another customer")
	first := o.thread(t, functiontest.Ana, c.ID, "").Messages[0]
	for _, missing := range []string{
		"/api/chats/" + other.ID + "/files/" + file.ID, path + "/files/fl_none",
		path + "/files/" + file.ID + "?message=" + queryEscape(first.Key),
	} {
		got := o.as(t, functiontest.Ana, "GET", missing, "")
		assert.Equal(t, http.StatusNotFound, got.Status, missing)
		assert.Equal(t, "/problems/file-unknown", got.problem(t).Type, missing)
	}
}

// TestAFileIsFoundFarBack looks through more than one page of the thread.
func TestAFileIsFoundFarBack(t *testing.T) {
	t.Parallel()
	o := openChats(t)
	c := o.held(t, functiontest.Ana, "customer")
	file := o.announce(t, functiontest.Ana)
	put(t, file, picture)
	require.Equal(t, http.StatusOK, o.as(t, functiontest.Ana, "POST", "/api/chats/"+c.ID+"/messages", o.draft(t, "note", "", file.ID)).Status)
	for range 101 {
		o.Pass(time.Second)
		require.NoError(t, o.Store.AddMessage(t.Context(), &center.Message{
			ID: center.NewID(center.PrefixMessage, o.Now()), ChatID: c.ID, Kind: center.KindNote, From: center.FromAgent, At: o.Now(), Text: "x",
		}))
	}
	assert.Equal(t, http.StatusOK, o.as(t, functiontest.Ana, "GET", "/api/chats/"+c.ID+"/files/"+file.ID, "").Status)
}

func TestFilesThatMayNotBeSent(t *testing.T) {
	t.Parallel()
	o := openChats(t)
	c := o.held(t, functiontest.Ana, "customer")
	path := "/api/chats/" + c.ID + "/messages"
	disguised, absent, bens := o.announce(t, functiontest.Ana), o.announce(t, functiontest.Ana), o.announce(t, functiontest.Ben)
	put(t, disguised, "<html>\n<script>\n")
	put(t, bens, picture)
	for name, tc := range map[string]struct {
		id, slug string
		status   int
	}{
		"a page that calls itself a picture": {disguised.ID, "file-refused-type", http.StatusUnprocessableEntity},
		"one that was not uploaded":          {absent.ID, "file-missing", http.StatusNotFound},
		"a colleague's":                      {bens.ID, "file-unknown", http.StatusNotFound},
		"nobody's":                           {center.NewID(center.PrefixFile, o.Now()), "file-unknown", http.StatusNotFound},
	} {
		got := o.as(t, functiontest.Ana, "POST", path, o.draft(t, "text", "See", tc.id))
		assert.Equal(t, tc.status, got.Status, name)
		assert.Equal(t, "/problems/"+tc.slug, got.problem(t).Type, name)
	}
	assert.Equal(t, []string{"Hello"}, texts(o.thread(t, functiontest.Ana, c.ID, "").Messages))
	assert.Empty(t, o.Channel.Sent())
}
