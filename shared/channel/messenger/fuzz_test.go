package messenger_test

import (
	"net/http"
	"testing"

	"guichet/shared/channel/channeltest"
	"guichet/shared/channel/internal/meta/metatest"
)

// FuzzWebhook sends any body, signed: it is understood or set aside, but never too much for us.
func FuzzWebhook(f *testing.F) {
	channeltest.Seeds(f)
	provider := metatest.Provider(build)
	f.Fuzz(func(t *testing.T, body []byte) {
		r := &channeltest.Receiver{}
		w := provider.Post(t, r, channeltest.Incoming{Target: "/webhook", Body: string(body)})
		if w.Code != http.StatusOK {
			t.Fatalf("%d", w.Code)
		}
		for _, e := range r.Events() {
			if e.Customer.ID == "" || e.Inbox == "" || e.Message != nil && (e.Message.ProviderID == "" || e.Message.Kind == "") {
				t.Fatalf("incomplete: %+v", e)
			}
		}
	})
}
