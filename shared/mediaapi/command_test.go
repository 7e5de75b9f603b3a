package mediaapi

import (
	"errors"
	"testing"
	"time"
)

// TestSignaturesToNodes: what is asked of a node is believed only as it was signed, and for what it was signed.
func TestSignaturesToNodes(t *testing.T) {
	t.Parallel()
	type sign func(body []byte, now time.Time) string
	other := Key("another key of at least 32 bytes")
	for name, what := range map[string]struct {
		body, otherBody string
		sign, byOther   sign
		verify          func(header string, body []byte, now time.Time) error
		foreign         sign // of another kind
	}{
		"command": {
			`{"contactId":"ct_1","action":"end"}`, `{"contactId":"ct_2","action":"end"}`,
			testKey.SignCommand, other.SignCommand, testKey.VerifyCommand, testKey.SignClosing,
		},
		"closing of a room": {
			`{"roomId":"rm_1","linksExpireUnix":1800003600}`, `{"roomId":"rm_2","linksExpireUnix":1800003600}`,
			testKey.SignClosing, other.SignClosing, testKey.VerifyClosing, testKey.SignCommand,
		},
	} {
		body := []byte(what.body)
		good := what.sign(body, testNow)
		for _, tc := range []struct {
			name, header, body string
			at                 time.Time
			want               error
		}{
			{"good", good, what.body, testNow, nil},
			{"too old", good, what.body, testNow.Add(EventLifetime + time.Second), ErrEventSignature},
			{"another one", good, what.otherBody, testNow, ErrEventSignature},
			{"none", "", what.body, testNow, ErrEventSignature},
			{"a node's event", testKey.SignEvent(body, testNow), what.body, testNow, ErrEventSignature},
			{"of the other kind", what.foreign(body, testNow), what.body, testNow, ErrEventSignature},
			{"signed by another", what.byOther(body, testNow), what.body, testNow, ErrEventSignature},
		} {
			if err := what.verify(tc.header, []byte(tc.body), tc.at); !errors.Is(err, tc.want) {
				t.Errorf("%s, %s: got %v, want %v", name, tc.name, err, tc.want)
			}
		}
	}
}
