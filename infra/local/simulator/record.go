package simulator

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"guichet/infra/local/simulator/audio"
	"guichet/infra/local/simulator/twilio"
)

const (
	defaultRecordSilence = 5
	defaultRecordLength  = 3600 // seconds
	// recordedAfter is how long a recording takes to be there after its end.
	recordedAfter = 300 * time.Millisecond
)

// record keeps what the caller says until a key, silence, the greatest length or the end of the call
// (https://www.twilio.com/docs/voice/twiml/record).
func (x *executor) record(ctx context.Context, v *element) (*request, error) {
	c := x.call
	if v.attr["playBeep"] != "false" {
		if err := x.playOnce(ctx, audio.NewTone(beepHz).For(beepTime)); err != nil {
			return nil, err
		}
	}
	c.forgetDigits()
	most := min(max(v.whole("maxLength", defaultRecordLength), 1), defaultRecordLength)
	t := newTape(time.Duration(most)*time.Second, v.seconds("timeout", defaultRecordSilence))
	r := &recording{sid: twilio.NewSID("RE"), callSID: c.sid, started: time.Now(), account: c.sim.cfg.AccountSID}
	x.recordingEvent(v, r, recordingInProgress)
	c.line.setUplink(t.take)
	c.touch(func() {
		c.recording = true
		c.append(Line{Kind: LineRecord})
	})
	key, err := c.untilRecorded(ctx, t, v)
	c.line.setUplink(nil)
	return x.recorded(v, r, t.stop(), key, err)
}

// untilRecorded returns the key that ended the recording, if one did, or why the call does something else now.
func (c *Call) untilRecorded(ctx context.Context, t *tape, v *element) (string, error) {
	finish, ok := v.attr["finishOnKey"]
	if !ok {
		finish = keypadKeys
	}
	for {
		select {
		case key := <-c.digits:
			if strings.ContainsRune(finish, key) {
				return string(key), nil
			}
		case <-t.full:
			return "", nil
		case <-ctx.Done():
			return "", context.Cause(ctx)
		}
	}
}

// recorded goes on with the action; or, when there is nothing to listen to, with the next verb, as Twilio does. Lengths are in
// whole seconds, so that under one second there is nothing.
func (x *executor) recorded(v *element, r *recording, ulaw []byte, key string, err error) (*request, error) {
	c := x.call
	r.ulaw = ulaw
	params := r.params(c.sim.apiURL())
	if v.attr["trim"] != "do-not-trim" {
		r.ulaw = trimmed(ulaw)
	}
	kept := r.seconds() > 0
	shown := "empty"
	if kept {
		shown = strconv.Itoa(r.seconds())
		c.sim.recordings.keep(r)
	}
	c.touch(func() {
		c.recording = false
		c.append(Line{Kind: LineRecordEnd, Text: shown})
	})
	if kept {
		x.recordingEvent(v, r, recordingCompleted)
	} else {
		x.recordingEvent(v, r, recordingAbsent)
	}
	hungUp := errors.Is(err, errHungUp)
	if hungUp {
		c.finish(c.endStatus(), "twiml")
		key = resultHangup
	}
	if key != "" {
		params.Set("Digits", key)
	}
	v = x.withAction(v)
	switch {
	case kept && hungUp:
		x.tell(v, params)
		return nil, err
	case err != nil || !kept:
		return nil, err
	default:
		return x.action(v, params)
	}
}

// withAction is the verb with its document's own URL as the action when it has none.
func (x *executor) withAction(v *element) *element {
	if v.attr["action"] != "" || x.doc.base == nil {
		return v
	}
	own := *v
	own.attr = map[string]string{"action": x.doc.base.String(), "method": v.attr["method"]}
	return &own
}

// Values of RecordingStatus.
const (
	recordingInProgress = "in-progress"
	recordingCompleted  = "completed"
	recordingAbsent     = "absent"
)

// recordingEvent tells the recordingStatusCallback of an event that it has asked for; completed when it names none
// (https://www.twilio.com/docs/voice/twiml/record#attributes-recording-status-callback).
func (x *executor) recordingEvent(v *element, r *recording, event string) {
	c := x.call
	asked := strings.Fields(v.attr["recordingStatusCallbackEvent"])
	if len(asked) == 0 {
		asked = []string{recordingCompleted}
	}
	to := v.attr["recordingStatusCallback"]
	if to == "" || !slices.Contains(asked, event) {
		return
	}
	target, err := x.doc.resolve(to)
	if err != nil {
		c.warn(codeOf(err), "recording status callback: %v", err)
		return
	}
	method := v.attr["recordingStatusCallbackMethod"]
	if method == "" {
		method = http.MethodPost
	}
	form := r.params(c.sim.apiURL())
	form.Set("RecordingStatus", event)
	form.Set("AccountSid", c.sim.cfg.AccountSID)
	form.Set("CallSid", c.sid)
	form.Set("RecordingChannels", "1")
	form.Set("RecordingSource", recordVerb)
	form.Set("RecordingStartTime", r.started.UTC().Format(time.RFC1123Z))
	form.Set("ErrorCode", "0")
	c.sim.spawn(func() {
		if event == recordingInProgress || sleep(c.sim.ctx, recordedAfter) {
			c.deliver(callback{url: target, method: method, form: form})
		}
	})
}

// params are what every request about a recording says.
func (r *recording) params(apiURL string) url.Values {
	return url.Values{
		"RecordingSid": {r.sid}, "RecordingUrl": {apiURL + r.path()}, "RecordingDuration": {strconv.Itoa(r.seconds())},
	}
}
