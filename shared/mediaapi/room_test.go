package mediaapi

import (
	"errors"
	"testing"
	"time"
)

func TestClosingSignature(t *testing.T) {
	t.Parallel()
	body := []byte(`{"roomId":"rm_1","linksExpireUnix":1800003600}`)
	good := testKey.SignClosing(body, testNow)
	for name, tc := range map[string]struct {
		header string
		body   string
		at     time.Time
		want   error
	}{
		"good":              {good, string(body), testNow, nil},
		"too old":           {good, string(body), testNow.Add(EventLifetime + time.Second), ErrEventSignature},
		"another room":      {good, `{"roomId":"rm_2","linksExpireUnix":1800003600}`, testNow, ErrEventSignature},
		"none":              {"", string(body), testNow, ErrEventSignature},
		"a node's event":    {testKey.SignEvent(body, testNow), string(body), testNow, ErrEventSignature},
		"signed by another": {Key("another key of at least 32 bytes").SignClosing(body, testNow), string(body), testNow, ErrEventSignature},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if err := testKey.VerifyClosing(tc.header, []byte(tc.body), tc.at); !errors.Is(err, tc.want) {
				t.Errorf("got %v, want %v", err, tc.want)
			}
		})
	}
}
