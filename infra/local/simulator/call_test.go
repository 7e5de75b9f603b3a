package simulator_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"guichet/infra/local/simulator"
)

func TestIncomingCall(t *testing.T) {
	t.Parallel()
	p := start(t, map[string]http.HandlerFunc{
		"/voice/incoming": twiml(`<Say language="fr-FR">Bonjour,   à <emphasis>vous</emphasis>.</Say><Say>Goodbye</Say>`),
	})
	c := p.call(nil)
	status := p.ended(c, simulator.Completed)

	form := p.wait("/voice/incoming", 0)
	require.Regexp(t, `^CA[0-9a-f]{32}$`, form.Get("CallSid"))
	for name, want := range map[string]string{
		"AccountSid": accountSID, "From": customer, "To": support, "Caller": customer, "Called": support,
		"Direction": "inbound", "CallStatus": "ringing", "ApiVersion": "2010-04-01", "CallerName": "Ada Lovelace",
		"FromCountry": "FR", "ToCountry": "FR", "FromCity": "",
	} {
		require.Equal(t, want, form.Get(name), name)
		require.Contains(t, form, name)
	}
	require.Equal(t, []string{"Bonjour, à vous .", "Goodbye"}, texts(c, simulator.LineSay))
	require.Equal(t, []string{"ringing", "in-progress", "completed"}, texts(c, simulator.LineStatus))

	require.Equal(t, "completed", status.Get("CallStatus"))
	require.Equal(t, c.SID(), status.Get("CallSid"))
	require.Equal(t, "0", status.Get("SequenceNumber"))
	require.Equal(t, "call-progress-events", status.Get("CallbackSource"))
	require.Regexp(t, `^\d+$`, status.Get("CallDuration"))
	_, err := time.Parse(time.RFC1123Z, status.Get("Timestamp"))
	require.NoError(t, err)
}

func TestCallerHangsUp(t *testing.T) {
	t.Parallel()
	hold := make(chan struct{})
	p := start(t, map[string]http.HandlerFunc{
		"/voice/incoming": twiml(`<Say>Please wait</Say><Pause length="60"/>`),
		"/slow":           func(_ http.ResponseWriter, _ *http.Request) { <-hold },
	}, func(cfg *simulator.Config) {
		cfg.Numbers = append(cfg.Numbers, simulator.Number{E164: "+33180001002", VoiceURL: "/slow", StatusCallback: "/slow/status"})
	})
	t.Cleanup(func() { close(hold) })

	c := p.call(nil)
	require.NoError(t, c.WaitStatus(patience(t), simulator.InProgress))
	c.HangUp()
	c.HangUp()
	require.Equal(t, "completed", p.ended(c, simulator.Completed).Get("CallStatus"))
	require.Equal(t, 1, p.times("/voice/status"))

	early, err := p.sim.Call(simulator.Dial{From: "anonymous", To: "+33180001002"})
	require.NoError(t, err)
	require.Equal(t, "anonymous", p.wait("/slow", 0).Get("From"))
	early.HangUp()
	require.Equal(t, "no-answer", p.wait("/slow/status", 0).Get("CallStatus"))
}

func TestCallRefuses(t *testing.T) {
	t.Parallel()
	p := start(t, nil)
	_, err := p.sim.Call(simulator.Dial{From: customer, To: "+33999999999"})
	require.ErrorIs(t, err, simulator.ErrUnknownNumber)
	for _, from := range []string{"", "0612345678", "+0612345678", "+33 6 12 34", "+331234567890123456"} {
		_, err = p.sim.Call(simulator.Dial{From: from, To: support})
		require.ErrorIs(t, err, simulator.ErrBadCaller, from)
	}
	require.Empty(t, p.sim.Calls())
	p.sim.Close()
	_, err = p.sim.Call(simulator.Dial{From: customer, To: support})
	require.ErrorIs(t, err, simulator.ErrClosed)
}

func TestCloseEndsCallsAndReportsThem(t *testing.T) {
	t.Parallel()
	p := start(t, map[string]http.HandlerFunc{"/voice/incoming": twiml(`<Pause length="1"/><Say>x</Say><Pause length="60"/>`)})
	c := p.call(nil)
	p.wait("/voice/incoming", 0)
	p.sim.Close()
	require.True(t, c.Ended())
	require.Equal(t, 1, p.times("/voice/status"))
}

func TestFaults(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		faults            simulator.Faults
		incoming, reports int
	}{
		"kind":               {simulator.Faults{}, 1, 1},
		"duplicate webhooks": {simulator.Faults{DuplicateWebhooks: 1}, 2, 1},
		"duplicate status":   {simulator.Faults{DuplicateStatus: 1, DelayStatus: 30 * time.Millisecond, ReorderStatus: true}, 1, 2},
		"late":               {simulator.Faults{DelayWebhooks: 30 * time.Millisecond, DelayStatus: 30 * time.Millisecond}, 1, 1},
		"lost status":        {simulator.Faults{DropStatus: 1}, 1, 0},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := start(t, map[string]http.HandlerFunc{"/voice/incoming": twiml(`<Hangup/>`)},
				func(cfg *simulator.Config) { cfg.Faults = tt.faults })
			c := p.call(nil)
			require.NoError(t, c.WaitStatus(patience(t), simulator.Completed))
			p.sim.Close() // waits for what is late
			require.Equal(t, tt.incoming, p.times("/voice/incoming"))
			require.Equal(t, tt.reports, p.times("/voice/status"))
		})
	}
}
