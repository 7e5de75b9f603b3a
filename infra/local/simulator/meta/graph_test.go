package meta_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/infra/local/simulator/messaging"
)

func TestTheProductWrites(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	thread := r.open("messenger", page)
	r.control(thread+"/write", object{"text": "Bonjour"})
	status, sent := r.send("page token", text("Avec plaisir"))
	require.Equal(t, http.StatusOK, status, "%v", sent)
	assert.Equal(t, customer, sent["recipient_id"])
	echo := r.next(2)
	assert.Equal(t, object{"mid": sent["message_id"], "text": "Avec plaisir", "is_echo": true, "app_id": 4242.0, "metadata": "ms_1"}, echo["message"])
	delivered := r.next(3)
	assert.Equal(t, object{"mids": []any{sent["message_id"]}, "watermark": echo["timestamp"]}, delivered["delivery"])
	r.control(thread+"/read", object{})
	assert.Equal(t, object{"watermark": echo["timestamp"]}, r.next(4)["read"])

	status, _ = r.send("page token", object{"recipient": object{"id": customer}, "messaging_type": "RESPONSE", "message": object{
		"attachment": object{"type": "image", "payload": object{"url": r.product + "/picture"}},
	}})
	require.Equal(t, http.StatusOK, status)
	now, err := r.book.Thread(strings.TrimPrefix(thread, "/threads/"))
	require.NoError(t, err)
	assert.Equal(t, messaging.Read, now.Messages[1].State)
	assert.Equal(t, "image/png", now.Messages[2].Files[0].Type)
	r.next(6)
}

func TestSenderActionsAndProfile(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	thread := strings.TrimPrefix(r.open("messenger", page), "/threads/")
	for _, action := range []string{"typing_on", "mark_seen"} {
		status, _ := r.send("page token", object{"recipient": object{"id": customer}, "sender_action": action})
		require.Equal(t, http.StatusOK, status)
	}
	now, err := r.book.Thread(thread)
	require.NoError(t, err)
	assert.False(t, now.TypingUntil.IsZero() || now.SeenAt.IsZero())
	status, _ := r.send("page token", object{"recipient": object{"id": customer}, "sender_action": "dance"})
	assert.Equal(t, http.StatusBadRequest, status)

	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte("page token"))
	for query, want := range map[string]object{
		"?fields=name,first_name,last_name&access_token=page+token":                    {"id": customer, "name": "Ada Byron", "first_name": "Ada", "last_name": "Byron"},
		"?access_token=page+token&appsecret_proof=" + hex.EncodeToString(mac.Sum(nil)): {"id": customer, "first_name": "Ada", "last_name": "Byron"},
	} {
		status, answer := r.do(http.MethodGet, r.graph+"/v24.0/"+customer+query, nil, http.Header{})
		require.Equal(t, http.StatusOK, status, "%v", answer)
		assert.Equal(t, want, answer)
	}
	status, _ = r.do(http.MethodGet, r.graph+"/v24.0/"+customer+"?access_token=page+token&appsecret_proof=00", nil, http.Header{})
	assert.Equal(t, http.StatusBadRequest, status)
	status, _ = r.do(http.MethodGet, r.graph+"/v24.0/"+customer+"?access_token=shop+token", nil, http.Header{})
	assert.Equal(t, http.StatusBadRequest, status, "known to the page, not to the account")
}

func TestWindows(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	tagged := text("late")
	tagged["messaging_type"], tagged["tag"] = "MESSAGE_TAG", "HUMAN_AGENT"
	const hour = 3600
	for _, tc := range []struct {
		channel, inbox, token string
		age                   int
		subcode               any // of the free answer
		taggedStatus          int
	}{
		{"messenger", page, "page token", 8 * 24 * hour, 2018278.0, http.StatusForbidden},
		{"messenger", page, "page token", 25 * hour, 2018278.0, http.StatusOK},
		{"messenger", page, "page token", 23 * hour, nil, http.StatusOK},
		{"instagram", shop, "shop token", 8 * 24 * hour, 2534022.0, http.StatusForbidden},
		{"instagram", shop, "shop token", 25 * hour, 2534022.0, http.StatusOK},
	} {
		r.control(r.open(tc.channel, tc.inbox)+"/write", object{"text": "x", "ageSeconds": tc.age})
		status, answer := r.send(tc.token, text("free"))
		if tc.subcode == nil {
			assert.Equal(t, http.StatusOK, status)
		} else {
			e := answer["error"].(object)
			assert.Equal(t, []any{10.0, tc.subcode, "OAuthException"}, []any{e["code"], e["error_subcode"], e["type"]})
			assert.NotEmpty(t, e["fbtrace_id"])
		}
		status, _ = r.send(tc.token, tagged)
		assert.Equal(t, tc.taggedStatus, status)
	}
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	r.control(r.open("messenger", page)+"/write", object{"text": "x"})
	to := object{"id": customer}
	for name, tc := range map[string]struct {
		token   string
		body    object
		code    float64
		subcode any
	}{
		"token":     {"stolen", text("x"), 190, nil},
		"nobody":    {"page token", object{"recipient": object{"id": "123456"}, "message": object{"text": "x"}}, 100, 2018001.0},
		"no one":    {"page token", object{"message": object{"text": "x"}}, 100, nil},
		"empty":     {"page token", object{"recipient": to, "message": object{}}, 100, 2018034.0},
		"long":      {"page token", text(strings.Repeat("é", 2001)), 100, nil},
		"bad tag":   {"page token", object{"recipient": to, "message": object{"text": "x"}, "messaging_type": "MESSAGE_TAG", "tag": "SALE"}, 100, nil},
		"both":      {"page token", object{"recipient": to, "message": object{"text": "x", "attachment": object{"type": "image"}}}, 100, nil},
		"no upload": {"page token", object{"recipient": to, "message": object{"attachment": object{"type": "image", "payload": object{"url": r.cdn + "/no"}}}}, 100, 2018047.0},
	} {
		status, answer := r.send(tc.token, tc.body)
		require.GreaterOrEqual(t, status, 400, name)
		e := answer["error"].(object)
		assert.Equal(t, []any{tc.code, tc.subcode}, []any{e["code"], e["error_subcode"]}, name)
	}
	for failure, want := range map[string]float64{"throttled": 613, "temporary": 1200, "blocked": 551, "window": 10, "unavailable": 2, "unauthorized": 190} {
		r.control("/faults", object{"channel": "messenger", "failure": failure, "count": 1})
		_, answer := r.send("page token", text("x"))
		assert.Equal(t, want, answer["error"].(object)["code"], failure)
	}
	r.control("/faults", object{"channel": "messenger", "failure": "lost", "count": 1})
	status, _ := r.send("page token", text("arrives"))
	assert.Zero(t, status, "no answer")
	assert.Equal(t, "arrives", r.next(2)["message"].(object)["text"])
}
