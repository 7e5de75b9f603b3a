package simulator_test

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/twilio/twilio-go"
	twilioclient "github.com/twilio/twilio-go/client"
	api "github.com/twilio/twilio-go/rest/api/v2010"

	"guichet/infra/local/simulator"
)

// rest is Twilio's own client, with its requests sent to the simulator's API.
func (p *product) rest(token string) *api.ApiService {
	p.t.Helper()
	server := httptest.NewServer(p.sim.API())
	p.t.Cleanup(server.Close)
	base, err := url.Parse(server.URL)
	require.NoError(p.t, err)
	inner := &twilioclient.Client{Credentials: twilioclient.NewCredentials(accountSID, token)}
	inner.SetAccountSid(accountSID)
	inner.HTTPClient = &http.Client{Transport: rewrite{base}}
	return twilio.NewRestClientWithParams(twilio.ClientParams{Client: inner}).Api
}

// rewrite sends every request to another host over a connection of its own, so that none is left idle.
type rewrite struct{ base *url.URL }

func (to rewrite) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	r.URL.Scheme, r.URL.Host, r.Close = to.base.Scheme, to.base.Host, true
	return http.DefaultTransport.RoundTrip(r)
}

func TestRedirectOutOfTheQueue(t *testing.T) {
	t.Parallel()
	p := start(t, map[string]http.HandlerFunc{
		"/voice/incoming": twiml(`<Enqueue waitUrl="/wait" action="/left">support</Enqueue>`),
		"/wait":           twiml(`<Pause length="60"/>`),
		"/left":           twiml(`<Say>never</Say>`),
		"/bridge":         twiml(`<Say>by URL</Say><Pause length="60"/>`),
	})
	rest := p.rest(authToken)
	c := p.call(nil)
	p.wait("/wait", 0)

	got, err := rest.UpdateCall(c.SID(), (&api.UpdateCallParams{}).SetUrl(p.server.URL+"/bridge"))
	require.NoError(t, err)
	require.Equal(t, "in-progress", *got.Status)
	_, err = c.WaitLine(patience(t), simulator.LineSay, "by URL")
	require.NoError(t, err)
	require.Equal(t, "redirected", p.wait("/left", 0).Get("QueueResult"))
	require.Equal(t, "in-progress", p.wait("/left", 0).Get("CallStatus"))

	_, err = rest.UpdateCall(c.SID(), (&api.UpdateCallParams{}).SetTwiml(`<Response><Say>by TwiML</Say></Response>`))
	require.NoError(t, err)
	p.ended(c, simulator.Completed)
	require.Equal(t, []string{"by URL", "by TwiML"}, texts(c, simulator.LineSay))
	require.Equal(t, 1, p.times("/left"))
}

func TestRelativeURLInInlineTwiML(t *testing.T) {
	t.Parallel()
	p := start(t, map[string]http.HandlerFunc{"/voice/incoming": twiml(`<Say>x</Say><Pause length="60"/>`)})
	c := p.call(nil)
	require.NoError(t, c.WaitStatus(patience(t), simulator.InProgress))
	_, err := p.rest(authToken).UpdateCall(c.SID(), (&api.UpdateCallParams{}).SetTwiml(`<Response><Redirect>/x</Redirect></Response>`))
	require.NoError(t, err)
	p.ended(c, simulator.Completed)
	line, err := c.WaitLine(patience(t), simulator.LineError, "")
	require.NoError(t, err)
	require.Equal(t, 11100, line.Code)
}

func TestOutgoingCall(t *testing.T) {
	t.Parallel()
	all := []string{"initiated", "ringing", "answered", "completed"}
	tests := map[string]struct {
		customer func(*simulator.Call)
		events   []string
		want     simulator.Status
		reports  []string
	}{
		"answered":  {(*simulator.Call).Answer, all, simulator.Completed, []string{"initiated", "ringing", "in-progress", "completed"}},
		"declined":  {(*simulator.Call).Decline, all, simulator.Busy, []string{"initiated", "ringing", "busy"}},
		"hung up":   {(*simulator.Call).HangUp, nil, simulator.Busy, []string{"busy"}},
		"ignored":   {func(*simulator.Call) {}, []string{"answered", "completed"}, simulator.NoAnswer, []string{"no-answer"}},
		"bad event": {(*simulator.Call).Answer, []string{"initiated answered"}, simulator.Completed, nil},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := start(t, map[string]http.HandlerFunc{
				"/dialled": twiml(`<Say>hello</Say>`),
				"/report":  func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) },
			})
			params := (&api.CreateCallParams{}).SetTo(customer).SetFrom(support).SetUrl(p.server.URL + "/dialled").
				SetStatusCallback(p.server.URL + "/report").SetTimeout(30)
			if tt.want == simulator.NoAnswer {
				params.SetTimeout(1)
			}
			if tt.events != nil {
				params.SetStatusCallbackEvent(tt.events)
			}
			got, err := p.rest(authToken).CreateCall(params)
			require.NoError(t, err)
			require.Equal(t, []string{"queued", "outbound-api", customer, support}, []string{*got.Status, *got.Direction, *got.To, *got.From})

			c, err := p.sim.WaitCall(patience(t), func(c *simulator.Call) bool { return c.Outgoing() && c.To() == customer })
			require.NoError(t, err)
			require.Equal(t, *got.Sid, c.SID())
			require.NoError(t, c.WaitStatus(patience(t), simulator.Ringing))
			tt.customer(c)
			require.NoError(t, c.WaitStatus(patience(t), tt.want))
			p.sim.Close()
			require.Len(t, p.count("/report"), len(tt.reports))
			for i, want := range tt.reports {
				form := p.wait("/report", i)
				require.Equal(t, want, form.Get("CallStatus"))
				require.Equal(t, string(rune('0'+i)), form.Get("SequenceNumber"))
				require.Equal(t, "outbound-api", form.Get("Direction"))
			}
			if tt.want == simulator.Completed {
				require.Equal(t, "in-progress", p.wait("/dialled", 0).Get("CallStatus"))
			}
		})
	}
}

func TestEndingCallsByREST(t *testing.T) {
	t.Parallel()
	p := start(t, map[string]http.HandlerFunc{"/voice/incoming": twiml(`<Say>x</Say><Pause length="60"/>`)})
	rest := p.rest(authToken)
	ring := func() string {
		got, err := rest.CreateCall((&api.CreateCallParams{}).SetTo(customer).SetFrom(support).SetTwiml("<Response/>"))
		require.NoError(t, err)
		c, err := p.sim.Find(*got.Sid)
		require.NoError(t, err)
		require.NoError(t, c.WaitStatus(patience(t), simulator.Ringing))
		return c.SID()
	}
	live := p.call(nil)
	require.NoError(t, live.WaitStatus(patience(t), simulator.InProgress))

	for _, step := range []struct{ sid, ask, want string }{
		{ring(), "canceled", "canceled"},
		{ring(), "completed", "canceled"},
		{live.SID(), "canceled", "in-progress"},
		{live.SID(), "completed", "completed"},
	} {
		got, err := rest.UpdateCall(step.sid, (&api.UpdateCallParams{}).SetStatus(step.ask))
		require.NoError(t, err)
		require.Equal(t, step.want, *got.Status)
	}
	got, err := rest.FetchCall(live.SID(), nil)
	require.NoError(t, err)
	require.Equal(t, []string{"completed", "inbound", "Ada Lovelace"}, []string{*got.Status, *got.Direction, *got.CallerName})
	require.Regexp(t, `^\d+$`, *got.Duration)
	require.Regexp(t, `\+0000$`, *got.EndTime)

	list, err := rest.ListCall((&api.ListCallParams{}).SetStatus("canceled").SetPageSize(1))
	require.NoError(t, err)
	require.Len(t, list, 2)
}

func TestRESTErrors(t *testing.T) {
	t.Parallel()
	p := start(t, map[string]http.HandlerFunc{"/voice/incoming": twiml(`<Hangup/>`)})
	rest, stranger := p.rest(authToken), p.rest("wrong")
	ended := p.call(nil)
	p.ended(ended, simulator.Completed)
	create := func(change func(*api.CreateCallParams)) error {
		params := (&api.CreateCallParams{}).SetTo(customer).SetFrom(support).SetUrl("http://127.0.0.1/x")
		change(params)
		_, err := rest.CreateCall(params)
		return err
	}
	update := func(sid string, params *api.UpdateCallParams) error {
		_, err := rest.UpdateCall(sid, params)
		return err
	}
	fetch := func(s *api.ApiService, sid string) error {
		_, err := s.FetchCall(sid, nil)
		return err
	}
	for name, tt := range map[string]struct {
		err          error
		code, status int
	}{
		"wrong token":        {fetch(stranger, ended.SID()), 20003, 401},
		"unknown call":       {fetch(rest, "CA00000000000000000000000000000000"), 20404, 404},
		"redirect of ended":  {update(ended.SID(), (&api.UpdateCallParams{}).SetTwiml("<Response/>")), 21220, 400},
		"hang up of ended":   {update(ended.SID(), (&api.UpdateCallParams{}).SetStatus("completed")), 21220, 400},
		"unknown status":     {update(ended.SID(), (&api.UpdateCallParams{}).SetStatus("asleep")), 20001, 400},
		"bad URL of update":  {update(ended.SID(), (&api.UpdateCallParams{}).SetUrl("/relative")), 21205, 400},
		"long TwiML":         {update(ended.SID(), (&api.UpdateCallParams{}).SetTwiml(strings.Repeat("x", 4001))), 32018, 400},
		"no number to call":  {create(func(p *api.CreateCallParams) { p.To = nil }), 21201, 400},
		"bad number to call": {create(func(p *api.CreateCallParams) { p.SetTo("+331") }), 21211, 400},
		"no caller":          {create(func(p *api.CreateCallParams) { p.From = nil }), 21213, 400},
		"bad caller":         {create(func(p *api.CreateCallParams) { p.SetFrom("guichet") }), 21212, 400},
		"caller not ours":    {create(func(p *api.CreateCallParams) { p.SetFrom(customer) }), 21210, 400},
		"nothing to run":     {create(func(p *api.CreateCallParams) { p.Url = nil }), 21205, 400},
		"bad timeout":        {create(func(p *api.CreateCallParams) { p.SetTimeout(-1) }), 21208, 400},
		"bad detection":      {create(func(p *api.CreateCallParams) { p.SetMachineDetection("Perhaps") }), 21234, 400},
		"bad callback":       {create(func(p *api.CreateCallParams) { p.SetStatusCallback("nowhere") }), 21609, 400},
	} {
		var rested *twilioclient.TwilioRestError
		require.True(t, errors.As(tt.err, &rested), "%s: %v", name, tt.err)
		require.Equal(t, tt.code, rested.Code, name)
		require.Equal(t, tt.status, rested.Status, name)
		require.Contains(t, rested.MoreInfo, "https://www.twilio.com/docs/errors/", name)
	}
	require.Len(t, p.sim.Calls(), 1)
}

func TestRESTLimits(t *testing.T) {
	t.Parallel()
	p := start(t, nil)
	server := httptest.NewServer(p.sim.API())
	t.Cleanup(server.Close)
	for path, want := range map[string]int{
		"/2010-04-01/Accounts/" + accountSID + "/Calls.json":                       http.StatusBadRequest,
		"/2010-04-01/Accounts/AC00000000000000000000000000000000/Calls.json":       http.StatusNotFound,
		"/2010-04-01/Accounts/" + accountSID + "/Messages.json":                    http.StatusNotFound,
		"/2010-04-01/Accounts/" + accountSID + "/Calls/CA0000000000000000000.json": http.StatusNotFound,
	} {
		body := "To=" + strings.Repeat("1", 70<<10)
		if want == http.StatusNotFound {
			body = ""
		}
		req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, server.URL+path, strings.NewReader(body))
		require.NoError(t, err)
		req.SetBasicAuth(accountSID, authToken)
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		req.Close = true
		res, err := http.DefaultClient.Do(req)
		require.NoError(t, err)
		require.NoError(t, res.Body.Close())
		require.Equal(t, want, res.StatusCode, path)
	}
}
