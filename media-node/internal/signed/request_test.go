package signed

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"guichet/shared/mediaapi"
)

func TestRead(t *testing.T) {
	t.Parallel()
	key, now := mediaapi.Key("0123456789abcdef0123456789abcdef"), time.Unix(1_800_000_000, 0)
	for name, tc := range map[string]struct {
		body string
		key  mediaapi.Key
		want int // 0: it is read
	}{
		"good":              {`{"roomId":"rm_1"}`, key, 0},
		"signed by another": {`{"roomId":"rm_1"}`, mediaapi.Key("another key of at least 32 bytes"), http.StatusForbidden},
		"junk":              {`rm_1`, key, http.StatusUnprocessableEntity},
		"junk, not signed":  {`rm_1`, nil, http.StatusForbidden},
		"empty":             {``, key, http.StatusUnprocessableEntity},
		"too long":          {strings.Repeat(" ", maxBody) + `{}`, key, http.StatusRequestEntityTooLarge},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := httptest.NewRequest(http.MethodPost, "/", strings.NewReader(tc.body))
			r.Header.Set(mediaapi.SignatureHeader, tc.key.SignClosing([]byte(tc.body), now))
			w := httptest.NewRecorder()
			got, ok := Read[mediaapi.RoomClosing](w, r, key.VerifyClosing, now)
			assert.Equal(t, tc.want == 0, ok)
			if ok {
				assert.Equal(t, "rm_1", got.RoomID)
				return
			}
			assert.Equal(t, tc.want, w.Code)
			assert.Equal(t, "application/problem+json", w.Header().Get("Content-Type"))
		})
	}
}
