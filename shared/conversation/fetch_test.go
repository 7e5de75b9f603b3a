package conversation_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/shared/center"
	"guichet/shared/channel"
	"guichet/shared/conversation"
)

const png = "\x89PNG and so on"

func TestAttachmentsAreCopied(t *testing.T) {
	t.Parallel()
	down := true
	files := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.Header.Get("Authorization") != "secret":
			http.Error(w, "whose?", http.StatusUnauthorized)
		case r.URL.Path == "/image":
			_, _ = w.Write([]byte(png))
		case r.URL.Path == "/script":
			_, _ = w.Write([]byte("<script>"))
		case r.URL.Path == "/large":
			_, _ = w.Write([]byte(strings.Repeat("x", 1001)))
		case r.URL.Path == "/late" && down:
			http.Error(w, "soon", http.StatusServiceUnavailable)
		case r.URL.Path == "/late":
			_, _ = w.Write([]byte(png))
		default:
			http.Error(w, "gone", http.StatusGone)
		}
	}))
	t.Cleanup(files.Close)
	b := newBench(t)
	ctx := t.Context()
	c := b.writes("kim", "page", func(in *channel.Incoming) {
		in.Text = ""
		for _, path := range []string{"/image", "/script", "/large", "/late", "/none"} {
			in.Attachments = append(in.Attachments, center.Attachment{Type: "image/jpeg", Source: files.URL + path})
		}
		in.Attachments[0].Type = "" // the provider does not tell
		in.Attachments = append(in.Attachments, center.Attachment{Source: "::"})
	})
	assert.Equal(t, "#file", c.Preview)
	key := c.LastKey
	become := func() (states []string) {
		m, err := b.Store.Message(ctx, c.ID, key, true)
		require.NoError(t, err)
		for _, a := range m.Attachments {
			states = append(states, strings.TrimSpace(string(a.State)+" "+a.Reason))
		}
		return states
	}
	require.Error(t, b.Fetch(ctx, c.ID, key), "one is to be tried again")
	assert.Equal(t, []string{"stored", "refused type", "refused size", "fetching", "refused missing", "refused missing"}, become())
	assert.Equal(t, "#image", b.chat(c.ID).Preview, "as its content says")
	down = false
	require.NoError(t, b.Fetch(ctx, c.ID, key))
	require.NoError(t, b.Abandon(ctx, c.ID, key), "nothing is left to abandon")
	assert.Equal(t, "stored", become()[3])
	m, err := b.Store.Message(ctx, c.ID, key, true)
	require.NoError(t, err)
	image := m.Attachments[0]
	assert.Equal(t, []any{"image/png", int64(len(png)), "files/" + image.ID, ""}, []any{image.Type, image.Bytes, image.Key, image.Source})
	assert.Equal(t, png, string(b.files[image.Key]))
	assert.Len(t, b.files, 2)
}

func TestWhatCannotBeFetchedIsMissing(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	ctx := t.Context()
	c := b.writes("kim", "page", func(in *channel.Incoming) {
		in.Attachments = []center.Attachment{{Source: "http://127.0.0.1:1/x"}, {State: center.AttachmentRefused, Reason: center.RefusedType}}
	})
	require.Error(t, b.Fetch(ctx, c.ID, c.LastKey))
	require.NoError(t, b.Abandon(ctx, c.ID, c.LastKey))
	m, err := b.Store.Message(ctx, c.ID, c.LastKey, true)
	require.NoError(t, err)
	assert.Equal(t, []string{center.RefusedMissing, center.RefusedType}, []string{m.Attachments[0].Reason, m.Attachments[1].Reason})
	require.NoError(t, b.Receive(ctx, channel.Event{
		Channel: "told", Inbox: "page", Customer: center.Customer{ID: "kim"}, At: b.now, Unsent: &channel.Unsent{ProviderID: m.ProviderID},
	}))
	require.NoError(t, b.Fetch(ctx, c.ID, c.LastKey), "what was taken back has no files")
	assert.Equal(t, "#deleted", b.chat(c.ID).Preview)
}

func TestFilesOfAgents(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	ctx := t.Context()
	for id, content := range map[string]string{"fl_png": png, "fl_html": "<p>", "fl_large": png + strings.Repeat("x", 1000), "fl_bobs": png} {
		owner := "ada"
		if id == "fl_bobs" {
			owner = "bob"
		}
		require.NoError(t, b.Store.AddFile(ctx, &center.File{ID: id, AgentID: owner, Name: id, At: noon}))
		b.files[conversation.FileKey(id)] = []byte(content)
	}
	require.NoError(t, b.Store.AddFile(ctx, &center.File{ID: "fl_none", AgentID: "ada", At: noon}))
	c := b.writes("kim", "page")
	for file, want := range map[string]string{
		"fl_html": "file-refused-type", "fl_large": "file-refused-size", "fl_bobs": "file-unknown", "fl_none": "file-unknown", "fl_unknown": "file-unknown",
	} {
		_, err := b.sends("ada", c, func(d *conversation.Draft) { d.FileIDs = []string{"fl_png", file} })
		assert.Equal(t, want, center.SlugOf(err), file)
	}
	answered := b.writes("kim", "page")
	m, err := b.sends("ada", c, func(d *conversation.Draft) {
		d.FileIDs, d.Text = []string{"fl_png"}, ""
		d.ReplyTo, _, _ = strings.Cut(answered.LastKey[len("2006-01-02T15:04:05.000Z#"):], "#")
	})
	require.NoError(t, err)
	assert.Equal(t, center.DeliverySent, m.Delivery)
	require.Len(t, b.channel.sent, 1)
	out := b.channel.sent[0]
	assert.Equal(t, []any{"https://files.example/files/fl_png", "image/png"}, []any{out.Attachments[0].URL, out.Attachments[0].Type})
	assert.NotEmpty(t, out.ReplyToProviderID)
	assert.Equal(t, "#image", b.chat(c.ID).Preview)

	reply := b.writes("kim", "page", func(in *channel.Incoming) { in.ReplyToID = m.ProviderID })
	last, err := b.Store.Message(ctx, c.ID, reply.LastKey, true)
	require.NoError(t, err)
	assert.Equal(t, m.ID, last.ReplyTo, "ours have ids of our own")
}
