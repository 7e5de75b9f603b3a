package channels_test

import (
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/shared/center"
	"guichet/shared/channel"
	"guichet/shared/channel/channeltest"
	"guichet/shared/channel/webchat"
	"guichet/shared/channels"
)

func all(t *testing.T, c channels.Config) []channel.Channel {
	t.Helper()
	c.HTTP = channeltest.Client()
	c.Webchat = webchat.Config{Log: slog.New(slog.DiscardHandler), Now: time.Now}
	list, err := channels.All(c)
	require.NoError(t, err)
	return list
}

func TestAll(t *testing.T) {
	t.Parallel()
	var names []string
	for _, c := range all(t, channels.Config{}) {
		names = append(names, c.Name())
	}
	assert.Equal(t, []string{"sms", "messenger", "instagram", "webchat"}, names, "chats keep these names: they never change")
}

// TestWithoutSecrets: a channel that is not set up lets nobody in, and sends nothing.
func TestWithoutSecrets(t *testing.T) {
	t.Parallel()
	r := &channeltest.Receiver{}
	mux := http.NewServeMux()
	list := all(t, channels.Config{})
	channel.NewSet(list...).Mount(mux, r)
	for _, tc := range []struct{ method, target, header, signature string }{
		{http.MethodPost, "/channels/sms/incoming", "X-Twilio-Signature", "Q0VXYGamMSKZkcVC9dNCAPQWhEo="},
		{http.MethodPost, "/channels/sms/status?message=ms_1", "X-Twilio-Signature", "t8MQvNmPwTmeWpEqNyJUO40Xw9I="},
		{http.MethodPost, "/channels/messenger/webhook", "X-Hub-Signature-256", "sha256=b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad"},
		{http.MethodPost, "/channels/instagram/webhook", "X-Hub-Signature-256", "sha256=b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad"},
		{http.MethodGet, "/channels/messenger/webhook?hub.mode=subscribe&hub.verify_token=&hub.challenge=1", "X", ""},
		{http.MethodGet, "/channels/instagram/webhook?hub.mode=subscribe&hub.verify_token=&hub.challenge=1", "X", ""},
	} {
		req := httptest.NewRequestWithContext(t.Context(), tc.method, tc.target, nil)
		req.Header.Set(tc.header, tc.signature) // of nothing, with the empty key
		w := httptest.NewRecorder()
		mux.ServeHTTP(w, req)
		assert.Equal(t, http.StatusForbidden, w.Code, tc.target)
	}
	assert.Empty(t, r.Events())
	assert.Empty(t, r.Aside())
	for _, c := range list {
		if c.Name() == webchat.Name {
			continue
		}
		_, err := c.Send(t.Context(), channel.Outgoing{
			Chat: &center.Chat{Inbox: "1", Customer: center.Customer{ID: "2"}, LastInAt: time.Now()}, Message: &center.Message{ID: "ms_1", Text: "x"},
		})
		require.Error(t, err, c.Name())
	}
}

// TestDocumentedChannel builds the product with the channel that docs/channels.md adds: one folder, one line and its tokens.
func TestDocumentedChannel(t *testing.T) {
	t.Parallel()
	doc, err := os.ReadFile("../../docs/channels.md")
	require.NoError(t, err)
	source := regexp.MustCompile("(?s)```go\n(// Package whatsapp.*?)```").FindSubmatch(doc)
	line := regexp.MustCompile("```go\n(whatsapp\\.New.*?) // Meta: (.*)\n```").FindSubmatch(doc)
	require.Len(t, source, 2, "the folder")
	require.Len(t, line, 3, "the line")
	list, err := os.ReadFile("channels.go")
	require.NoError(t, err)
	edited := strings.NewReplacer(
		"\t\tours,\n", "\t\tours,\n\t\t"+string(line[1])+"\n",
		"\tInstagram   map", "\t"+string(line[2])+"\n\tInstagram   map",
		"\t\"guichet/shared/channel/webchat\"\n", "\t\"guichet/shared/channel/webchat\"\n\t\"guichet/shared/channel/whatsapp\"\n",
	).Replace(string(list))
	require.Contains(t, edited, string(line[1]))
	require.Contains(t, edited, string(line[2]))

	dir, root := t.TempDir(), rootOf(t)
	overlay := map[string]string{}
	for path, content := range map[string]string{
		"shared/channel/whatsapp/whatsapp.go": string(source[1]), "shared/channels/channels.go": edited,
	} {
		file := filepath.Join(dir, filepath.Base(path))
		require.NoError(t, os.WriteFile(file, []byte(content), 0o600))
		overlay[filepath.Join(root, path)] = file
	}
	replace, err := json.Marshal(map[string]any{"Replace": overlay})
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(filepath.Join(dir, "overlay.json"), replace, 0o600))
	build := exec.CommandContext(t.Context(), "go", "build", "-overlay", filepath.Join(dir, "overlay.json"), "guichet/shared/channels")
	build.Dir = root
	out, err := build.CombinedOutput()
	require.NoError(t, err, "%s", out)
}

func rootOf(t *testing.T) string {
	t.Helper()
	root, err := filepath.Abs("../..")
	require.NoError(t, err)
	return root
}
