package voice

import (
	"context"

	"guichet/shared/center"
	"guichet/shared/store"
	"guichet/shared/telephony"
)

// incoming takes a call in.
func (h *Handler) incoming(w webhook) (string, error) {
	ctx := w.Context()
	dir, err := h.dispatcher.Directories.Directory(ctx)
	if err != nil {
		return "", err
	}
	call := w.arrival(dir)
	if call.QueueID == "" && call.LineOf == "" {
		h.log.WarnContext(ctx, "call to a number that no queue has", "call", w.form.Get("CallSid"))
		return telephony.Goodbye(say(center.Queue{}, func(a announcements) []string { return a.unknown }))
	}
	if q := dir.Queues[call.QueueID]; h.closed(dir, q) {
		if q.Voicemail {
			left := telephony.Leaving{LineID: q.ID, From: call.From, CallerName: call.CallerName}
			return h.leaveMessage(q, left, func(a announcements) string { return a.shut })
		}
		return telephony.Goodbye(say(q, func(a announcements) []string { return a.closed }))
	}
	c, err := h.dispatcher.Admit(ctx, call)
	if err != nil {
		return "", err
	}
	if c.Ended() {
		return telephony.Goodbye(telephony.Say{})
	}
	return telephony.Enqueue(h.publicURL, c.ID, c.LineID())
}

// closed tells whether a queue takes no calls now.
func (h *Handler) closed(dir *store.Directory, q center.Queue) bool {
	return !q.Hours.Open(h.dispatcher.Now(), dir.Settings.Home())
}

// status hears how calls go; only their end matters here
// (https://www.twilio.com/docs/voice/api/call-resource#statuscallback).
func (h *Handler) status(w webhook) (string, error) {
	status := w.form.Get("CallStatus")
	if !telephony.Final(status) {
		return telephony.Nothing()
	}
	if contactID := w.contact(); contactID != "" {
		return silently(h.dispatcher.DialOver(w.Context(), contactID, telephony.Attempt(w.URL.Query()), status == "failed"))
	}
	dir, err := h.dispatcher.Directories.Directory(w.Context())
	if err != nil {
		return "", err
	}
	call := w.arrival(dir)
	if h.closed(dir, dir.Queues[call.QueueID]) {
		call.QueueID = "" // it may never have been taken in: then there is nothing to end, and nothing was missed
	}
	return silently(h.dispatcher.CallOver(w.Context(), call, status == "failed"))
}

// silently answers what only wanted to be told; what nobody knows of any more is fine.
func silently(err error) (string, error) {
	if err != nil && center.CodeOf(err) != center.NotFound {
		return "", err
	}
	return telephony.Nothing()
}

// left says what to do with a call that is out of the queue, by QueueResult
// (https://www.twilio.com/docs/voice/twiml/enqueue#attributes-action).
func (h *Handler) left(w webhook) (string, error) {
	ctx := w.Context()
	switch w.form.Get("QueueResult") {
	case "hangup":
		c, _, err := h.contact(ctx, w) // not if they have asked to be called back and this call is over
		if err == nil && !c.Scheduled() {
			_, err = h.dispatcher.CallerLeft(ctx, c.ID)
		}
		return silently(err)
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
		return h.timedOut(ctx, c)
	case c.Ended():
		return telephony.Goodbye(telephony.Say{})
	case c.Live():
		ticket, err := h.dispatcher.StreamTicket(ctx, c)
		if err != nil {
			return "", err
		}
		return telephony.Connect(h.publicURL, c, ticket)
	case c.Scheduled():
		return h.farewell(ctx, c, func(a announcements) []string { return a.promised })
	default:
		return telephony.Enqueue(h.publicURL, c.ID, c.LineID())
	}
}

func (h *Handler) farewell(ctx context.Context, c *center.Contact, what func(announcements) []string) (string, error) {
	dir, err := h.dispatcher.Directories.Directory(ctx)
	if err != nil {
		return "", err
	}
	q, err := dir.Line(c)
	if err != nil {
		return "", err
	}
	return telephony.Goodbye(say(q, what))
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
	if c.LineID() == "" {
		return c, center.Queue{}, nil
	}
	q, err := dir.Line(c)
	return c, q, err
}

// leaveIfUnknown lets a call go that no contact stands for.
func (h *Handler) leaveIfUnknown(err error) (string, error) {
	if center.CodeOf(err) == center.NotFound {
		return telephony.Goodbye(telephony.Say{})
	}
	return "", err
}
