package simulator_test

import (
	"context"
	"encoding/base64"
	"math"
	"net/http"
	"net/url"
	"testing"

	"github.com/stretchr/testify/require"
	api "github.com/twilio/twilio-go/rest/api/v2010"

	"guichet/infra/local/simulator"
	"guichet/infra/local/simulator/audio"
)

// hasty lets telephones do in a tenth of the time what they do in life.
func hasty(cfg *simulator.Config) { cfg.PhonePace = 10 }

// calls lets the product call a number, and returns the call.
func (p *product) calls(to string, change func(*api.CreateCallParams)) *simulator.Call {
	p.t.Helper()
	params := (&api.CreateCallParams{}).SetTo(to).SetFrom(support).SetUrl(p.server.URL + "/dialled").SetTimeout(30).
		SetStatusCallback(p.server.URL + "/report").SetStatusCallbackEvent([]string{"initiated", "ringing", "answered", "completed"})
	if change != nil {
		change(params)
	}
	got, err := p.rest(authToken).CreateCall(params)
	require.NoError(p.t, err)
	c, err := p.sim.Find(*got.Sid)
	require.NoError(p.t, err)
	return c
}

// takes hands on what a media stream brings from the caller.
func takes(heard chan<- []byte) func(context.Context, *node) {
	return func(ctx context.Context, n *node) {
		for {
			m, ok := n.read(ctx)
			if !ok {
				return
			}
			if m.Event == "media" {
				ulaw, err := base64.StdEncoding.DecodeString(m.Media.Payload)
				require.NoError(n.t, err)
				select {
				case heard <- ulaw:
				default: // enough was heard
				}
			}
		}
	}
}

// sings plays a tone of hz hertz into a media stream.
func sings(hz float64) func(context.Context, *node) {
	return func(ctx context.Context, n *node) {
		for m, ok := n.read(ctx); ok; m, ok = n.read(ctx) {
			if m.Event == "start" {
				n.say(ctx, tone(hz, 60_000))
			}
		}
	}
}

// hears waits until what comes is a tone near hz; 0 waits for silence.
func hears(t *testing.T, heard <-chan []byte, hz float64) {
	t.Helper()
	var window []byte
	for ctx := patience(t); ; {
		select {
		case ulaw := <-heard:
			window = append(window, ulaw...)
		case <-ctx.Done():
			require.FailNow(t, "not heard", "%.0f Hz", hz)
		}
		if window = window[max(0, len(window)-audio.Rate/12):]; len(window) == audio.Rate/12 &&
			math.Abs(audio.Measure(audio.DecodeAll(window)).Hz-hz) < 25 {
			return
		}
	}
}

func noContent(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) }

func TestPhones(t *testing.T) {
	t.Parallel()
	for does, tt := range map[simulator.Behaviour]struct {
		want    simulator.Status
		reports []string
		hz      float64 // what the product hears first; 0 for nothing
	}{
		simulator.PhoneRings:     {simulator.NoAnswer, []string{"initiated", "ringing", "no-answer"}, 0},
		simulator.PhoneIgnores:   {simulator.NoAnswer, []string{"initiated", "ringing", "no-answer"}, 0},
		simulator.PhoneBusy:      {simulator.Busy, []string{"initiated", "busy"}, 0},
		simulator.PhoneAnswers:   {simulator.Completed, []string{"initiated", "ringing", "in-progress", "completed"}, 770},
		simulator.PhoneVoicemail: {simulator.Completed, []string{"initiated", "ringing", "in-progress", "completed"}, 520},
	} {
		t.Run(string(does), func(t *testing.T) {
			t.Parallel()
			heard := make(chan []byte, 4000)
			url := startNode(t, takes(heard))
			p := start(t, map[string]http.HandlerFunc{"/dialled": streamTo(url), "/report": noContent}, hasty)
			require.NoError(t, p.sim.SetPhone(simulator.Phone{Number: customer, Does: does, ToneHz: 770}))
			c := p.calls(customer, func(params *api.CreateCallParams) {
				if tt.want == simulator.NoAnswer {
					params.SetTimeout(1)
				}
			})
			if tt.hz > 0 {
				require.NoError(t, c.WaitStatus(patience(t), simulator.InProgress))
				hears(t, heard, tt.hz)
				c.HangUp()
			}
			require.NoError(t, c.WaitStatus(patience(t), tt.want))
			p.sim.Close()
			require.Len(t, p.count("/report"), len(tt.reports))
			for i, want := range tt.reports {
				require.Equal(t, want, p.wait("/report", i).Get("CallStatus"))
			}
			require.Regexp(t, `^\d+$`, p.wait("/report", len(tt.reports)-1).Get("CallDuration"))
		})
	}
}

func TestPhonesAreSet(t *testing.T) {
	t.Parallel()
	p := start(t, nil)
	for _, bad := range []simulator.Phone{
		{Number: "0612345678", Does: simulator.PhoneBusy}, {Number: customer, Does: "explode"}, {Number: customer},
		{Number: customer, Does: simulator.PhoneAnswers, ToneHz: 50},
	} {
		require.ErrorIs(t, p.sim.SetPhone(bad), simulator.ErrBadPhone)
	}
	for _, phone := range []simulator.Phone{
		{Number: linus, Does: simulator.PhoneBusy}, {Number: ada, Does: simulator.PhoneAnswers, ToneHz: 700},
		{Number: grace, Does: simulator.PhoneBusy}, {Number: linus, Does: simulator.PhoneVoicemail}, {Number: grace, Does: simulator.PhoneRings},
	} {
		require.NoError(t, p.sim.SetPhone(phone))
	}
	require.Equal(t, []simulator.Phone{
		{Number: ada, Does: simulator.PhoneAnswers, ToneHz: 700}, {Number: linus, Does: simulator.PhoneVoicemail, ToneHz: 440},
	}, p.sim.Phones())
}

func TestMachineDetection(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		mode, async string
		does        func(*simulator.Call)
		answeredBy  string
		duration    string // milliseconds
	}{
		"a person":            {"Enable", "false", (*simulator.Call).Answer, "human", "180"},
		"a machine":           {"Enable", "", (*simulator.Call).AnswerByMachine, "machine_start", "240"},
		"its end":             {"DetectMessageEnd", "", (*simulator.Call).AnswerByMachine, "machine_end_beep", "380"},
		"a person, meanwhile": {"DetectMessageEnd", "true", (*simulator.Call).Answer, "human", "180"},
		"a machine meanwhile": {"Enable", "true", (*simulator.Call).AnswerByMachine, "machine_start", "240"},
		"its end, meanwhile":  {"DetectMessageEnd", "true", (*simulator.Call).AnswerByMachine, "machine_end_beep", "380"},
		"nobody asks":         {"", "true", (*simulator.Call).AnswerByMachine, "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := start(t, map[string]http.HandlerFunc{
				"/dialled": twiml(`<Say>hello</Say><Pause length="60"/>`), "/amd": noContent, "/report": noContent,
			}, hasty)
			c := p.calls(customer, func(params *api.CreateCallParams) {
				params.SetAsyncAmd(tt.async).SetAsyncAmdStatusCallback(p.server.URL + "/amd")
				if tt.mode != "" {
					params.SetMachineDetection(tt.mode)
				}
			})
			require.NoError(t, c.WaitStatus(patience(t), simulator.Ringing))
			tt.does(c)
			dialled := p.wait("/dialled", 0)
			verdict := url.Values{"AnsweredBy": {tt.answeredBy}, "MachineDetectionDuration": {tt.duration}}
			if tt.async == "true" && tt.mode != "" {
				require.NotContains(t, dialled, "AnsweredBy", "the call goes on before anybody knows")
				verdict.Set("CallSid", c.SID())
				verdict.Set("AccountSid", accountSID)
				require.Equal(t, verdict, p.wait("/amd", 0))
			} else {
				require.Equal(t, tt.answeredBy, dialled.Get("AnsweredBy"))
				require.Equal(t, tt.duration, dialled.Get("MachineDetectionDuration"))
				require.Zero(t, p.times("/amd"))
			}
			got, err := p.rest(authToken).FetchCall(c.SID(), nil)
			require.NoError(t, err)
			if tt.answeredBy == "" {
				require.Nil(t, got.AnsweredBy)
				return
			}
			require.Equal(t, tt.answeredBy, *got.AnsweredBy)
		})
	}
}

func TestMachineDetectionIsInterrupted(t *testing.T) {
	t.Parallel()
	p := start(t, map[string]http.HandlerFunc{"/dialled": twiml(`<Say>hello</Say>`), "/amd": noContent, "/report": noContent},
		func(cfg *simulator.Config) { cfg.PhonePace = 0.001 })
	ask := func(async string) func(*api.CreateCallParams) {
		return func(params *api.CreateCallParams) { params.SetMachineDetection("Enable").SetAsyncAmd(async) }
	}
	redirected := p.calls(customer, ask("false"))
	redirected.Answer()
	require.NoError(t, redirected.WaitStatus(patience(t), simulator.InProgress))
	_, err := p.rest(authToken).UpdateCall(redirected.SID(), (&api.UpdateCallParams{}).SetTwiml(`<Response><Say>elsewhere</Say></Response>`))
	require.NoError(t, err)
	require.NoError(t, redirected.WaitStatus(patience(t), simulator.Completed))
	require.Equal(t, []string{"elsewhere"}, texts(redirected, simulator.LineSay))

	for _, async := range []string{"false", "true"} {
		gone := p.calls(customer, ask(async))
		gone.Answer()
		require.NoError(t, gone.WaitStatus(patience(t), simulator.InProgress))
		gone.HangUp()
		require.NoError(t, gone.WaitStatus(patience(t), simulator.Completed))
	}
	p.sim.Close()
	require.Zero(t, p.times("/amd"))
}

func TestMachineDetectionNobodyIsTold(t *testing.T) {
	t.Parallel()
	p := start(t, map[string]http.HandlerFunc{"/dialled": twiml(`<Pause length="60"/>`), "/report": noContent}, hasty)
	c := p.calls(customer, func(params *api.CreateCallParams) { params.SetMachineDetection("Enable").SetAsyncAmd("true") })
	c.Answer()
	line, err := c.WaitLine(patience(t), simulator.LineWarning, "AMD")
	require.NoError(t, err)
	require.Equal(t, 21262, line.Code)
}

// TestMachineAnswersItself: greeting, beep, and silence in which a message can be left.
func TestMachineAnswersItself(t *testing.T) {
	t.Parallel()
	heard := make(chan []byte, 4000)
	url := startNode(t, takes(heard))
	p := start(t, map[string]http.HandlerFunc{"/dialled": streamTo(url), "/report": noContent},
		func(cfg *simulator.Config) { cfg.PhonePace = 4 })
	require.NoError(t, p.sim.SetPhone(simulator.Phone{Number: customer, Does: simulator.PhoneVoicemail}))
	c := p.calls(customer, nil)
	require.NoError(t, c.WaitStatus(patience(t), simulator.InProgress))
	for _, hz := range []float64{520, 1400, 0} {
		hears(t, heard, hz)
	}
}
