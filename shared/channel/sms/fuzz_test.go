package sms_test

import (
	"net/http"
	"testing"

	"guichet/shared/channel/channeltest"
)

// FuzzWebhooks sends any body, signed: it is understood or set aside, but never too much for us.
func FuzzWebhooks(f *testing.F) {
	channeltest.Seeds(f)
	f.Fuzz(func(t *testing.T, body []byte) {
		for _, target := range []string{"/incoming", "/status?chat=ch_1&message=ms_1"} {
			r := &channeltest.Receiver{}
			w := twilio.Post(t, r, channeltest.Incoming{Target: target, Body: string(body)})
			if w.Code == http.StatusForbidden { // what has no form has no signature
				continue
			}
			if w.Code != http.StatusOK || len(r.Events())+len(r.Aside()) == 0 {
				t.Fatalf("%s: %d, %d events, %d set aside", target, w.Code, len(r.Events()), len(r.Aside()))
			}
		}
	})
}
