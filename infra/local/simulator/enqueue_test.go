package simulator_test

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	"guichet/infra/local/simulator"
)

const enqueue = `<Enqueue waitUrl="/wait" action="/left">support</Enqueue><Say>after the queue</Say>`

func TestEnqueueWaits(t *testing.T) {
	t.Parallel()
	p := start(t, map[string]http.HandlerFunc{
		"/voice/incoming": twiml(enqueue),
		"/wait":           twiml(`<Say>please wait</Say>`),
	})
	first := p.call(nil)
	form := p.wait("/wait", 0)
	require.Regexp(t, `^QU[0-9a-f]{32}$`, form.Get("QueueSid"))
	require.Equal(t, []string{"1", "1", "0", "0", "1000"}, []string{form.Get("QueuePosition"), form.Get("CurrentQueueSize"),
		form.Get("QueueTime"), form.Get("AvgQueueTime"), form.Get("MaxQueueSize")})
	require.Equal(t, "in-progress", form.Get("CallStatus"))
	p.wait("/wait", 1) // asked again when the document has ended

	second, err := p.sim.Call(simulator.Dial{From: "+33698765432", To: support})
	require.NoError(t, err)
	for n := 1; ; n++ {
		if form := p.wait("/wait", n); form.Get("CallSid") == second.SID() {
			require.Equal(t, "2", form.Get("QueuePosition"))
			require.Equal(t, "2", form.Get("CurrentQueueSize"))
			break
		}
	}
	first.HangUp()
	left := p.wait("/left", 0)
	require.Equal(t, "hangup", left.Get("QueueResult"))
	require.Equal(t, form.Get("QueueSid"), left.Get("QueueSid"))
	require.Equal(t, "completed", left.Get("CallStatus"))
	require.Regexp(t, `^\d+$`, left.Get("QueueTime"))
}

func TestLeavingTheQueue(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		incoming string
		wait     http.HandlerFunc
		result   string // as told to the action
		said     []string
	}{
		"leave":           {enqueue, twiml(`<Say>sorry</Say><Leave/>`), "leave", []string{"sorry", "left by leave"}},
		"leave, redirect": {enqueue, twiml(`<Redirect>/wait/more</Redirect>`), "leave", []string{"left by leave"}},
		"hangup":          {enqueue, twiml(`<Hangup/>`), "hangup", nil},
		"error":           {enqueue, twiml(`<Reject/>`), "error", []string{"left by error"}},
		"no action":       {`<Enqueue waitUrl="/wait">q</Enqueue><Say>next verb</Say>`, twiml(`<Leave/>`), "", []string{"next verb"}},
		"gather": {enqueue, func(w http.ResponseWriter, r *http.Request) {
			twiml(`<Gather numDigits="1" action="/wait/more"><Pause length="60"/></Gather>`)(w, r)
		}, "leave", []string{"left by leave"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := start(t, map[string]http.HandlerFunc{
				"/voice/incoming": twiml(tt.incoming),
				"/wait":           tt.wait,
				"/wait/more":      twiml(`<Leave/>`),
				"/left": func(w http.ResponseWriter, r *http.Request) {
					twiml(`<Say>left by `+r.Form.Get("QueueResult")+`</Say>`)(w, r)
				},
			})
			c := p.call(nil)
			if name == "gather" {
				_, err := c.WaitLine(patience(t), simulator.LineGather, "")
				require.NoError(t, err)
				require.NoError(t, c.Press("1"))
				require.Equal(t, "1", p.wait("/wait/more", 0).Get("Digits"))
				require.Equal(t, "1", p.wait("/wait/more", 0).Get("QueuePosition"))
			}
			p.ended(c, simulator.Completed)
			require.Equal(t, tt.said, texts(c, simulator.LineSay))
			if tt.result != "" {
				require.Equal(t, tt.result, p.wait("/left", 0).Get("QueueResult"))
			}
		})
	}
}
