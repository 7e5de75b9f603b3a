package simulator

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"guichet/infra/local/simulator/twilio"
)

// detection is answering machine detection as a call asked for it (https://www.twilio.com/docs/voice/answering-machine-detection).
type detection struct {
	wanted     bool
	messageEnd bool // wait for the end of a machine's greeting
	async      bool // the call goes on meanwhile, and the callback is told
	callback   string
	method     string
}

const (
	// humanTime is a short greeting and the silence after it; machineTime is Twilio's default for more speech than a person
	// greets with.
	humanTime   = 1800 * time.Millisecond
	machineTime = 2400 * time.Millisecond
	afterBeep   = 100 * time.Millisecond
	// codeNoDetectionCallback warns that nobody is told (https://www.twilio.com/docs/api/errors/21262), codeBadDetection refuses a
	// value (https://www.twilio.com/docs/api/errors/21234).
	codeNoDetectionCallback = 21262
	codeBadDetection        = 21234
)

// detectionOf reads the parameters of the Calls resource.
func detectionOf(form url.Values) (detection, *twilio.Error) {
	d := detection{
		async:    form.Get("AsyncAmd") == "true",
		callback: form.Get("AsyncAmdStatusCallback"), method: form.Get("AsyncAmdStatusCallbackMethod"),
	}
	if d.method == "" {
		d.method = http.MethodPost
	}
	switch mode := form.Get("MachineDetection"); {
	case mode == "":
	case strings.EqualFold(mode, "Enable"):
		d.wanted = true
	case strings.EqualFold(mode, "DetectMessageEnd"):
		d.wanted, d.messageEnd = true, true
	default:
		return d, twilio.BadRequest(codeBadDetection, "Invalid Machine Detection configuration value: "+mode)
	}
	return d, nil
}

// verdict is the AnsweredBy of who or what answered, and how long it takes to tell.
func (s *Simulator) verdict(by answer, d detection) (answeredBy string, after time.Duration) {
	switch {
	case by != voicemail:
		return "human", s.paced(humanTime)
	case d.messageEnd:
		return "machine_end_beep", s.paced(greetingTime + greetingPause + machineBeep + afterBeep)
	default:
		return "machine_start", s.paced(machineTime)
	}
}

// detect finds out who has answered, if that was asked for, and returns what the first request says of it. In the background
// it returns at once, with nothing; else the call waits, unless it ends or is sent elsewhere.
func (c *Call) detect(by answer) url.Values {
	d := c.outgoing.detection
	if !d.wanted {
		return nil
	}
	answeredBy, after := c.sim.verdict(by, d)
	if d.async {
		c.sim.spawn(func() {
			if sleep(c.ctx, after) {
				c.detected(answeredBy, after)
			}
		})
		return nil
	}
	elapsed := time.NewTimer(after)
	defer elapsed.Stop()
	for {
		c.mu.Lock()
		interrupted, changed := c.pending != nil, c.changed
		c.mu.Unlock()
		if interrupted {
			return nil
		}
		select {
		case <-elapsed.C:
			c.touch(func() { c.answeredBy = answeredBy })
			return detectionParams(answeredBy, after)
		case <-changed:
		case <-c.ctx.Done():
			return nil
		}
	}
}

// detected tells the callback. It never changes the call.
func (c *Call) detected(answeredBy string, after time.Duration) {
	c.touch(func() { c.answeredBy = answeredBy })
	d := c.outgoing.detection
	if d.callback == "" {
		c.warn(codeNoDetectionCallback, "no AMD status callback URL provided")
		return
	}
	form := detectionParams(answeredBy, after)
	form.Set("CallSid", c.sid)
	form.Set("AccountSid", c.sim.cfg.AccountSID)
	c.deliver(callback{url: d.callback, method: d.method, form: form})
}

// detectionParams are the verdict, with the milliseconds that it took.
func detectionParams(answeredBy string, after time.Duration) url.Values {
	return url.Values{"AnsweredBy": {answeredBy}, "MachineDetectionDuration": {strconv.FormatInt(after.Milliseconds(), 10)}}
}
