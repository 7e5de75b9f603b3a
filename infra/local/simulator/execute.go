package simulator

import (
	"context"
	"slices"
	"strconv"
	"time"
)

// executor runs one document on a call. Verbs return the request that continues the call elsewhere, or an error: a fault
// of the product, errHangup, errLeave, or the cause for which the context ended.
type executor struct {
	call  *Call
	doc   document
	queue *queued // set while the document is a waitUrl's
}

// waitVerbs are allowed in a waitUrl's document (https://www.twilio.com/docs/voice/twiml/enqueue#attributes-waiturl).
func waitVerbs() []string {
	return []string{"Play", "Say", "Pause", "Hangup", "Redirect", "Leave", "Gather"}
}

func (x *executor) run(ctx context.Context) (*request, error) {
	if len(x.doc.root.children) == 0 {
		x.call.pickUp()
	}
	for _, verb := range x.doc.root.children {
		if x.queue != nil && !slices.Contains(waitVerbs(), verb.name) {
			return nil, faultf(codeSchema, "", "<%s> is not allowed while waiting in a queue", verb.name)
		}
		next, err := x.verb(ctx, verb)
		if next != nil || err != nil {
			return next, err
		}
	}
	return nil, nil
}

func (x *executor) verb(ctx context.Context, v *element) (*request, error) {
	// Only <Reject>, and a <Pause> before anything else, leave the call unanswered.
	if v.name != "Reject" && v.name != "Pause" {
		x.call.pickUp()
	}
	switch v.name {
	case "Say":
		return nil, x.say(ctx, v)
	case "Play":
		return nil, x.play(ctx, v)
	case "Pause":
		return nil, x.pause(ctx, v)
	case "Gather":
		return x.gather(ctx, v)
	case "Redirect":
		return x.redirect(v)
	case "Hangup":
		return nil, errHangup
	case "Reject":
		return nil, x.reject(v)
	case "Enqueue":
		return x.enqueue(ctx, v)
	case "Leave":
		return nil, x.leave()
	case "Connect":
		return x.connect(ctx, v)
	case "Dial":
		return x.dial(ctx, v)
	case "Record":
		return x.record(ctx, v)
	default:
		return nil, faultf(codeSchema, "", "the simulator has no <%s>", v.name)
	}
}

func (x *executor) say(ctx context.Context, v *element) error {
	language := v.attr["language"]
	if language == "" {
		language = "en-US"
	}
	for range loops(v) {
		x.call.note(Line{Kind: LineSay, Text: v.text, Language: language})
		if !sleep(ctx, x.call.sim.speechTime(v.text)) {
			return context.Cause(ctx)
		}
	}
	return nil
}

// loops is how often <Say> or <Play> repeats: zero is without end, which Twilio makes 1000.
func loops(v *element) int {
	const endless = 1000
	if n := v.whole("loop", 1); n > 0 {
		return min(n, endless)
	}
	return endless
}

func (x *executor) pause(ctx context.Context, v *element) error {
	length := v.seconds("length", 1)
	x.call.note(Line{Kind: LinePause, Text: strconv.Itoa(int(length.Seconds()))})
	if !sleep(ctx, length) {
		return context.Cause(ctx)
	}
	return nil
}

func (x *executor) redirect(v *element) (*request, error) {
	to, err := x.doc.resolve(v.text) // an empty URL is the document's own
	if err != nil {
		return nil, err
	}
	return &request{url: to, method: v.attr["method"]}, nil
}

// reject refuses a call that was not answered; answered, it is a <Hangup>.
func (x *executor) reject(v *element) error {
	if x.call.endStatus() == Completed {
		return errHangup
	}
	status := NoAnswer
	if v.attr["reason"] == "busy" {
		status = Busy
	}
	x.call.finish(status, "twiml")
	return errHungUp
}

func (x *executor) leave() error {
	if x.queue == nil {
		return faultf(codeSchema, "", "<Leave> outside of a queue")
	}
	return errLeave
}

// action is the request of a verb's action attribute, resolved, with the verb's parameters; nil when it has none.
func (x *executor) action(v *element, params map[string][]string) (*request, error) {
	r, ok := v.request("action", "method")
	if !ok {
		return nil, nil
	}
	to, err := x.doc.resolve(r.url)
	if err != nil {
		return nil, err
	}
	r.url, r.params = to, params
	return &r, nil
}

// minimum pads a stretch of work to a least duration, so that a document without any wait is not requested in a tight loop.
func minimum(ctx context.Context, since time.Time, least time.Duration) error {
	if !sleep(ctx, least-time.Since(since)) {
		return context.Cause(ctx)
	}
	return nil
}
