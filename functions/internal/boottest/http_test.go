package boottest

import (
	"crypto/hmac"
	"crypto/sha1" //nolint:gosec // Twilio's signature is what it is
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/functions/internal/functiontest"
	"guichet/shared/center"
	"guichet/shared/deskapi"
	"guichet/shared/mediaapi"
)

// signedByTwilio is HMAC-SHA-1 over the address and the sorted parameters (https://www.twilio.com/docs/usage/security#validating-requests).
func (w *world) signedByTwilio(e httpEvent) httpEvent {
	w.t.Helper()
	form, err := url.ParseQuery(e.body())
	require.NoError(w.t, err)
	mac := hmac.New(sha1.New, []byte(authToken))
	mac.Write([]byte(e.address()))
	for _, name := range slices.Sorted(maps.Keys(form)) {
		mac.Write([]byte(name + form.Get(name)))
	}
	return e.with("x-twilio-signature", base64.StdEncoding.EncodeToString(mac.Sum(nil)))
}

// voice takes a call in.
func voice(w *world) {
	p := w.start("voice")
	call := w.signedByTwilio(w.request("voice-incoming.json"))
	w.behindTheFront(p, call)
	w.refuses(p, call.with("x-twilio-signature", "c2lnbmVkIGJ5IG5vYm9keQ=="), "not signed by Twilio")

	status, document := p.send(call)
	assert.Equal(w.t, http.StatusOK, status)
	contact := w.centre.Contact(w.t, center.ContactIDOf("twilio", "CA00000000000000000000000000000001"))
	assert.Contains(w.t, document, "<Enqueue ")
	assert.Contains(w.t, document, ` action="`+publicURL+`/twilio/voice/left?contact=`+contact.ID+`"`)
	assert.Equal(w.t, center.StateWaiting, contact.State)
	assert.Equal(w.t, []string{caller, functiontest.Number, functiontest.QueueID}, []string{contact.From, contact.To, contact.QueueID})

	before := w.items()
	status, document = p.send(call) // Twilio repeats what it got no answer to
	assert.Equal(w.t, http.StatusOK, status)
	assert.Contains(w.t, document, contact.ID)
	assert.Empty(w.t, w.written(before))
}

// channelHook takes a message in, and confirms its address to Meta.
func channelHook(w *world) {
	p := w.start("channelhook")
	message := w.request("channelhook-messenger.json")
	mac := hmac.New(sha256.New, []byte(appSecret))
	mac.Write([]byte(message.body()))
	message = message.with("x-hub-signature-256", "sha256="+hex.EncodeToString(mac.Sum(nil)))
	w.behindTheFront(p, message)
	w.refuses(p, message.with("x-hub-signature-256", "sha256=00"), "not signed by Meta")

	status, body := p.send(message)
	assert.Equal(w.t, http.StatusOK, status, body)
	chat, err := w.centre.Store.Chat(w.t.Context(), center.ChatIDOf("messenger", page, "24680135791"), true)
	require.NoError(w.t, err)
	assert.Equal(w.t, center.ChatUnassigned, chat.State)
	assert.Equal(w.t, functiontest.AutomaticID, chat.QueueID)
	assert.Equal(w.t, "hello, world! é", chat.Preview)

	confirmation := w.request("channelhook-confirm.json")
	status, body = p.send(confirmation)
	assert.Equal(w.t, []any{http.StatusOK, "1158201444"}, []any{status, body})
	w.behindTheFront(p, confirmation)
}

// mediaHook hears that an agent's audio is up.
func mediaHook(w *world) {
	w.centre.Ready(w.t, functiontest.Ana)
	p := w.start("mediahook")
	report := w.request("mediahook-agent-joined.json")
	at := time.Now()
	report = report.with("guichet-signature", functiontest.Key.SignEvent([]byte(report.body()), at))
	w.behindTheFront(p, report)
	w.refuses(p, report.with("guichet-signature", functiontest.Key.SignEvent([]byte(report.body()), at.Add(-mediaapi.EventLifetime-time.Minute))), "signed long ago")

	status, body := p.send(report)
	assert.Equal(w.t, http.StatusNoContent, status, body)
	assert.Equal(w.t, "ses_01KAQ7ZC5N3W8E6R2T4Y9U1P0D", w.centre.Agent(w.t, functiontest.Ana).AudioID)
}

// agentAPI answers a call for its agent, who has signed in.
func agentAPI(w *world) {
	p := w.start("agentapi")
	desk := w.request("agentapi-desk.json")
	w.behindTheFront(p, desk)
	status, body := p.send(desk)
	require.Equal(w.t, http.StatusOK, status, body)
	var view deskapi.Desk
	require.NoError(w.t, json.Unmarshal([]byte(body), &view))
	assert.Equal(w.t, functiontest.Ana, view.Agent.ID)

	anonymous := maps.Clone(desk)
	anonymous["requestContext"] = maps.Clone(desk["requestContext"].(map[string]any))
	delete(anonymous["requestContext"].(map[string]any), "authorizer")
	status, _ = p.send(anonymous)
	assert.Equal(w.t, http.StatusUnauthorized, status, "who has not signed in is nobody")

	w.centre.Ready(w.t, functiontest.Ana)
	contact := w.centre.Call(w.t, "CA00000000000000000000000000000002")
	require.Equal(w.t, functiontest.Ana, contact.HeldBy())
	accept := w.request("agentapi-accept.json", "{{contact}}", contact.ID, "{{offer}}", contact.Offer.ID)
	w.behindTheFront(p, accept)
	assert.Empty(w.t, w.requests("twilio"))
	status, body = p.send(accept)
	assert.Equal(w.t, http.StatusOK, status, "%s %s", body, p.log())
	assert.Equal(w.t, center.StateConnecting, w.centre.Contact(w.t, contact.ID).State)
	redirected := w.requests("twilio")
	require.Len(w.t, redirected, 1)
	assert.Equal(w.t, "POST /2010-04-01/Accounts/"+accountSID+"/Calls/"+contact.CallSID+".json", redirected[0].what)
	form, err := url.ParseQuery(redirected[0].body)
	require.NoError(w.t, err)
	assert.Contains(w.t, form.Get("Twiml"), `url="wss://`+publicHost+`/media/twilio"`)
}

// reportAPI reads figures.
func reportAPI(w *world) {
	w.centre.Call(w.t, "CA00000000000000000000000000000003")
	p := w.start("reportapi")
	cards := w.request("reportapi-cards.json")
	w.behindTheFront(p, cards)
	status, body := p.send(cards)
	require.Equal(w.t, http.StatusOK, status, body)
	var list deskapi.CardList
	require.NoError(w.t, json.Unmarshal([]byte(body), &list))
	require.Len(w.t, list.Cards, 1)
	assert.Equal(w.t, functiontest.QueueID, list.Cards[0].QueueID)
	assert.Contains(w.t, body, `"waiting"`)
}
