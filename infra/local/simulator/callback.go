package simulator

import (
	"context"
	"math"
	"net/url"
	"slices"
	"strconv"
	"time"

	"guichet/infra/local/simulator/twilio"
)

// callback is a status callback that waits to be sent.
type callback struct {
	url, method string
	form        url.Values
	last        bool
}

// callbackTime bounds the delivery of a status callback, which goes on after the call has ended.
const callbackTime = twilio.WebhookTime

// report queues the status callback of an event, if it was asked for. Incoming calls report their end only.
func (c *Call) report(e event) {
	to, method := c.number.StatusCallback, "POST"
	wanted := e == eventCompleted
	if c.Outgoing() {
		to, method = c.outgoing.statusCallback, c.outgoing.statusMethod
		wanted = slices.Contains(c.outgoing.events, e)
	}
	cb := callback{last: e == eventCompleted}
	if wanted && to != "" {
		cb.url, cb.method, cb.form = to, method, c.statusParams(e)
	}
	if cb.last || cb.url != "" {
		c.callbacks <- cb
	}
}

func (c *Call) statusParams(e event) url.Values {
	form := c.params()
	c.mu.Lock()
	sequence := c.sequence
	c.sequence++
	c.mu.Unlock()
	form.Set("Timestamp", time.Now().UTC().Format(time.RFC1123Z))
	form.Set("CallbackSource", "call-progress-events")
	form.Set("SequenceNumber", strconv.Itoa(sequence))
	switch e {
	case eventInitiated:
		form.Set("CallStatus", "initiated")
	case eventCompleted:
		seconds := c.seconds()
		form.Set("CallDuration", strconv.Itoa(seconds))
		form.Set("Duration", strconv.Itoa(int(math.Ceil(float64(seconds)/60)))) // billed minutes
	}
	return form
}

// sendCallbacks delivers the status callbacks of the call, one after the other, until the last. They never change the call.
func (c *Call) sendCallbacks() {
	for cb := range c.callbacks {
		if cb.url != "" {
			c.deliver(cb)
		}
		if cb.last {
			return
		}
	}
}

func (c *Call) deliver(cb callback) {
	faults := c.sim.faults
	if faults.chance(faults.Faults.DropStatus) {
		return
	}
	times := 1
	if faults.chance(faults.Faults.DuplicateStatus) {
		times = 2
	}
	for range times {
		delay := faults.upTo(faults.Faults.DelayStatus)
		if faults.Faults.ReorderStatus {
			c.sim.spawn(func() { c.post(cb, delay) })
			continue
		}
		c.post(cb, delay)
	}
}

func (c *Call) post(cb callback, delay time.Duration) {
	if !sleep(c.sim.ctx, delay) {
		return
	}
	ctx, cancel := context.WithTimeout(c.sim.ctx, callbackTime)
	defer cancel()
	res, err := c.send(ctx, cb.url, cb.method, cb.form)
	if err != nil {
		c.warn(codeOf(err), "status callback %s: %v", cb.url, err)
		return
	}
	if res.status >= 300 {
		c.warn(codeRetrieval, "status callback %s: HTTP %d", cb.url, res.status)
	}
}

// sleep waits; false when the context ended first.
func sleep(ctx context.Context, d time.Duration) bool {
	if d <= 0 {
		return ctx.Err() == nil
	}
	select {
	case <-time.After(d):
		return true
	case <-ctx.Done():
		return false
	}
}
