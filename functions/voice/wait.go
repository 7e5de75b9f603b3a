package voice

import (
	"context"
	"strconv"
	"time"

	"golang.org/x/sync/errgroup"

	"guichet/shared/center"
	"guichet/shared/metrics"
	"guichet/shared/telephony"
)

// joinPatience is how long an accepted call may stay in line before it is fetched out of it: the redirect that should
// have done so was lost.
const joinPatience = 10 * time.Second

// wait is one turn of what a waiting caller hears.
func (h *Handler) wait(w webhook) (string, error) {
	ctx := w.Context()
	c, q, err := h.contact(ctx, w)
	if err != nil {
		return h.leaveIfUnknown(err)
	}
	if c.Waiting() && h.dispatcher.Now().Sub(c.InLineSince()) >= q.MaxWait {
		if _, err = h.dispatcher.WaitedTooLong(ctx, c.ID); err != nil {
			return "", err
		}
		if c, q, err = h.contact(ctx, w); err != nil { // it may have overflowed into another queue
			return h.leaveIfUnknown(err)
		}
	}
	first := waited(w) == 0
	switch {
	case c.Ended(), c.Scheduled(), c.Live() && (first || h.dispatcher.Now().Sub(c.AcceptedAt) > joinPatience):
		return telephony.Leave() // accepted before the call could be redirected, or the redirect was lost
	case !c.Waiting():
		return telephony.Wait(h.publicURL, telephony.Say{})
	}
	announcement, err := h.announcement(ctx, c, q, first)
	if err != nil {
		return "", err
	}
	if mayAskForCallback(c, q) {
		return telephony.WaitForKey(h.publicURL, c.ID, announcement)
	}
	return telephony.Wait(h.publicURL, announcement)
}

// announcement says where a caller stands; who waits on an agent's own line stands nowhere.
func (h *Handler) announcement(ctx context.Context, c *center.Contact, q center.Queue, first bool) (telephony.Say, error) {
	var ahead int
	var pace metrics.Pace
	group, both := errgroup.WithContext(ctx)
	group.Go(func() (err error) {
		ahead, err = h.dispatcher.Store.Ahead(both, c)
		return err
	})
	group.Go(func() (err error) {
		pace, err = h.dispatcher.Store.Pace(both, c.LineID())
		return err
	})
	if err := group.Wait(); err != nil {
		return telephony.Say{}, err
	}
	return say(q, func(a announcements) []string {
		var said []string
		if first {
			said = append(said, a.greeting)
		}
		if c.Kind != center.KindDirect {
			said = append(said, a.place(ahead, pace.EstimatedWait(ahead))...)
		}
		if mayAskForCallback(c, q) {
			said = append(said, a.callback)
		}
		return said
	}), nil
}

// mayAskForCallback tells whether a waiting caller is offered to be called back.
func mayAskForCallback(c *center.Contact, q center.Queue) bool {
	return q.OfferCallback && c.Kind == center.KindInbound && c.From != ""
}

// key is a key that a waiting caller has pressed: by the one that was offered they ask to be called back. Whoever is about to be
// answered is not sent away.
func (h *Handler) key(w webhook) (string, error) {
	ctx := w.Context()
	c, q, err := h.contact(ctx, w)
	if err != nil {
		return h.leaveIfUnknown(err)
	}
	if w.form.Get("Digits") != telephony.CallbackKey || !mayAskForCallback(c, q) && !c.Scheduled() {
		return h.wait(w)
	}
	promised, err := h.dispatcher.AskForCallback(ctx, c.ID)
	if err != nil {
		return "", err
	}
	if !promised {
		return h.wait(w)
	}
	return telephony.Leave() // where to is said by what follows
}

// waited is how many seconds Twilio says the call has been in line.
func waited(w webhook) int {
	n, _ := strconv.Atoi(w.form.Get("QueueTime")) // absent at first
	return n
}
