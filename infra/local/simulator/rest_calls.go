package simulator

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/nyaruka/phonenumbers"

	"guichet/infra/local/simulator/twilio"
)

const (
	defaultRing = 60 * time.Second
	// maxRing is the longest Timeout of the Calls resource, in seconds; maxInline the longest Twiml, in characters.
	maxRing   = 600
	maxInline = 4000
	// notInProgress is the error of whatever needs a live call (https://www.twilio.com/docs/api/errors/21220).
	notInProgress = 21220
)

// createCall places a call to a simulated customer.
func (s *Simulator) createCall(r *http.Request) (any, *twilio.Error) {
	form := r.PostForm
	if failure := s.checkParties(form); failure != nil {
		return nil, failure
	}
	program, failure := programOf(form)
	if failure != nil {
		return nil, failure
	}
	if program == nil {
		return nil, twilio.BadRequest(21205, "Url parameter is required.")
	}
	o := outgoing{
		program: *program, fallback: form.Get("FallbackUrl"),
		statusCallback: form.Get("StatusCallback"), statusMethod: form.Get("StatusCallbackMethod"), ringTime: defaultRing,
	}
	if o.statusCallback != "" && !twilio.IsHTTP(o.statusCallback) {
		return nil, twilio.BadRequest(21609, "The StatusCallback URL "+o.statusCallback+" is not a valid URL.")
	}
	if raw := form.Get("Timeout"); raw != "" {
		seconds, err := strconv.Atoi(raw)
		if err != nil || seconds < 1 {
			return nil, twilio.BadRequest(21208, "Invalid Timeout: "+raw)
		}
		o.ringTime = time.Duration(min(seconds, maxRing)) * time.Second
	}
	if o.detection, failure = detectionOf(form); failure != nil {
		return nil, failure
	}
	c := newCall(s, outboundAPI, form.Get("From"), form.Get("To"))
	c.outgoing = o
	c.askEvents(form["StatusCallbackEvent"])
	answer := c.resource()
	if err := s.start(c, c.runOutgoing); err != nil {
		return nil, &twilio.Error{Status: http.StatusServiceUnavailable, Code: 20500, Message: "The simulator is closing"}
	}
	return answer, nil
}

// askEvents takes the events of the status callback. One that does not exist makes Twilio send none at all, with a warning
// only (https://www.twilio.com/docs/api/errors/21626).
func (c *Call) askEvents(asked []string) {
	if len(asked) == 0 {
		c.outgoing.events = []event{eventCompleted}
		return
	}
	known := []event{eventInitiated, eventRinging, eventAnswered, eventCompleted}
	for _, e := range asked {
		if !slices.Contains(known, event(e)) {
			c.outgoing.events = nil
			c.warn(21626, "invalid StatusCallbackEvent %q", e)
			return
		}
		c.outgoing.events = append(c.outgoing.events, event(e))
	}
}

func (s *Simulator) checkParties(form url.Values) *twilio.Error {
	to, from := form.Get("To"), form.Get("From")
	if to == "" {
		return twilio.BadRequest(21201, "No 'To' number is specified")
	}
	if from == "" {
		return twilio.BadRequest(21213, "No 'From' number is specified")
	}
	if parsed, err := phonenumbers.Parse(to, ""); err != nil || !e164.MatchString(to) || !phonenumbers.IsPossibleNumber(parsed) {
		return twilio.BadRequest(21211, "The phone number you are attempting to call, "+to+", is not valid.")
	}
	if !e164.MatchString(from) {
		return twilio.BadRequest(21212, "The 'From' number "+from+" is not a valid phone number or client identifier.")
	}
	if _, ours := s.number(from); !ours {
		return twilio.BadRequest(21210, "The source phone number provided, "+from+", is not yet verified for your account.")
	}
	return nil
}

// programOf is the TwiML that a create or an update names; nil when it names none.
func programOf(form url.Values) (*request, *twilio.Error) {
	twiml, to := form.Get("Twiml"), form.Get("Url")
	switch {
	case twiml != "" && len([]rune(twiml)) > maxInline:
		return nil, twilio.BadRequest(32018, "Twiml size exceeded maximum allowed value of 4000 characters")
	case twiml != "":
		return &request{inline: []byte(twiml)}, nil
	case to == "":
		return nil, nil
	case !twilio.IsHTTP(to):
		return nil, twilio.BadRequest(21205, "Url is not a valid URL: "+to)
	default:
		return &request{url: to, method: form.Get("Method")}, nil
	}
}

// updateCall redirects a live call or ends one.
func (s *Simulator) updateCall(r *http.Request) (any, *twilio.Error) {
	c, failure := s.pathCall(r)
	if failure != nil {
		return nil, failure
	}
	switch status := r.PostForm.Get("Status"); status {
	case "":
	case string(Completed):
		if c.Ended() {
			return nil, twilio.BadRequest(notInProgress, "Call is not in-progress. Cannot redirect.")
		}
		c.end()
		return c.resource(), nil
	case string(Canceled): // hangs up what rings, and leaves a conversation alone
		if now := c.Status(); now == Queued || now == Ringing {
			c.finish(Canceled, "product")
		}
		return c.resource(), nil
	default:
		return nil, twilio.BadRequest(20001, "Invalid Status: "+status)
	}
	program, failure := programOf(r.PostForm)
	if failure != nil {
		return nil, failure
	}
	if program == nil {
		return c.resource(), nil
	}
	if !c.redirect(*program) {
		return nil, twilio.BadRequest(notInProgress, "Call is not in-progress. Cannot redirect.")
	}
	return c.resource(), nil
}

// end hangs up on behalf of the product.
func (c *Call) end() {
	status := c.endStatus()
	if status == NoAnswer {
		status = Canceled
	}
	c.finish(status, "product")
}

func (s *Simulator) fetchCall(r *http.Request) (any, *twilio.Error) {
	c, failure := s.pathCall(r)
	if failure != nil {
		return nil, failure
	}
	return c.resource(), nil
}

func (s *Simulator) pathCall(r *http.Request) (*Call, *twilio.Error) {
	sid, ok := strings.CutSuffix(r.PathValue("call"), ".json")
	c, err := s.Find(sid)
	if !ok || err != nil {
		return nil, twilio.NotFound(r)
	}
	return c, nil
}
