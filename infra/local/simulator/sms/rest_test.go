package sms_test

import (
	"errors"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	twilioclient "github.com/twilio/twilio-go/client"
	openapi "github.com/twilio/twilio-go/rest/api/v2010"

	"guichet/infra/local/simulator/messaging"
)

func code(err error) int {
	var rest *twilioclient.TwilioRestError
	if errors.As(err, &rest) {
		return rest.Code
	}
	return 0
}

func TestTheProductWrites(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	api := r.client(r.account.AuthToken)
	got, err := api.CreateMessage(r.text(customer, "Bonjour").SetMediaUrl([]string{r.product + "/picture"}))
	require.NoError(t, err)
	require.Equal(t, []string{"queued", "1", "outbound-api"}, []string{*got.Status, *got.NumMedia, *got.Direction})
	require.True(t, strings.HasPrefix(*got.Sid, "MM"))

	thread := r.until("sms-"+shop+"-"+customer, lastState(messaging.Delivered))
	m := thread.Messages[0]
	assert.Equal(t, *got.Sid, m.ID)
	assert.Equal(t, []any{"lavande.png", "image/png"}, []any{m.Files[0].Name, m.Files[0].Type})
	r.until(thread.ID, func(messaging.Thread) bool { return len(r.hooks("MessageStatus")) == 3 })
	assert.Equal(t, []string{"queued", "sent", "delivered"}, r.hooks("MessageStatus"))
	assert.Equal(t, "/channels/sms/status", r.asked[0].Get("path"))
	fetched, err := api.FetchMessage(*got.Sid, &openapi.FetchMessageParams{})
	require.NoError(t, err)
	assert.Equal(t, "delivered", *fetched.Status)
	_, err = api.FetchMessage("SM00000000000000000000000000000000", &openapi.FetchMessageParams{})
	assert.Equal(t, 20404, code(err))
}

func TestRefusalsAtOnce(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	for name, tc := range map[string]struct {
		token string
		ask   *openapi.CreateMessageParams
		code  int
	}{
		"token":         {"wrong", r.text(customer, "x"), 20003},
		"to":            {"", r.text("0612", "x"), 21211},
		"no to":         {"", (&openapi.CreateMessageParams{}).SetFrom(shop).SetBody("x"), 21604},
		"no from":       {"", (&openapi.CreateMessageParams{}).SetTo(customer).SetBody("x"), 21603},
		"from":          {"", r.text(customer, "x").SetFrom("+15550001111"), 21606},
		"empty":         {"", r.text(customer, ""), 21619},
		"long":          {"", r.text(customer, strings.Repeat("é", 1601)), 21617},
		"media":         {"", r.text(customer, "x").SetMediaUrl([]string{"file:///etc/passwd"}), 21620},
		"many media":    {"", r.text(customer, "x").SetMediaUrl(make([]string, 11)), 21623},
		"callback":      {"", r.text(customer, "x").SetStatusCallback("/status"), 21609},
		"magic invalid": {"", r.text("+15005550001", "x"), 21211},
		"magic blocked": {"", r.text("+15005550004", "x"), 21610},
	} {
		token := tc.token
		if token == "" {
			token = r.account.AuthToken
		}
		_, err := r.client(token).CreateMessage(tc.ask)
		assert.Equal(t, tc.code, code(err), "%s: %v", name, err)
	}
	threads, _ := r.book.Since(0)
	assert.Empty(t, threads, "nobody got anything")
}

func TestStopIsHonouredUntilStart(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	api, thread := r.client(r.account.AuthToken), r.open(customer)
	for _, step := range []struct {
		text    string
		replies int
		code    int
	}{
		{"please stop", 0, 0}, {"help", 1, 0}, {" Stop ", 2, 21610}, {"STOPALL", 2, 21610}, {"hello", 2, 21610}, {"START", 3, 0}, {"YES", 3, 0},
	} {
		r.write(thread, step.text)
		_, err := api.CreateMessage(r.text(customer, "news"))
		assert.Equal(t, step.code, code(err), step.text)
		now, err := r.book.Thread(thread.ID)
		require.NoError(t, err)
		replies := 0
		for _, m := range now.Messages {
			if m.From == messaging.FromProvider {
				replies++
			}
		}
		assert.Equal(t, step.replies, replies, step.text)
	}
	assert.Contains(t, r.hooks("Body"), " Stop ", "the product is told too")
}

func TestFailuresAfterwards(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	api := r.client(r.account.AuthToken)
	for to, tc := range map[string]struct {
		media string
		state messaging.State
		code  int
	}{
		"+15005553003": {"", messaging.Undelivered, 30003},
		"+15005553007": {"", messaging.Undelivered, 30007},
		"+33639980011": {"/picture?size=123456", messaging.Failed, 11751},
		"+33639980012": {"nowhere", messaging.Failed, 63019},
	} {
		ask := r.text(to, "x")
		if tc.media == "nowhere" {
			ask.SetMediaUrl([]string{r.api + "/cdn/none"})
		} else if tc.media != "" {
			ask.SetMediaUrl([]string{r.product + tc.media})
		}
		got, err := api.CreateMessage(ask)
		require.NoError(t, err)
		thread := r.until("sms-"+shop+"-"+to, lastState(tc.state))
		assert.Equal(t, tc.code, thread.Messages[0].Code)
		fetched, err := api.FetchMessage(*got.Sid, &openapi.FetchMessageParams{})
		require.NoError(t, err)
		assert.Equal(t, tc.code, *fetched.ErrorCode)
	}
}

func TestFailuresOnDemand(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	api := r.client(r.account.AuthToken)
	fail := func(failure string, count int) int {
		var answer map[string]any
		return r.post("/faults", map[string]any{"channel": "sms", "failure": failure, "count": count}, &answer)
	}
	require.Equal(t, http.StatusUnprocessableEntity, fail("nonsense", 1))
	require.Equal(t, http.StatusOK, fail("throttled", 2))
	for _, want := range []int{20429, 20429, 0} {
		_, err := api.CreateMessage(r.text(customer, "x"))
		assert.Equal(t, want, code(err))
	}
	require.Equal(t, http.StatusOK, fail("filtered", 1))
	_, err := api.CreateMessage(r.text("+33639980021", "x"))
	require.NoError(t, err)
	assert.Equal(t, 30007, r.until("sms-"+shop+"-+33639980021", lastState(messaging.Undelivered)).Messages[0].Code)

	require.Equal(t, http.StatusOK, fail(messaging.FaultLost, 1))
	_, err = api.CreateMessage(r.text("+33639980022", "arrives"))
	require.Error(t, err)
	assert.Zero(t, code(err), "no answer at all")
	assert.Equal(t, "arrives", r.until("sms-"+shop+"-+33639980022", lastState(messaging.Delivered)).Messages[0].Text)
}
