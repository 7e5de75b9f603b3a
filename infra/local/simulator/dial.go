package simulator

import (
	"context"
	"errors"
	"net/url"
	"slices"
	"strconv"
	"time"
)

// Values of DialCallStatus after a conference (https://www.twilio.com/docs/voice/twiml/dial#dialcallstatus).
const (
	dialAnswered = "answered"
	dialFailed   = "failed"
)

// errBegun interrupts the music of a conference that has begun; errOver is the end of one for everybody.
var (
	errBegun = errors.New("the conference has begun")
	errOver  = errors.New("the conference is over")
)

// dial joins the conference of <Dial><Conference>, until the call leaves it or it ends.
func (x *executor) dial(ctx context.Context, v *element) (*request, error) {
	if len(v.children) != 1 || v.children[0].name != "Conference" || v.children[0].text == "" {
		return nil, faultf(codeSchema, "", "the simulator has <Dial> with one named <Conference> only")
	}
	c, noun := x.call, v.children[0]
	p := c.sim.conferences.enter(c, noun)
	c.join(p)
	err := x.confer(ctx, p, noun)
	c.part(p, err)

	params := url.Values{"DialCallStatus": {dialAnswered}, "DialBridged": {strconv.FormatBool(p.in.hasBegun())}}
	var mistake *fault
	switch {
	case errors.Is(err, errOver):
		return x.action(v, params)
	case errors.As(err, &mistake):
		c.note(Line{Kind: LineError, Code: mistake.code, Text: mistake.err.Error()})
		params.Set("DialCallStatus", dialFailed)
		return x.action(v, params)
	case errors.Is(err, errHungUp):
		c.finish(c.endStatus(), "twiml")
		x.tell(v, params)
	}
	return nil, err
}

// join lets the call speak and hear in the conference, and everybody see it.
func (c *Call) join(p *party) {
	c.line.setRoom(p.listen)
	c.line.setUplink(p.speak)
	c.touch(func() {
		c.conference = p
		c.append(Line{Kind: LineConference, Text: p.in.name})
	})
	showAll(p.others())
}

// part is the end of join; err is why.
func (c *Call) part(p *party, err error) {
	others := p.others()
	p.leave()
	c.line.setUplink(nil)
	c.line.setRoom(nil)
	c.line.playout.clear()
	why := resultHangup
	switch {
	case errors.Is(err, errRedirected):
		why = resultRedirected
	case errors.Is(err, errOver):
		why = "over"
	}
	c.touch(func() {
		c.conference = nil
		c.append(Line{Kind: LineConferenceEnd, Text: why})
	})
	showAll(others)
}

// showAll tells whoever watches these calls that something about them has changed.
func showAll(calls []*Call) {
	for _, c := range calls {
		c.touch(func() {})
	}
}

// confer waits for the conference to begin, and then to end. It never returns nil.
func (x *executor) confer(ctx context.Context, p *party, noun *element) error {
	waiting, begin := context.WithCancelCause(ctx)
	defer begin(nil)
	x.call.sim.spawn(func() {
		select {
		case <-p.in.begun:
			begin(errBegun)
		case <-p.in.over:
			begin(errOver)
		case <-waiting.Done():
		}
	})
	if err := x.holdMusic(waiting, noun); err != nil && !errors.Is(err, errBegun) {
		return err
	}
	x.call.line.playout.clear()
	showAll(append(p.others(), x.call))
	select {
	case <-p.in.over:
		return errOver
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

// conferenceWaitVerbs are allowed in the document of a conference's waitUrl
// (https://www.twilio.com/docs/voice/twiml/conference#attributes-waiturl).
func conferenceWaitVerbs() []string { return []string{"Play", "Say", "Pause", "Redirect"} }

// holdMusic executes the waitUrl's document once, then is silent. Twilio's own music, which sounds where no waitUrl is given,
// is not here.
func (x *executor) holdMusic(ctx context.Context, noun *element) error {
	next, ok := noun.request("waitUrl", "waitMethod")
	if ok {
		home, err := x.doc.resolve(next.url)
		if err != nil {
			return err
		}
		next.url = home
	}
	for then := &next; ok && then != nil; {
		started := time.Now()
		doc, err := x.call.fetch(ctx, *then)
		if err != nil {
			return err
		}
		for _, verb := range doc.root.children {
			if !slices.Contains(conferenceWaitVerbs(), verb.name) {
				return faultf(codeSchema, "", "<%s> is not allowed while waiting for a conference", verb.name)
			}
		}
		if then, err = (&executor{call: x.call, doc: doc}).run(ctx); err != nil {
			return err
		}
		if err := minimum(ctx, started, leastWait); err != nil {
			return err
		}
	}
	<-ctx.Done()
	return context.Cause(ctx)
}

// tell asks a verb's action although its answer has no effect: the call has another document already, or has ended.
func (x *executor) tell(v *element, params url.Values) {
	c := x.call
	action, err := x.action(v, params)
	if err != nil || action == nil {
		return
	}
	res, err := c.ask(c.sim.ctx, *action)
	switch {
	case err != nil:
		c.warn(codeOf(err), "action %s: %v", action.url, err)
	case res.status >= 300:
		c.warn(codeRetrieval, "action %s: HTTP %d", action.url, res.status)
	}
}
