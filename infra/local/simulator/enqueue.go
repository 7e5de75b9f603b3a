package simulator

import (
	"context"
	"errors"
	"net/url"
	"strconv"
	"time"
)

// Values of QueueResult (https://www.twilio.com/docs/voice/twiml/enqueue#attributes-action-queueresult).
const (
	resultError      = "error"
	resultHangup     = "hangup"
	resultLeave      = "leave"
	resultRedirected = "redirected"
	resultFull       = "queue-full"
)

// leastWait is the shortest stretch between two requests of the waitUrl.
const leastWait = time.Second

// enqueue keeps the call in a queue, executing the waitUrl's documents, until something takes it out.
func (x *executor) enqueue(ctx context.Context, v *element) (*request, error) {
	c := x.call
	stay, ok := c.sim.queues.join(v.text)
	if !ok {
		return x.dequeued(v, nil, resultFull)
	}
	defer stay.leave()
	c.note(Line{Kind: LineEnqueue, Text: v.text})
	err := x.wait(ctx, v, stay)
	c.line.playout.clear()

	var mistake *fault
	switch {
	case errors.Is(err, errLeave):
		return x.dequeued(v, stay, resultLeave)
	case errors.As(err, &mistake):
		c.note(Line{Kind: LineError, Code: mistake.code, Text: mistake.err.Error()})
		return x.dequeued(v, stay, resultError)
	case errors.Is(err, errRedirected):
		// Twilio asks the action first and what was redirected to second; the answer to the first is not executed.
		x.tellDequeued(v, stay, resultRedirected)
	case errors.Is(err, errHungUp), errors.Is(err, errHangup):
		c.finish(c.endStatus(), "twiml")
		x.tellDequeued(v, stay, resultHangup)
	}
	return nil, err
}

// wait executes the waitUrl's document again and again. It never returns nil.
func (x *executor) wait(ctx context.Context, v *element, stay *queued) error {
	r, ok := v.request("waitUrl", "waitUrlMethod")
	if !ok { // Twilio would play music of its own
		<-ctx.Done()
		return context.Cause(ctx)
	}
	home, err := x.doc.resolve(r.url)
	if err != nil {
		return err
	}
	for {
		started := time.Now()
		next := &request{url: home, method: r.method}
		for next != nil {
			next.params = merge(next.params, waitParams(stay))
			doc, err := x.call.fetch(ctx, *next)
			if err != nil {
				return err
			}
			waiting := &executor{call: x.call, doc: doc, queue: stay}
			if next, err = waiting.run(ctx); err != nil {
				return err
			}
		}
		if err := minimum(ctx, started, leastWait); err != nil {
			return err
		}
	}
}

func waitParams(stay *queued) url.Values {
	position, size, average := stay.place()
	return url.Values{
		"QueueSid": {stay.queue.sid}, "QueueTime": {strconv.Itoa(stay.seconds())},
		"QueuePosition": {strconv.Itoa(position)}, "CurrentQueueSize": {strconv.Itoa(size)},
		"AvgQueueTime": {strconv.Itoa(average)}, "MaxQueueSize": {strconv.Itoa(maxQueueSize)},
	}
}

func merge(a, b url.Values) url.Values {
	out := url.Values{}
	for _, from := range []url.Values{a, b} {
		for name, values := range from {
			out[name] = values
		}
	}
	return out
}

// dequeued continues with the action, or with the next verb when there is none.
func (x *executor) dequeued(v *element, stay *queued, result string) (*request, error) {
	x.call.note(Line{Kind: LineLeave, Text: result})
	return x.action(v, dequeueParams(stay, result))
}

// tellDequeued asks the action although its answer has no effect.
func (x *executor) tellDequeued(v *element, stay *queued, result string) {
	x.call.note(Line{Kind: LineLeave, Text: result})
	x.tell(v, dequeueParams(stay, result))
}

func dequeueParams(stay *queued, result string) url.Values {
	params := url.Values{"QueueResult": {result}}
	if stay != nil {
		params.Set("QueueSid", stay.queue.sid)
		params.Set("QueueTime", strconv.Itoa(stay.seconds()))
	}
	return params
}
