package voice

import (
	"context"
	"strconv"
	"time"

	"guichet/shared/center"
	"guichet/shared/telephony"
)

// joinPatience is how long an accepted call may stay in line before it is fetched out of it: the redirect that should
// have done so was lost.
const joinPatience = 10 * time.Second

// incoming takes a call in.
func (h *Handler) incoming(w webhook) (string, error) {
	ctx := w.Context()
	dir, err := h.dispatcher.Directories.Directory(ctx)
	if err != nil {
		return "", err
	}
	queueID, ok := dir.Numbers[w.form.Get("To")]
	if !ok {
		h.log.WarnContext(ctx, "call to a number that no queue has", "call", w.form.Get("CallSid"))
		return telephony.Goodbye(say(center.Queue{}, func(a announcements) []string { return a.unknown }))
	}
	c, err := h.dispatcher.Admit(ctx, w.arrival(queueID))
	if err != nil {
		return "", err
	}
	if c.Ended() {
		return telephony.Goodbye(telephony.Say{})
	}
	return telephony.Enqueue(h.publicURL, c.ID, c.QueueID)
}

// status hears how calls go; only their end matters here
// (https://www.twilio.com/docs/voice/api/call-resource#statuscallback).
func (h *Handler) status(w webhook) (string, error) {
	status := w.form.Get("CallStatus")
	if !telephony.Final(status) {
		return telephony.Nothing()
	}
	if contactID := w.contact(); contactID != "" {
		return h.dialOver(w, contactID, status == "failed")
	}
	dir, err := h.dispatcher.Directories.Directory(w.Context())
	if err != nil {
		return "", err
	}
	err = h.dispatcher.CallOver(w.Context(), w.arrival(dir.Numbers[w.form.Get("To")]), status == "failed")
	if err != nil && center.CodeOf(err) != center.NotFound {
		return "", err
	}
	return telephony.Nothing()
}

// dialOver hears the end of a call that we made.
func (h *Handler) dialOver(w webhook, contactID string, failed bool) (string, error) {
	err := h.dispatcher.DialOver(w.Context(), contactID, failed)
	if err != nil && center.CodeOf(err) != center.NotFound {
		return "", err
	}
	return telephony.Nothing()
}

// answered connects a customer who has answered a call that we made.
func (h *Handler) answered(w webhook) (string, error) {
	_, err := h.dispatcher.DialAnswered(w.Context(), w.contact(), w.form.Get("CallSid"))
	if err != nil {
		return h.leaveIfUnknown(err)
	}
	return h.next(w)
}

// wait is one turn of what a waiting caller hears.
func (h *Handler) wait(w webhook) (string, error) {
	ctx := w.Context()
	c, q, err := h.contact(ctx, w)
	if err != nil {
		return h.leaveIfUnknown(err)
	}
	if c.Waiting() && h.dispatcher.Now().Sub(c.EnteredAt) >= q.MaxWait {
		if c, err = h.dispatcher.WaitedTooLong(ctx, c.ID); err != nil {
			return "", err
		}
	}
	first := waited(w) == 0
	switch {
	case c.Ended(), c.Live() && (first || h.dispatcher.Now().Sub(c.AcceptedAt) > joinPatience):
		return telephony.Leave() // accepted before the call could be redirected, or the redirect was lost
	case !c.Waiting():
		return telephony.Wait(h.publicURL, telephony.Say{})
	}
	ahead, err := h.dispatcher.Store.Ahead(ctx, c)
	if err != nil {
		return "", err
	}
	return telephony.Wait(h.publicURL, say(q, func(a announcements) []string {
		if first {
			return []string{a.greeting, a.place(ahead)}
		}
		return []string{a.place(ahead)}
	}))
}

// waited is how many seconds Twilio says the call has been in line.
func waited(w webhook) int {
	n, _ := strconv.Atoi(w.form.Get("QueueTime")) // absent at first
	return n
}

// left says what to do with a call that is out of the queue, by QueueResult
// (https://www.twilio.com/docs/voice/twiml/enqueue#attributes-action).
func (h *Handler) left(w webhook) (string, error) {
	ctx := w.Context()
	switch w.form.Get("QueueResult") {
	case "hangup":
		if _, err := h.dispatcher.CallerLeft(ctx, w.contact()); err != nil && center.CodeOf(err) != center.NotFound {
			return "", err
		}
		return telephony.Nothing()
	case "redirected", "redirected-from-bridged", "bridged":
		return telephony.Nothing()
	case "leave":
		return h.next(w)
	default: // error, system-error, queue-full
		c, _, err := h.contact(ctx, w)
		if err != nil {
			return h.leaveIfUnknown(err)
		}
		if c.Live() {
			return h.next(w) // the wait failed, but it is over: an agent has accepted
		}
		if c, err = h.dispatcher.Fail(ctx, c.ID); err != nil {
			return "", err
		}
		return h.farewell(ctx, c, func(a announcements) []string { return a.apology })
	}
}

// afterStream goes on with a call whose media stream is over: the agent hung up, or the media path was lost.
func (h *Handler) afterStream(w webhook) (string, error) {
	ctx := w.Context()
	c, _, err := h.contact(ctx, w)
	if err != nil {
		return h.leaveIfUnknown(err)
	}
	if c.Live() {
		// A repeat that speaks of an earlier acceptance does not interrupt the present one.
		if err := h.dispatcher.MediaLost(ctx, c.ID, c.AgentID, false, telephony.AcceptedAt(w.URL.Query())); err != nil {
			return "", err
		}
	}
	return h.next(w)
}

// next is the document that fits the contact's state now.
func (h *Handler) next(w webhook) (string, error) {
	ctx := w.Context()
	c, _, err := h.contact(ctx, w)
	if err != nil {
		return h.leaveIfUnknown(err)
	}
	switch {
	case c.Outcome == center.OutcomeTimedOut:
		return h.farewell(ctx, c, func(a announcements) []string { return a.goodbye })
	case c.Ended():
		return telephony.Goodbye(telephony.Say{})
	case c.Live():
		ticket, err := h.dispatcher.StreamTicket(ctx, c)
		if err != nil {
			return "", err
		}
		return telephony.Connect(h.publicURL, c, ticket)
	default:
		return telephony.Enqueue(h.publicURL, c.ID, c.QueueID)
	}
}

func (h *Handler) farewell(ctx context.Context, c *center.Contact, what func(announcements) []string) (string, error) {
	dir, err := h.dispatcher.Directories.Directory(ctx)
	if err != nil {
		return "", err
	}
	return telephony.Goodbye(say(dir.Queues[c.QueueID], what))
}

// contact reads the contact that the address names, if it is the call's own, and its queue.
func (h *Handler) contact(ctx context.Context, w webhook) (*center.Contact, center.Queue, error) {
	c, err := h.dispatcher.Store.Contact(ctx, w.contact(), true)
	if err != nil {
		return nil, center.Queue{}, err
	}
	if c.CallSID != w.form.Get("CallSid") {
		return nil, center.Queue{}, center.Errorf(center.NotFound, "contact-unknown", "contact %s has another call", c.ID)
	}
	dir, err := h.dispatcher.Directories.Directory(ctx)
	if err != nil {
		return nil, center.Queue{}, err
	}
	if c.QueueID == "" {
		return c, center.Queue{}, nil
	}
	q, err := dir.Queue(c.QueueID)
	return c, q, err
}

// leaveIfUnknown lets a call go that no contact stands for.
func (h *Handler) leaveIfUnknown(err error) (string, error) {
	if center.CodeOf(err) == center.NotFound {
		return telephony.Goodbye(telephony.Say{})
	}
	return "", err
}
