package simulator_test

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"
	api "github.com/twilio/twilio-go/rest/api/v2010"

	"guichet/infra/local/simulator"
)

const sales = "+33180001002"

func twoNumbers(cfg *simulator.Config) {
	cfg.Numbers = append(cfg.Numbers, simulator.Number{E164: sales, VoiceURL: "/voice/sales", StatusCallback: "/sales/status"})
}

// farEnd is the call that arrives at a number of the product's because the product has called it.
func (p *product) farEnd(to string) *simulator.Call {
	p.t.Helper()
	far, err := p.sim.WaitCall(patience(p.t), func(c *simulator.Call) bool { return !c.Outgoing() && c.To() == to })
	require.NoError(p.t, err)
	return far
}

// TestCallToOwnNumber: what is called arrives, and both sides hear each other and press keys for each other.
func TestCallToOwnNumber(t *testing.T) {
	t.Parallel()
	p := start(t, map[string]http.HandlerFunc{
		"/dialled":       twiml(`<Play>/first.ulaw</Play><Play digits="w4w2"/><Play loop="0">/dialling.ulaw</Play>`),
		"/voice/sales":   twiml(`<Gather numDigits="2" timeout="30" action="/keys"/>`),
		"/keys":          twiml(`<Play loop="0">/called.ulaw</Play>`),
		"/first.ulaw":    typed("audio/ulaw", string(tone(300, 500))),
		"/dialling.ulaw": typed("audio/ulaw", string(tone(500, 1000))),
		"/called.ulaw":   typed("audio/ulaw", string(tone(900, 1000))),
		"/report":        noContent, "/sales/status": noContent,
	}, twoNumbers)
	c := p.calls(sales, func(params *api.CreateCallParams) { params.SetMachineDetection("Enable").SetAsyncAmd("true") })
	far := p.farEnd(sales)
	form := p.wait("/voice/sales", 0)
	require.Equal(t, []string{"inbound", support, sales, "ringing", far.SID()},
		[]string{form.Get("Direction"), form.Get("From"), form.Get("To"), form.Get("CallStatus"), form.Get("CallSid")})
	require.NotEqual(t, c.SID(), far.SID())
	require.Equal(t, "42", p.wait("/keys", 0).Get("Digits"))
	require.NoError(t, far.WaitHeard(patience(t), 900))
	require.NoError(t, c.WaitHeard(patience(t), 500))

	c.HangUp()
	require.NoError(t, far.WaitStatus(patience(t), simulator.Completed))
	require.Equal(t, "completed", p.wait("/sales/status", 0).Get("CallStatus"))
	require.Equal(t, "completed", p.wait("/report", 3).Get("CallStatus"))
}

// TestBridgedTalk: a media stream at each end, which is how the product talks to itself.
func TestBridgedTalk(t *testing.T) {
	t.Parallel()
	heard := make(chan []byte, 4000)
	mouth := startNode(t, sings(660))
	ear := startNode(t, takes(heard))
	p := start(t, map[string]http.HandlerFunc{
		"/dialled": streamTo(mouth), "/voice/sales": streamTo(ear), "/report": noContent, "/sales/status": noContent,
	}, twoNumbers)
	p.calls(sales, nil)
	hears(t, heard, 660)
}

func TestCallToOwnNumberEnds(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		voice http.HandlerFunc
		do    func(c, far *simulator.Call)
		want  simulator.Status
		far   simulator.Status
	}{
		"busy":              {twiml(`<Reject reason="busy"/>`), nil, simulator.Busy, simulator.Busy},
		"rejected":          {twiml(`<Reject/>`), nil, simulator.NoAnswer, simulator.NoAnswer},
		"never answered":    {twiml(`<Pause length="60"/><Reject/>`), nil, simulator.NoAnswer, simulator.NoAnswer},
		"caller gives up":   {twiml(`<Pause length="60"/><Reject/>`), func(c, _ *simulator.Call) { c.HangUp() }, simulator.Busy, simulator.NoAnswer},
		"far end hangs up":  {twiml(`<Say>hello</Say><Pause length="60"/>`), func(_, far *simulator.Call) { far.HangUp() }, simulator.Completed, simulator.Completed},
		"far TwiML is over": {twiml(`<Say>hello</Say>`), nil, simulator.Completed, simulator.Completed},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := start(t, map[string]http.HandlerFunc{
				"/dialled": twiml(`<Pause length="60"/>`), "/voice/sales": tt.voice, "/report": noContent, "/sales/status": noContent,
			}, twoNumbers)
			c := p.calls(sales, func(params *api.CreateCallParams) { params.SetTimeout(1) })
			far := p.farEnd(sales)
			if tt.do != nil {
				if tt.want == simulator.Completed {
					require.NoError(t, c.WaitStatus(patience(t), simulator.InProgress))
				} else {
					require.NoError(t, c.WaitStatus(patience(t), simulator.Ringing))
				}
				tt.do(c, far)
			}
			require.NoError(t, c.WaitStatus(patience(t), tt.want))
			require.NoError(t, far.WaitStatus(patience(t), tt.far))
			require.Equal(t, string(tt.far), p.wait("/sales/status", 0).Get("CallStatus"))
		})
	}
}
