package mediaapi

import (
	"errors"
	"testing"
)

func TestWhatNodesSayToEachOtherPassesForNothingElse(t *testing.T) {
	t.Parallel()
	body := []byte(`{"nonce":"1"}`)
	signed := map[string]string{
		"question": testKey.SignQuestion(body, testNow), "answer": testKey.SignAnswer(body, testNow),
		"event": testKey.SignEvent(body, testNow), "command": testKey.SignCommand(body, testNow), "closing": testKey.SignClosing(body, testNow),
	}
	for as, header := range signed {
		for name, err := range map[string]error{
			"question": testKey.VerifyQuestion(header, body, testNow), "answer": testKey.VerifyAnswer(header, body, testNow),
			"event": testKey.VerifyEvent(header, body, testNow), "command": testKey.VerifyCommand(header, body, testNow),
		} {
			if (as == name) != (err == nil) || err != nil && !errors.Is(err, ErrEventSignature) {
				t.Errorf("signed as %s, verified as %s: %v", as, name, err)
			}
		}
	}
}
