package agentapi_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/functions/internal/functiontest"
	"guichet/shared/wav"
	"guichet/shared/wav/wavtest"
)

type recording struct {
	ID, Name string
	Tags     []string
	Seconds  float64
	Archived bool
	At       time.Time
	Version  int64
}

// sound uploads a file for a recording.
func (o *office) sound(t *testing.T, person string, content []byte) string {
	t.Helper()
	to := decode[announced](t, o.as(t, person, "POST", "/api/files", fmt.Sprintf(`{"name":"m.wav","type":"audio/wav","bytes":%d}`, len(content))))
	put(t, to, string(content))
	return to.ID
}

func (o *office) recordings(t *testing.T, person string) []recording {
	t.Helper()
	return decode[struct{ Recordings []recording }](t, o.as(t, person, "GET", "/api/recordings", "")).Recordings
}

// record gives somebody a recorded message of a second.
func (o *office) record(t *testing.T, person, name string) recording {
	t.Helper()
	file := o.sound(t, person, wavtest.Tone(500, time.Second))
	return decode[recording](t, o.as(t, person, "POST", "/api/recordings", `{"name":"`+name+`","fileId":"`+file+`"}`))
}

func TestS25S26RecordedMessages(t *testing.T) {
	t.Parallel()
	o := open(t)
	assert.Empty(t, o.recordings(t, functiontest.Ana))
	tone := wavtest.Tone(500, 1500*time.Millisecond)
	file := o.sound(t, functiontest.Ana, tone)
	made := decode[recording](t, o.as(t, functiontest.Ana, "POST", "/api/recordings", `{"name":" Opening hours ","tags":["b","A","b"],"fileId":"`+file+`"}`))
	assert.Equal(t, recording{ID: made.ID, Name: "Opening hours", Tags: []string{"A", "b"}, Seconds: 1.5, At: o.Now(), Version: 1}, made)
	again := decode[recording](t, o.as(t, functiontest.Ana, "POST", "/api/recordings", `{"name":"Opening hours","fileId":"`+file+`"}`))
	assert.Equal(t, made, again, "saved again for want of an answer, it is one")
	assert.Equal(t, []recording{made}, o.recordings(t, functiontest.Ana))
	assert.Empty(t, o.recordings(t, functiontest.Ben), "they are their owner's alone")

	path := "/api/recordings/" + made.ID
	heard := decode[link](t, o.as(t, functiontest.Ana, "GET", path+"/sound", ""))
	content, headers := heard.get(t)
	assert.Equal(t, string(tone), content)
	assert.Contains(t, headers.Get("Content-Disposition"), "inline")

	o.Pass(time.Minute)
	better := o.sound(t, functiontest.Ana, wavtest.Tone(600, 2*time.Second))
	changed := decode[recording](t, o.as(t, functiontest.Ana, "PUT", path, `{"name":"Hours","archived":true,"version":1,"fileId":"`+better+`"}`))
	assert.Equal(t, recording{ID: made.ID, Name: "Hours", Tags: []string{}, Seconds: 2, Archived: true, At: o.Now(), Version: 2}, changed)
	_, status := heard.status(t)
	assert.Equal(t, http.StatusNotFound, status, "nothing is left of the first sound")
	assert.Equal(t, "/problems/recording-changed", o.as(t, functiontest.Ana, "PUT", path, `{"name":"Old","version":1}`).problem(t).Type)
	back := decode[recording](t, o.as(t, functiontest.Ana, "PUT", path, `{"name":"Hours"}`))
	assert.False(t, back.Archived)
	assert.InDelta(t, 2, back.Seconds, 0, "the sound stays")

	sound := decode[link](t, o.as(t, functiontest.Ana, "GET", path+"/sound", ""))
	require.Equal(t, http.StatusNoContent, o.as(t, functiontest.Ana, "DELETE", path, "").Status)
	assert.Empty(t, o.recordings(t, functiontest.Ana))
	_, status = sound.status(t)
	assert.Equal(t, http.StatusNotFound, status)
}

func TestRecordingsOfOthersAreUnknown(t *testing.T) {
	t.Parallel()
	o := open(t)
	path := "/api/recordings/" + o.record(t, functiontest.Ana, "Mine").ID
	for _, r := range [][2]string{{"GET", path + "/sound"}, {"PUT", path}, {"DELETE", path}} {
		got := o.as(t, functiontest.Ben, r[0], r[1], `{"name":"Theirs"}`)
		assert.Equal(t, http.StatusNotFound, got.Status, r)
		assert.Equal(t, "/problems/recording-unknown", got.problem(t).Type, r)
	}
	other := o.sound(t, functiontest.Ana, wavtest.Tone(500, time.Second))
	got := o.as(t, functiontest.Ben, "POST", "/api/recordings", `{"name":"Stolen","fileId":"`+other+`"}`)
	assert.Equal(t, "/problems/file-unknown", got.problem(t).Type)
}

func TestSoundsThatTelephonesDoNotPlay(t *testing.T) {
	t.Parallel()
	o := open(t)
	data := make([]byte, 16000)
	for name, tc := range map[string]struct {
		content []byte
		says    string
	}{
		"stereo":   {wavtest.Encode(wav.File{Coding: wav.PCM, Channels: 2, Rate: 8000, Bits: 16, Data: data}), "2 channels"},
		"44.1 kHz": {wavtest.Encode(wav.File{Coding: wav.PCM, Channels: 1, Rate: 44100, Bits: 16, Data: data}), "44100 Hz"},
		"μ-law":    {wavtest.Encode(wav.File{Coding: wav.ULaw, Channels: 1, Rate: 8000, Bits: 8, Data: data}), "coding 7"},
		"empty":    {wavtest.Tone(500, 0), "empty"},
		"text":     {[]byte("Hello, this is a text."), "another file"},
		"long":     {wavtest.Tone(500, 120100*time.Millisecond), "120.1 seconds"},
		"huge":     {wavtest.Tone(500, 150*time.Second), "bytes"},
	} {
		file := o.sound(t, functiontest.Ana, tc.content)
		p := o.as(t, functiontest.Ana, "POST", "/api/recordings", `{"name":"`+name+`","fileId":"`+file+`"}`).problem(t)
		assert.Equal(t, "/problems/recording-unfit", p.Type, name)
		assert.Contains(t, p.Detail, "8 kHz, one channel", name)
		assert.Contains(t, p.Detail, tc.says, name)
	}
	missing := o.as(t, functiontest.Ana, "POST", "/api/recordings", `{"name":"x","fileId":"fl_`+strings.Repeat("0", 26)+`"}`)
	assert.Equal(t, "/problems/file-unknown", missing.problem(t).Type)
	assert.Empty(t, o.recordings(t, functiontest.Ana), "nothing was kept")
}
