package simulator_test

import (
	"net/http"
	"strings"
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

// TestGatherWhileWaiting: what is said and played is cut short by the key, and the wait goes on with the action's document.
func TestGatherWhileWaiting(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("all our agents are busy ", 100) // a second, at the tests' pace
	const keys = `<Gather input="dtmf" numDigits="1" action="/keys" `
	for name, tt := range map[string]struct {
		wait   string
		until  simulator.LineKind // press when the transcript has it
		press  string             // empty for nothing
		keys   string             // answers the action
		digits []string           // as the action is told; nil when it is not asked
		said   string             // last
	}{
		"say":          {keys + `><Say loop="0">` + long + `</Say></Gather>`, simulator.LineSay, "1", `<Say>noted</Say><Leave/>`, []string{"1"}, "left by leave"},
		"play":         {keys + `><Play loop="0">/tone.ulaw</Play></Gather>`, simulator.LinePlay, "2", `<Leave/>`, []string{"2"}, "left by leave"},
		"say and play": {keys + `><Say>hello</Say><Play loop="0">/tone.ulaw</Play></Gather>`, simulator.LinePlay, "2", `<Leave/>`, []string{"2"}, "left by leave"},
		"redirect":     {keys + `><Pause length="60"/></Gather>`, simulator.LinePause, "3", `<Redirect>/elsewhere</Redirect>`, []string{"3"}, "left by leave"},
		"hangup":       {keys + `><Pause length="60"/></Gather>`, simulator.LinePause, "3", `<Say>bye</Say><Hangup/>`, []string{"3"}, "bye"},
		"goes on":      {keys + `timeout="0"><Say>press 1</Say></Gather><Say>go on</Say><Leave/>`, "", "", "", nil, "left by leave"},
		"told of none": {keys + `timeout="0" actionOnEmptyResult="true"/>`, "", "", `<Leave/>`, []string{""}, "left by leave"},
		"finish key":   {keys + `finishOnKey="*"><Pause length="60"/></Gather><Leave/>`, simulator.LinePause, "*", "", nil, "left by leave"},
		"back to wait": {keys + `><Pause length="60"/></Gather>`, simulator.LinePause, "1", `<Say>once more</Say>`, []string{"1"}, "once more"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := start(t, map[string]http.HandlerFunc{
				"/voice/incoming": twiml(`<Enqueue waitUrl="/wait" action="/left">support</Enqueue>`),
				"/wait":           twiml(tt.wait), "/keys": twiml(tt.keys), "/elsewhere": twiml(`<Leave/>`),
				"/tone.ulaw": typed("audio/ulaw", string(tone(700, 1000))),
				"/left": func(w http.ResponseWriter, r *http.Request) {
					twiml(`<Say>left by `+r.Form.Get("QueueResult")+`</Say>`)(w, r)
				},
			})
			c := p.call(nil)
			if tt.press != "" {
				_, err := c.WaitLine(patience(t), tt.until, "")
				require.NoError(t, err)
				require.NoError(t, c.Press(tt.press))
			}
			for i, want := range tt.digits {
				form := p.wait("/keys", i)
				require.Equal(t, []string{want, "1", "1", "in-progress"},
					[]string{form.Get("Digits"), form.Get("QueuePosition"), form.Get("CurrentQueueSize"), form.Get("CallStatus")})
				require.Regexp(t, `^QU[0-9a-f]{32}$`, form.Get("QueueSid"))
				require.Regexp(t, `^\d+$`, form.Get("QueueTime"))
				require.Regexp(t, `^\d+$`, form.Get("AvgQueueTime"))
			}
			if name == "back to wait" {
				p.wait("/wait", 1)
				c.HangUp()
			}
			p.ended(c, simulator.Completed)
			said := texts(c, simulator.LineSay)
			require.Equal(t, tt.said, said[len(said)-1])
			require.Equal(t, len(tt.digits), p.times("/keys"))
		})
	}
}
