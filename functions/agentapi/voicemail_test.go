package agentapi_test

import (
	"bytes"
	"fmt"
	"net/http"
	"net/url"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/functions/internal/functiontest"
	"guichet/shared/center"
	"guichet/shared/deskapi"
	"guichet/shared/wav/wavtest"
)

var voice = wavtest.Tone(500, time.Second)

// left is a message that a caller has just left for a line, with its sound if it is kept.
func (o *office) left(t *testing.T, lineID string, sound center.Sound) *center.Voicemail {
	t.Helper()
	o.Pass(time.Second)
	v := &center.Voicemail{
		ID: center.VoicemailIDOf("twilio", lineID, o.Now()), LineID: lineID, RecordingSID: "RE1", CallSID: "CA1", From: "+33612345678",
		At: o.Now(), Length: time.Second, Sound: sound, ExpiresAt: o.Now().Add(time.Hour).Truncate(time.Second),
	}
	require.NoError(t, o.Store.AddVoicemail(t.Context(), v))
	if sound == center.SoundKept {
		require.NoError(t, o.objects.Put(t.Context(), v.SoundKey(), "audio/wav", bytes.NewReader(voice), int64(len(voice))))
	}
	return v
}

func (o *office) voicemails(t *testing.T, person string) []string {
	t.Helper()
	ids := []string{}
	list := decode[struct{ Voicemails []deskapi.Voicemail }](t, o.as(t, person, "GET", "/api/voicemails", ""))
	for _, v := range list.Voicemails {
		ids = append(ids, v.ID)
	}
	return ids
}

func pathOf(v *center.Voicemail) string {
	return fmt.Sprintf("/api/voicemails/%s/%s", url.PathEscape(v.LineID), v.ID)
}

func TestP6MessagesAreForTheirLinesAgents(t *testing.T) {
	t.Parallel()
	o := openChats(t)
	queues := o.left(t, functiontest.QueueID, center.SoundKept)
	anas := o.left(t, center.OwnLine(functiontest.Ana), center.SoundFetching)
	sues := o.left(t, center.OwnLine(functiontest.Sue), center.SoundLost)
	for person, want := range map[string][]*center.Voicemail{
		functiontest.Ana: {anas, queues}, functiontest.Ben: {queues}, functiontest.Sue: {sues, queues}, root: {queues}, zoe: {},
	} {
		ids := []string{}
		for _, v := range want {
			ids = append(ids, v.ID)
		}
		assert.Equal(t, ids, o.voicemails(t, person), "%s: the newest first", person)
	}
	for person, theirs := range map[string]*center.Voicemail{zoe: queues, functiontest.Ben: anas, functiontest.Sue: anas, root: sues} {
		before := o.everything(t)
		for method, path := range map[string]string{"PUT": pathOf(theirs), "GET": pathOf(theirs) + "/sound", "DELETE": pathOf(theirs)} {
			got := o.as(t, person, method, path, `{"state":"done"}`)
			assert.Equal(t, http.StatusNotFound, got.Status, "%s %s", person, method)
			assert.Equal(t, "/problems/voicemail-unknown", got.problem(t).Type, "as if it were not there")
		}
		assert.Equal(t, before, o.everything(t))
	}
}

func TestP6AMessageIsHeardAndDone(t *testing.T) {
	t.Parallel()
	o := open(t)
	v := o.left(t, functiontest.QueueID, center.SoundKept)
	heard := decode[link](t, o.as(t, functiontest.Ana, "GET", pathOf(v)+"/sound", ""))
	content, headers := heard.get(t)
	assert.Equal(t, string(voice), content)
	assert.Contains(t, headers.Get("Content-Disposition"), "inline")

	done := decode[deskapi.Voicemail](t, o.as(t, functiontest.Ana, "PUT", pathOf(v), `{"state":"done","version":1}`))
	at := o.Now()
	assert.Equal(t, deskapi.Voicemail{
		ID: v.ID, LineID: functiontest.QueueID, From: "+33612345678", At: v.At, Seconds: 1, State: "done", Sound: true,
		DoneBy: functiontest.Ana, DoneAt: &at, ExpiresAt: &v.ExpiresAt, Version: 2,
	}, done)
	o.Pass(time.Second)
	assert.Equal(t, done, decode[deskapi.Voicemail](t, o.as(t, functiontest.Ben, "PUT", pathOf(v), `{"state":"done"}`)), "the first counts")
	late := o.as(t, functiontest.Ben, "PUT", pathOf(v), `{"state":"new","version":1}`)
	assert.Equal(t, http.StatusConflict, late.Status)
	assert.Equal(t, "/problems/voicemail-changed", late.problem(t).Type)
	again := decode[deskapi.Voicemail](t, o.as(t, functiontest.Ben, "PUT", pathOf(v), `{"state":"new"}`))
	assert.Equal(t, []any{"new", "", int64(3)}, []any{again.State, again.DoneBy, again.Version})
}

func TestP6AMessageWithoutSoundIsATaskToo(t *testing.T) {
	t.Parallel()
	o := open(t)
	for sound, state := range map[center.Sound]string{center.SoundFetching: "fetching", center.SoundLost: "failed"} {
		v := o.left(t, functiontest.QueueID, sound)
		assert.Equal(t, "/problems/voicemail-silent", o.as(t, functiontest.Ana, "GET", pathOf(v)+"/sound", "").problem(t).Type)
		assert.Equal(t, "done", decode[deskapi.Voicemail](t, o.as(t, functiontest.Ana, "PUT", pathOf(v), `{"state":"done"}`)).State)
		assert.Equal(t, state, decode[deskapi.Voicemail](t, o.as(t, functiontest.Ana, "PUT", pathOf(v), `{"state":"new"}`)).State)
	}
}

func TestP6AMessageIsDeletedWithItsSound(t *testing.T) {
	t.Parallel()
	o := open(t)
	for person, v := range map[string]*center.Voicemail{
		functiontest.Sue: o.left(t, functiontest.QueueID, center.SoundKept),
		functiontest.Ana: o.left(t, center.OwnLine(functiontest.Ana), center.SoundKept),
	} {
		sound := decode[link](t, o.as(t, person, "GET", pathOf(v)+"/sound", ""))
		require.Equal(t, http.StatusNoContent, o.as(t, person, "DELETE", pathOf(v), "").Status, person)
		_, status := sound.status(t)
		assert.Equal(t, http.StatusNotFound, status, person)
		assert.NotContains(t, o.voicemails(t, person), v.ID)
		assert.Equal(t, http.StatusNotFound, o.as(t, person, "DELETE", pathOf(v), "").Status, person)
	}
}

func TestP6ExpiredMessagesAreNotShown(t *testing.T) {
	t.Parallel()
	o := open(t)
	v := o.left(t, functiontest.QueueID, center.SoundKept)
	o.Pass(time.Hour)
	assert.Empty(t, o.voicemails(t, functiontest.Sue))
	for method, path := range map[string]string{"PUT": pathOf(v), "GET": pathOf(v) + "/sound", "DELETE": pathOf(v)} {
		assert.Equal(t, http.StatusNotFound, o.as(t, functiontest.Sue, method, path, `{"state":"done"}`).Status, method)
	}
}
