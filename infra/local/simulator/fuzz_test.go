package simulator

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/require"
)

// FuzzTwiML: whatever a product answers, parsing ends, without a panic, in a <Response> or in an error.
func FuzzTwiML(f *testing.F) {
	for _, seed := range []string{
		`<?xml version="1.0"?><Response><Say loop="2">a &amp; <b>b</b></Say></Response>`, `<Response/>`, `<Response><![CDATA[x]]></Response>`,
		`<Response><Dial action="/a"><Conference beep="false">room 1</Conference></Dial><Record maxLength="9"/></Response>`,
		` <?xml version="1.0"?><Response/>`, `<Response><Gather><Say/></Gather>`, `<!DOCTYPE x [<!ENTITY e "x">]><Response>&e;</Response>`, ``,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, document []byte) {
		root, err := parseTwiML(document)
		if err == nil {
			require.Equal(t, "Response", root.name)
			return
		}
		require.ErrorIs(t, err, errNotTwiML)
	})
}

// FuzzStreamMessage: whatever a product sends on a media stream, it is played or refused, and memory stays bounded.
func FuzzStreamMessage(f *testing.F) {
	for _, seed := range []string{
		`{"event":"media","streamSid":"MZ1","media":{"payload":"//8="}}`, `{"event":"mark","streamSid":"MZ1","mark":{"name":"a"}}`,
		`{"event":"clear","streamSid":"MZ1"}`, `{"event":"media","streamSid":"MZ1"}`, `{"event":"media","streamSid":"MZ2"}`, `[]`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		c := &Call{line: newLine()}
		s := &mediaStream{call: c, sid: "MZ1", outbox: make(chan streamMessage, 8)}
		if s.handle(raw) == nil {
			require.True(t, bytes.Contains(raw, []byte("MZ1")) || bytes.Contains(raw, []byte(`\u`)))
		}
		require.LessOrEqual(t, c.line.playout.bytes, len(raw))
	})
}
