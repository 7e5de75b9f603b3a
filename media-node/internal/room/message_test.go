package room

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestNames(t *testing.T) {
	t.Parallel()
	for given, want := range map[string]string{
		"":                       "",
		"  Ada \n Lovelace\t":    "Ada Lovelace",
		"Zoé\u202egnimocni":      "Zoé gnimocni", // text that would turn its surroundings round
		"<b>&amp;":               "<b>&amp;",
		strings.Repeat("é", 200): strings.Repeat("é", 60),
	} {
		assert.Equal(t, want, plainName(given))
	}
}

func TestEveryAnnouncedAddressIsInEachSection(t *testing.T) {
	t.Parallel()
	e, err := listen("127.0.0.1:0", announceTwo)
	require.NoError(t, err)
	defer e.close()
	got := e.announce("v=0\r\nm=audio\r\na=candidate:1 1 udp 2130706431 127.0.0.1 1 typ host\r\na=candidate:1 2 udp 2130706431 127.0.0.1 1 typ host\r\na=end\r\nm=video\r\na=candidate:1 1 udp 1 127.0.0.1 1 typ host\r\n")
	two := "a=candidate:1 1 udp 2130706431 203.0.113.7 3479 typ host\r\na=candidate:2 1 udp 2130706175 192.0.2.1 3479 typ host\r\n"
	assert.Equal(t, "v=0\r\nm=audio\r\n"+two+"a=end\r\nm=video\r\n"+two, got)
}

func FuzzParseRequest(f *testing.F) {
	f.Add([]byte(`{"type":"join","ticket":"a.b","name":"Ada","session":"0123456789abcdef","media":{"microphone":true}}`))
	f.Add([]byte(`{"type":"answer","sdp":"v=0"}`))
	f.Add([]byte(`{"type":1}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		r, err := parseRequest(b)
		if err != nil {
			return
		}
		if utf8.RuneCountInString(r.Name) > maxName && r.Type == typeJoin {
			t.Errorf("name of %d characters", utf8.RuneCountInString(r.Name))
		}
		if _, err := json.Marshal(r); err != nil {
			t.Error(err)
		}
	})
}
