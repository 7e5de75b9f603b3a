package mediastream

import (
	"encoding/base64"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The examples follow https://www.twilio.com/docs/voice/media-streams/websocket-messages.
const (
	mediaExample = `{"event":"media","sequenceNumber":"4","media":{"track":"inbound","chunk":"2","timestamp":"5","payload":"//7+"},"streamSid":"MZ18ad3ab5a668481ce02b83e7395059f0"}`
	startExample = `{"event":"start","sequenceNumber":"1","start":{"accountSid":"AC1","streamSid":"MZ1","callSid":"CA1","tracks":["inbound"],"mediaFormat":{"encoding":"audio/x-mulaw","sampleRate":8000,"channels":1},"customParameters":{"ticket":"abc.def","other":"é"}},"streamSid":"MZ1"}`
)

func TestParse(t *testing.T) {
	t.Parallel()
	start := StartInfo{StreamSID: "MZ1", CallSID: "CA1", Parameters: map[string]string{"ticket": "abc.def", "other": "é"}}
	for name, tc := range map[string]struct {
		in   string
		want Message
	}{
		"connected":           {`{"event":"connected","protocol":"Call","version":"1.0.0"}`, Message{Kind: Connected}},
		"start":               {startExample, Message{Kind: Start, Start: start}},
		"media":               {mediaExample, Message{Kind: Media, Audio: []byte{0xff, 0xfe, 0xfe}, Timestamp: 5}},
		"media, spaced":       {strings.ReplaceAll(mediaExample, ":", " : "), Message{Kind: Media, Audio: []byte{0xff, 0xfe, 0xfe}, Timestamp: 5}},
		"media, other order":  {`{"streamSid":"MZ1","media":{"payload":"//7+","track":"inbound"},"event":"media"}`, Message{Kind: Media, Audio: []byte{0xff, 0xfe, 0xfe}, Timestamp: -1}},
		"media, new field":    {`{"event":"media","media":{"payload":"//7+","loudness":3,"timestamp":"20"},"new":[1]}`, Message{Kind: Media, Audio: []byte{0xff, 0xfe, 0xfe}, Timestamp: 20}},
		"media, escapes":      {`{"event":"media","media":{"payload":"\/\/7+","timestamp":"20"}}`, Message{Kind: Media, Audio: []byte{0xff, 0xfe, 0xfe}, Timestamp: 20}},
		"media, empty":        {`{"event":"media","media":{"payload":"","timestamp":"20"}}`, Message{Kind: Media, Timestamp: 20}},
		"media, other track":  {`{"event":"media","media":{"track":"outbound","payload":"//7+","timestamp":"20"}}`, Message{Kind: Media, Timestamp: 20}},
		"mark":                {`{"event":"mark","sequenceNumber":"4","streamSid":"MZ1","mark":{"name":"my label"}}`, Message{Kind: Mark, Name: "my label"}},
		"dtmf":                {`{"event":"dtmf","streamSid":"MZ1","sequenceNumber":"5","dtmf":{"track":"inbound_track","digit":"1"}}`, Message{Kind: DTMF, Digit: "1"}},
		"stop":                {`{"event":"stop","sequenceNumber":"5","streamSid":"MZ1","stop":{"accountSid":"AC1","callSid":"CA1"}}`, Message{Kind: Stop}},
		"unknown is let pass": {`{"event":"weather","sun":true}`, Message{Kind: Other}},
	} {
		got, err := Parse([]byte(tc.in), nil)
		require.NoError(t, err, name)
		assert.Equal(t, tc.want, got, name)
	}
}

func TestParseRefuses(t *testing.T) {
	t.Parallel()
	second := base64.StdEncoding.EncodeToString(make([]byte, MaxAudio+10))
	for name, in := range map[string]string{
		"empty":                "",
		"no JSON":              "hello",
		"truncated":            mediaExample[:len(mediaExample)-1],
		"trailing":             mediaExample + "x",
		"array":                `[]`,
		"no event":             `{}`,
		"no payload":           `{"event":"media","media":{"track":"inbound"}}`,
		"no media":             `{"event":"media"}`,
		"null payload":         `{"event":"media","media":{"payload":null}}`,
		"payload a number":     `{"event":"media","media":{"payload":7}}`,
		"base64":               strings.Replace(mediaExample, "//7+", "//7", 1),
		"timestamp":            strings.Replace(mediaExample, `"5"`, `"five"`, 1),
		"negative timestamp":   strings.Replace(mediaExample, `"5"`, `"-5"`, 1),
		"over a second":        `{"event":"media","media":{"payload":"` + second + `"}}`,
		"start without body":   `{"event":"start"}`,
		"start without call":   strings.Replace(startExample, `"callSid":"CA1",`, "", 1),
		"identifier with \\\"": strings.Replace(startExample, `"streamSid":"MZ1","callSid"`, `"streamSid":"MZ\"1","callSid"`, 1),
		"linear audio":         strings.Replace(startExample, "audio/x-mulaw", "audio/x-l16", 1),
		"16 kHz":               strings.Replace(startExample, "8000", "16000", 1),
		"stereo":               strings.Replace(startExample, `"channels":1`, `"channels":2`, 1),
		"mark without name":    `{"event":"mark"}`,
		"dtmf without digit":   `{"event":"dtmf"}`,
		"parameters a list":    strings.Replace(startExample, `{"ticket":"abc.def","other":"é"}`, `["a"]`, 1),
		"not UTF-8":            "{\"event\":\"mark\",\"mark\":{\"name\":\"\xff\"}}",
	} {
		_, err := Parse([]byte(in), nil)
		require.ErrorIs(t, err, ErrMalformed, name)
	}
}

func TestPlainMediaTakesTheFastPath(t *testing.T) {
	t.Parallel()
	_, ok := scanMedia([]byte(mediaExample))
	assert.True(t, ok)
	for _, in := range []string{startExample, mediaExample[:40], strings.Replace(mediaExample, `"4"`, "4", 1), strings.Replace(mediaExample, `"streamSid"`, `"event"`, 1)} {
		_, ok = scanMedia([]byte(in))
		assert.False(t, ok, in)
	}
}

func TestEncoder(t *testing.T) {
	t.Parallel()
	e := NewEncoder("MZ1")
	assert.JSONEq(t, `{"event":"media","streamSid":"MZ1","media":{"payload":"//7+"}}`, string(e.AppendMedia(nil, []byte{0xff, 0xfe, 0xfe})))
	assert.JSONEq(t, `{"event":"clear","streamSid":"MZ1"}`, string(e.Clear()))
	assert.JSONEq(t, `{"event":"mark","streamSid":"MZ1","mark":{"name":"a \"b\""}}`, string(e.AppendMark(nil, `a "b"`)))
}

// FuzzParse compares the hand-written scanner with encoding/json, which is right by definition.
func FuzzParse(f *testing.F) {
	for _, s := range []string{
		mediaExample, startExample, `{"event":"stop"}`, `{"event":"mark","mark":{"name":"x"}}`, `{"event":"dtmf","dtmf":{"digit":"#"}}`,
		`{"event":"media","media":{"payload":"","timestamp":"007"}}`, `{"event":"media","media":{"payload":"AA==","track":"outbound"}}`,
		`{"event":"media","media":{},"streamSid":""}`, `{"event":"media","media":{"payload":"AAAA","chunk":"1","chunk":"2"}}`,
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		got, gotErr := Parse(b, nil)
		want, wantErr := parseJSON(b, nil)
		require.Equal(t, wantErr == nil, gotErr == nil, "%v and %v", gotErr, wantErr)
		require.Equal(t, want, got)
		if gotErr != nil {
			require.ErrorIs(t, gotErr, ErrMalformed)
		}
		require.LessOrEqual(t, len(got.Audio), MaxAudio)
	})
}

func BenchmarkParseMedia(b *testing.B) {
	message := fmt.Appendf(nil, `{"event":"media","sequenceNumber":"1234","media":{"track":"inbound","chunk":"1233","timestamp":"24660","payload":%q},"streamSid":"MZ18ad3ab5a668481ce02b83e7395059f0"}`, base64.StdEncoding.EncodeToString(make([]byte, 160)))
	var buf []byte
	b.ReportAllocs()
	for b.Loop() {
		m, err := Parse(message, buf)
		if err != nil {
			b.Fatal(err)
		}
		buf = m.Audio
	}
}

func BenchmarkAppendMedia(b *testing.B) {
	e, audio, buf := NewEncoder("MZ18ad3ab5a668481ce02b83e7395059f0"), make([]byte, 160), []byte(nil)
	b.ReportAllocs()
	for b.Loop() {
		buf = e.AppendMedia(buf[:0], audio)
	}
}
