package simulator

import (
	"context"
	"errors"
	"net/url"
	"strconv"
)

// runInbound is the life of a customer's call: ask the number's voice URL and do what it says.
func (c *Call) runInbound() {
	defer c.stop(errHungUp)
	c.sim.spawn(c.sendCallbacks)
	c.touch(func() { c.append(Line{Kind: LineStatus, Text: string(Ringing)}) })
	c.converse(request{url: c.number.VoiceURL}, c.number.VoiceFallbackURL)
}

// converse executes documents until the call ends. After a mistake of the product the fallback URL, if any, is asked once.
func (c *Call) converse(next request, fallback string) {
	for !c.Ended() {
		ctx, interrupt := context.WithCancelCause(c.ctx)
		next = c.begin(interrupt, next)
		then, err := c.runDocument(ctx, next)
		interrupt(nil)
		var mistake *fault
		switch {
		case errors.As(err, &mistake) && fallback != "":
			c.note(Line{Kind: LineError, Code: mistake.code, Text: mistake.err.Error()})
			next = request{url: fallback, params: url.Values{
				"ErrorCode": {strconv.Itoa(mistake.code)}, "ErrorUrl": {mistake.url},
			}}
			fallback = ""
		case errors.As(err, &mistake):
			c.dropWithApology(mistake)
		case errors.Is(err, errRedirected):
			// begin takes what was redirected to.
		case err == nil && then != nil:
			next = *then
		case err == nil || errors.Is(err, errHangup):
			c.conclude()
		default:
			c.finish(c.endStatus(), "product")
		}
	}
}

// begin makes the running document interruptible and lets a redirect that came in between go first.
func (c *Call) begin(interrupt context.CancelCauseFunc, next request) request {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.program = interrupt
	if c.pending != nil {
		next, c.pending = *c.pending, nil
	}
	return next
}

// conclude hangs up because there is nothing left to execute, unless a redirect came just before.
func (c *Call) conclude() {
	c.finishWhen(c.endStatus(), "twiml", func() bool { return c.pending == nil })
}

func (c *Call) runDocument(ctx context.Context, r request) (*request, error) {
	doc, err := c.fetch(ctx, r)
	if err != nil {
		return nil, err
	}
	return (&executor{call: c, doc: doc}).run(ctx)
}

// dropWithApology ends a call whose product failed, as Twilio does.
func (c *Call) dropWithApology(mistake *fault) {
	c.sim.log.Warn("the product failed a call", "call", c.sid, "code", mistake.code, "error", mistake.err)
	c.note(Line{Kind: LineError, Code: mistake.code, Text: mistake.err.Error()})
	c.pickUp()
	c.note(Line{Kind: LineSay, Text: applicationError, Language: "en-US"})
	sleep(c.ctx, c.sim.speechTime(applicationError))
	c.finish(c.endStatus(), "error")
}
