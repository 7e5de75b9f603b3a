package mediaapi

import (
	"errors"
	"testing"
	"time"
)

func TestCommandSignature(t *testing.T) {
	t.Parallel()
	body := []byte(`{"contactId":"ct_1","action":"end"}`)
	good := testKey.SignCommand(body, testNow)
	for name, tc := range map[string]struct {
		header string
		body   string
		at     time.Time
		want   error
	}{
		"good":              {good, string(body), testNow, nil},
		"too old":           {good, string(body), testNow.Add(EventLifetime + time.Second), ErrEventSignature},
		"another call":      {good, `{"contactId":"ct_2","action":"end"}`, testNow, ErrEventSignature},
		"none":              {"", string(body), testNow, ErrEventSignature},
		"a node's event":    {testKey.SignEvent(body, testNow), string(body), testNow, ErrEventSignature},
		"signed by another": {Key("another key of at least 32 bytes").SignCommand(body, testNow), string(body), testNow, ErrEventSignature},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if err := testKey.VerifyCommand(tc.header, []byte(tc.body), tc.at); !errors.Is(err, tc.want) {
				t.Errorf("got %v, want %v", err, tc.want)
			}
		})
	}
}
