package simulator_test

import (
	"encoding/json"
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"
	api "github.com/twilio/twilio-go/rest/api/v2010"

	"guichet/infra/local/simulator"
)

func TestPageSetsPhones(t *testing.T) {
	t.Parallel()
	product := start(t, map[string]http.HandlerFunc{"/dialled": twiml(`<Pause length="60"/>`), "/report": noContent}, hasty)
	p := product.page()
	events := p.socket("/events")
	_, _, err := events.Read(patience(t))
	require.NoError(t, err)

	status, answer := p.post("/phones", `{"number":"+33 6 12 34 56 78","does":"answer","toneHz":620}`)
	require.Equal(t, http.StatusOK, status)
	want := []any{map[string]any{"number": customer, "shown": "+33 6 12 34 56 78", "does": "answer", "toneHz": 620.0}}
	require.Equal(t, want, answer["phones"])
	_, raw, err := events.Read(patience(t))
	require.NoError(t, err)
	var news map[string]any
	require.NoError(t, json.Unmarshal(raw, &news))
	require.Equal(t, want, news["phones"], "every open page is told")
	_, body := p.request(http.MethodGet, "/simulator/api/state", "", nil)
	require.Contains(t, body, `"phones":[{"number":"`+customer+`"`)

	c := product.calls(customer, nil)
	require.NoError(t, c.WaitStatus(patience(t), simulator.InProgress))
	_, call := p.post("/calls/"+c.SID()+"/mute", `{"muted":false}`)
	require.Equal(t, []any{"tone", 620.0}, []any{call["source"], call["toneHz"]})

	for _, bad := range []string{`{"number":"me","does":"busy"}`, `{"number":"` + customer + `","does":"sing"}`, `{"number":"` + customer + `","does":"answer","toneHz":9}`} {
		status, answer = p.post("/phones", bad)
		require.Equal(t, []any{422, "phone"}, []any{status, answer["reason"]}, bad)
	}
	_, answer = p.post("/phones", `{"number":"`+customer+`","does":"ring"}`)
	require.Empty(t, answer["phones"])
}

func TestPageLetsAMachineAnswer(t *testing.T) {
	t.Parallel()
	product := start(t, map[string]http.HandlerFunc{"/dialled": twiml(`<Pause length="60"/>`), "/report": noContent}, hasty)
	p := product.page()
	c := product.calls(customer, func(params *api.CreateCallParams) { params.SetMachineDetection("Enable") })
	status, _ := p.post("/calls/"+c.SID()+"/voicemail", `{}`)
	require.Equal(t, http.StatusOK, status)
	require.Equal(t, "machine_start", product.wait("/dialled", 0).Get("AnsweredBy"))
	_, call := p.post("/calls/"+c.SID()+"/mute", `{"muted":false}`)
	require.Equal(t, "machine", call["source"])
}

// TestPageTellsWithWhom: a call in a conference, and one that is being recorded, say so.
func TestPageTellsWithWhom(t *testing.T) {
	t.Parallel()
	product := start(t, map[string]http.HandlerFunc{
		"/voice/incoming": room(nil), "/left": twiml(`<Record timeout="30" finishOnKey="1"/>`),
	})
	p := product.page()
	view := func(c *simulator.Call) map[string]any {
		_, call := p.post("/calls/"+c.SID()+"/mute", `{"muted":false}`)
		return call
	}
	a := product.enters(ada, 0)
	require.Equal(t, map[string]any{"name": "room 1", "with": []any{}, "waiting": true}, view(a)["conference"])
	b := product.enters(grace, 0)
	require.Equal(t, map[string]any{"name": "room 1", "with": []any{"+33 6 39 98 00 02"}}, view(a)["conference"])
	require.Equal(t, map[string]any{"name": "room 1", "with": []any{"+33 6 39 98 00 01"}}, view(b)["conference"])
	require.NotContains(t, view(a), "recording")
	b.HangUp()
	require.NoError(t, b.WaitStatus(patience(t), simulator.Completed))
	_, err := b.WaitLine(patience(t), simulator.LineConferenceEnd, "hangup")
	require.NoError(t, err)
	require.Equal(t, map[string]any{"name": "room 1", "with": []any{}}, view(a)["conference"])

	r := product.call(nil)
	_, err = r.WaitLine(patience(t), simulator.LineConference, "")
	require.NoError(t, err)
	_, err = product.rest(authToken).UpdateCall(r.SID(), (&api.UpdateCallParams{}).SetTwiml(`<Response><Record timeout="30"/></Response>`))
	require.NoError(t, err)
	_, err = r.WaitLine(patience(t), simulator.LineRecord, "")
	require.NoError(t, err)
	require.Equal(t, true, view(r)["recording"])
	require.NotContains(t, view(r), "conference")
	require.NoError(t, r.Press("5"))
	_, err = r.WaitLine(patience(t), simulator.LineRecordEnd, "empty")
	require.NoError(t, err)
	require.NotContains(t, view(r), "recording")
}
