package recording

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"

	"guichet/media-node/internal/ulaw"
	"guichet/shared/wav"
	"guichet/shared/wav/wavtest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// here runs what is posted at once, as a loop that has nothing else to do.
func here(f func()) bool { f(); return true }

// result is what Fetch said.
type result struct {
	message []byte
	err     error
}

func fetch(t *testing.T, s *Store, link string) (result, func()) {
	t.Helper()
	done := make(chan result, 1)
	cancel := s.Fetch(link, func(message []byte, err error) { done <- result{message, err} })
	t.Cleanup(cancel)
	return <-done, cancel
}

func newStore(t *testing.T) *Store {
	t.Helper()
	s := NewStore(here)
	t.Cleanup(s.Close)
	return s
}

// shelf serves one file.
func shelf(t *testing.T, serve http.HandlerFunc) string {
	t.Helper()
	server := httptest.NewServer(serve)
	t.Cleanup(server.Close)
	return server.URL + "/message.wav?X-Amz-Signature=secret"
}

func TestFetch(t *testing.T) {
	t.Parallel()
	link := shelf(t, func(w http.ResponseWriter, r *http.Request) {
		assert.Equal(t, "secret", r.URL.Query().Get("X-Amz-Signature"))
		_, _ = w.Write(wavtest.Tone(440, time.Second))
	})
	got, _ := fetch(t, newStore(t), link)
	require.NoError(t, got.err)
	require.Len(t, got.message, ulaw.SampleRate)
	assert.Equal(t, ulaw.Encode(0), got.message[0])
	assert.InDelta(t, 11997, ulaw.Decode(got.message[5]), 600, "near the wave's top")
}

func TestWhatIsNotPlayed(t *testing.T) {
	t.Parallel()
	file := func(f wav.File) []byte { return wavtest.Encode(f) }
	pcm := func(channels, rate, bits, bytes int) []byte {
		return file(wav.File{Coding: wav.PCM, Channels: channels, Rate: rate, Bits: bits, Data: make([]byte, bytes)})
	}
	serve := func(b []byte) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(b) }
	}
	elsewhere := shelf(t, serve(wavtest.Tone(440, time.Second)))
	for name, tc := range map[string]struct {
		serve http.HandlerFunc
		want  string
	}{
		"not there":       {http.NotFound, "answered 404"},
		"moved":           {func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, elsewhere, http.StatusFound) }, "answered 302"},
		"too large":       {serve(make([]byte, MaxSize+1)), "more than 2097152 bytes"},
		"no WAV file":     {serve([]byte("<html>")), "not a WAV file"},
		"cut in the head": {serve(wavtest.Tone(440, time.Second)[:30]), "not a WAV file"},
		"in stereo":       {serve(pcm(2, 8000, 16, 32000)), "not 8 kHz mono"},
		"of CD's rate":    {serve(pcm(1, 44100, 16, 88200)), "not 8 kHz mono"},
		"with 8 bits":     {serve(pcm(1, 8000, 8, 8000)), "not 8 kHz mono"},
		"μ-law":           {serve(file(wav.File{Coding: wav.ULaw, Channels: 1, Rate: 8000, Bits: 8, Data: make([]byte, 8000)})), "not 8 kHz mono"},
		"too long":        {serve(pcm(1, 8000, 16, 16000*120+2)), "2m0.000125s long"},
		"without sound":   {serve(pcm(1, 8000, 16, 0)), "no sound"},
		"broken off": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "1000")
			_, _ = w.Write([]byte("RIFF"))
		}, "unexpected EOF"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, _ := fetch(t, newStore(t), shelf(t, tc.serve))
			require.ErrorContains(t, got.err, tc.want)
			assert.Nil(t, got.message)
		})
	}
}

func TestTheLongestMessageIsPlayed(t *testing.T) {
	t.Parallel()
	link := shelf(t, func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(wavtest.Tone(440, MaxLength)) })
	got, _ := fetch(t, newStore(t), link)
	require.NoError(t, got.err)
	assert.Len(t, got.message, 120*ulaw.SampleRate)
}

func TestSlowStores(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		before func(*Store)
		serve  http.HandlerFunc
	}{
		"no answer": {func(*Store) {}, func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }},
		"drop by drop": {func(*Store) {}, func(w http.ResponseWriter, r *http.Request) {
			for r.Context().Err() == nil {
				_, _ = w.Write([]byte("RIFF"))
				w.(http.Flusher).Flush()
				time.Sleep(5 * time.Millisecond)
			}
		}},
		"no slot": {func(s *Store) {
			for range cap(s.slots) {
				s.slots <- struct{}{}
			}
		}, func(http.ResponseWriter, *http.Request) { t.Error("asked") }},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newStore(t)
			s.patience = 100 * time.Millisecond
			tc.before(s)
			got, _ := fetch(t, s, shelf(t, tc.serve))
			require.ErrorContains(t, got.err, "context deadline exceeded")
		})
	}
}

func TestNotTooManyAtOnce(t *testing.T) {
	t.Parallel()
	arrived, release := make(chan struct{}, 2*atOnce), make(chan struct{})
	link := shelf(t, func(w http.ResponseWriter, _ *http.Request) {
		arrived <- struct{}{}
		<-release
		_, _ = w.Write(wavtest.Tone(440, time.Second))
	})
	s := newStore(t)
	done := make(chan error, 2*atOnce)
	for range 2 * atOnce {
		s.Fetch(link, func(_ []byte, err error) { done <- err })
	}
	for range atOnce {
		<-arrived
	}
	select {
	case <-arrived:
		t.Error("one too many")
	case <-time.After(50 * time.Millisecond):
	}
	close(release)
	for range 2 * atOnce {
		require.NoError(t, <-done)
	}
}

func TestCancelAndClose(t *testing.T) {
	t.Parallel()
	for name, end := range map[string]func(s *Store, cancel func()){
		"cancel": func(_ *Store, cancel func()) { cancel() },
		"close":  func(s *Store, _ func()) { s.Close() },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			arrived := make(chan struct{})
			link := shelf(t, func(_ http.ResponseWriter, r *http.Request) {
				close(arrived)
				<-r.Context().Done()
			})
			s := newStore(t)
			done := make(chan error, 1)
			cancel := s.Fetch(link, func(_ []byte, err error) { done <- err })
			<-arrived
			end(s, cancel)
			require.ErrorContains(t, <-done, "context canceled")
		})
	}
}

func TestErrorsDoNotTellTheLink(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	for _, link := range []string{"http://127.0.0.1:1/x?X-Amz-Signature=secret", "http://127.0.0.1:bad/x?X-Amz-Signature=secret"} {
		got, _ := fetch(t, s, link)
		require.Error(t, got.err)
		assert.NotContains(t, got.err.Error(), "secret")
	}
}

func TestValidLink(t *testing.T) {
	t.Parallel()
	for link, want := range map[string]bool{
		"https://bucket.s3.eu-west-3.amazonaws.com/recordings/rec_1.wav?X-Amz-Signature=ab": true,
		"http://127.0.0.1:9000/recordings/rec_1.wav":                                        true,
		"file:///etc/passwd": false, "ftp://x/y": false, "/recordings/rec_1.wav": false, "https:///x": false, "": false, "http://[::1": false,
		"https://x/" + strings.Repeat("y", 2000): true,
	} {
		assert.Equal(t, want, ValidLink(link), link)
	}
}
