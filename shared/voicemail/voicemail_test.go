package voicemail_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/infra/local/dynamo/dynamotest"
	"guichet/shared/center"
	"guichet/shared/objects"
	"guichet/shared/objects/objectstest"
	"guichet/shared/store/storetest"
	"guichet/shared/telephony"
	"guichet/shared/voicemail"
	"guichet/shared/wav/wavtest"
)

const sid = "REaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"

var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

// twilio has one recording.
type twilio struct {
	mu      sync.Mutex
	sound   []byte // nil: deleted
	fetched int
	down    bool   // for all but what has begun
	during  func() // happens while the recording is on its way
}

func (p *twilio) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch {
	case p.down:
		w.WriteHeader(http.StatusServiceUnavailable)
	case p.sound == nil || !strings.Contains(r.URL.Path, "/Recordings/"+sid+"."):
		w.WriteHeader(http.StatusNotFound)
	case r.Method == http.MethodDelete:
		p.sound = nil
		w.WriteHeader(http.StatusNoContent)
	default:
		p.fetched++
		if p.during != nil {
			p.during()
		}
		_, _ = w.Write(p.sound)
	}
}

func (p *twilio) deleted() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.sound == nil
}

// bench is a fetcher with all that it works with, and one message whose sound is at Twilio.
type bench struct {
	*voicemail.Fetcher
	twilio *twilio
	bucket *objects.Bucket
	id     string
}

func open(t *testing.T, sound []byte) *bench {
	t.Helper()
	b := &bench{twilio: &twilio{sound: sound}, bucket: objectstest.Open(t), id: center.VoicemailIDOf("twilio", sid, noon)}
	server := httptest.NewServer(b.twilio)
	t.Cleanup(server.Close)
	b.Fetcher = &voicemail.Fetcher{
		Store:      storetest.Open(t, dynamotest.Endpoint(t), dynamotest.Table(t)),
		Recordings: telephony.NewRecordings(telephony.Account{SID: "AC0", AuthToken: "secret"}, server.URL), Objects: b.bucket,
		Now: func() time.Time { return noon },
	}
	require.NoError(t, b.Store.AddVoicemail(t.Context(), &center.Voicemail{
		ID: b.id, LineID: "q1", RecordingSID: sid, At: noon, Length: 9 * time.Second, Sound: center.SoundFetching,
	}))
	return b
}

func (b *bench) fetch(t *testing.T) error {
	t.Helper()
	return b.Fetch(t.Context(), "q1", b.id, sid)
}

func (b *bench) message(t *testing.T) *center.Voicemail {
	t.Helper()
	v, err := b.Store.Voicemail(t.Context(), "q1", b.id, noon)
	require.NoError(t, err)
	return v
}

func (b *bench) kept(t *testing.T) string {
	t.Helper()
	content, _, err := b.bucket.Read(t.Context(), (&center.Voicemail{ID: b.id}).SoundKey(), 1<<22)
	if center.CodeOf(err) == center.NotFound {
		return ""
	}
	require.NoError(t, err)
	return string(content)
}

func TestASoundIsKeptAndDeletedAtTheProvider(t *testing.T) {
	t.Parallel()
	tone := wavtest.Tone(500, 1500*time.Millisecond)
	b := open(t, tone)
	for range 2 {
		require.NoError(t, b.fetch(t), "a repeat is harmless")
		assert.Equal(t, string(tone), b.kept(t))
		assert.True(t, b.twilio.deleted())
		v := b.message(t)
		assert.Equal(t, center.VoicemailNew, v.State())
		assert.Equal(t, 1500*time.Millisecond, v.Length, "as it sounds")
		assert.EqualValues(t, 2, v.Version)
	}
	assert.Equal(t, 1, b.twilio.fetched)
	require.NoError(t, b.Abandon(t.Context(), "q1", b.id))
	assert.Equal(t, center.VoicemailNew, b.message(t).State(), "what is here is not lost")
}

func TestASoundThatCannotBeHadIsLost(t *testing.T) {
	t.Parallel()
	for name, sound := range map[string][]byte{
		"deleted": nil, "no sound": []byte("<html>"), "too long": wavtest.Tone(500, 126*time.Second),
	} {
		b := open(t, sound)
		require.Error(t, b.fetch(t), name)
		assert.Equal(t, center.VoicemailFetching, b.message(t).State(), name)
		assert.Empty(t, b.kept(t), name)
		for range 2 {
			require.NoError(t, b.Abandon(t.Context(), "q1", b.id), name)
		}
		assert.Equal(t, center.VoicemailFailed, b.message(t).State(), name)
		assert.Equal(t, sound == nil, b.twilio.deleted(), "%s: what was not understood stays", name)
	}
}

func TestWhatFailsHalfwayIsDoneOnTheNextTry(t *testing.T) {
	t.Parallel()
	b := open(t, wavtest.Tone(500, time.Second))
	b.Objects = refusing{}
	require.ErrorIs(t, b.fetch(t), errRefused)
	assert.Equal(t, center.VoicemailFetching, b.message(t).State())
	assert.False(t, b.twilio.deleted(), "it is the only one")
	b.Objects = b.bucket

	b.twilio.during = func() { b.twilio.down = true }
	require.Error(t, b.fetch(t), "it is not deleted")
	assert.Equal(t, center.VoicemailNew, b.message(t).State())
	b.twilio.down = false
	require.NoError(t, b.fetch(t))
	assert.True(t, b.twilio.deleted())
	assert.Equal(t, 2, b.twilio.fetched)
}

func TestAMessageThatChangesWhileItIsFetched(t *testing.T) {
	t.Parallel()
	b := open(t, wavtest.Tone(500, time.Second))
	b.twilio.during = func() {
		v := b.message(t)
		v.Done("ada", noon)
		assert.NoError(t, b.Store.SaveVoicemail(t.Context(), v))
	}
	require.NoError(t, b.fetch(t))
	v := b.message(t)
	assert.Equal(t, "ada", v.DoneBy, "neither is lost")
	assert.Equal(t, center.SoundKept, v.Sound)
}

func TestAMessageThatIsDeletedWhileItIsFetched(t *testing.T) {
	t.Parallel()
	for _, late := range []bool{false, true} {
		b := open(t, wavtest.Tone(500, time.Second))
		remove := func() { assert.NoError(t, b.Store.RemoveVoicemail(t.Context(), "q1", b.id)) }
		if late {
			b.twilio.during = remove
		} else {
			remove()
		}
		require.NoError(t, b.fetch(t))
		assert.Empty(t, b.kept(t), "nothing is left of it here")
		assert.True(t, b.twilio.deleted(), "nor there")
		assert.Equal(t, center.NotFound, center.CodeOf(b.Abandon(t.Context(), "q1", b.id)))
	}
}

var errRefused = errors.New("refused")

// refusing keeps nothing.
type refusing struct{}

func (refusing) Put(context.Context, string, string, io.Reader, int64) error { return errRefused }
func (refusing) Delete(context.Context, string) error                        { return errRefused }
