package dispatch_test

import (
	"context"
	"fmt"
	"strings"
	"time"

	"guichet/shared/center"
	"guichet/shared/dispatch"
	"guichet/shared/mediaapi"
)

// leg is one caller's call, as the provider and the media node see it.
type leg struct {
	sid     string
	queueID string
	lineOf  string // the agent whose own line was called; else empty
	dials   string // the contact of a call that we made
	attempt int    // of that contact
	guest   string // whose number was called for the contact, if not the customer's
	up      bool   // and that the customer has answered
	widget  bool   // the customer is a visitor of the webchat
	over    bool
	// The media stream: to which agent, for which contact, since when. agentID is empty while the caller waits.
	agentID   string
	contactID string
	joinedAt  time.Time
	// What the node was told of holding, the newest word alone.
	held        bool
	heldVersion int64
	// and of to whom the call was given.
	movedVersion int64
}

// provider is the telephone provider with its media node: it knows calls, not contacts. It queues what it would report.
type provider struct {
	world *world
	legs  []*leg
}

// number is the caller's: every second one calls from the same telephone.
func (l *leg) number() string {
	if strings.HasSuffix(l.sid, "1") || strings.HasSuffix(l.sid, "3") {
		return "+33123456789"
	}
	return "+33612345678"
}

func (p *provider) leg(sid string) *leg {
	for _, l := range p.legs {
		if l.sid == sid {
			return l
		}
	}
	return nil
}

// isOver tells whether a contact's call is over, or was never made.
func (p *provider) isOver(c *center.Contact) bool {
	l := p.leg(c.CallSID)
	return l == nil || l.over || l.widget && l.overAtNode(c.EnteredAt)
}

// Join implements dispatch.Phone.
func (p *provider) Join(ctx context.Context, c *center.Contact, token string) error {
	return p.world.Outside(ctx, "Join "+c.CallSID+" "+c.AgentID, func() error {
		ticket, err := p.world.dispatcher.MediaKey.Verify(token, mediaapi.PurposeStream, p.world.dispatcher.Now())
		if err != nil {
			return fmt.Errorf("ticket for the stream: %w", err)
		}
		l := p.leg(ticket.CallSID)
		if l.over {
			return dispatch.ErrCallGone
		}
		if now := p.world.Ledger.Contact(ticket.ContactID); now.Live() && now.AgentID != ticket.AgentID {
			p.world.Violate("I1: %s is put through to %s while it is %s's", l.sid, ticket.AgentID, now.AgentID)
		}
		l.agentID, l.contactID, l.joinedAt, l.held, l.heldVersion = ticket.AgentID, ticket.ContactID, p.world.dispatcher.Now(), false, 0
		p.world.post(joinedMessage(l))
		return nil
	})
}

// Dial implements dispatch.Phone.
func (p *provider) Dial(ctx context.Context, c *center.Contact) (string, error) {
	if c.InWidget {
		return p.rings(ctx, c)
	}
	return p.dial(ctx, &leg{dials: c.ID, attempt: c.Attempt}, c.AgentID)
}

// DialGuest implements dispatch.Phone.
func (p *provider) DialGuest(ctx context.Context, c *center.Contact) (string, error) {
	return p.dial(ctx, &leg{dials: c.ID, guest: c.Guest.ID}, c.AgentID+" for a guest")
}

func (p *provider) dial(ctx context.Context, l *leg, who string) (string, error) {
	err := p.world.Outside(ctx, "Dial "+who, func() error {
		l.sid = fmt.Sprintf("out%d", len(p.legs)+1)
		p.legs = append(p.legs, l)
		return nil
	})
	return l.sid, err
}

// AskAnew implements dispatch.Phone. What the provider is told to do with the call has no part in these histories.
func (p *provider) AskAnew(ctx context.Context, c *center.Contact) error {
	return p.onLeg(ctx, "AskAnew ", c, func(l *leg) { l.agentID = "" })
}

// Forward implements dispatch.Phone: the customer's call is no longer ours.
func (p *provider) Forward(ctx context.Context, c *center.Contact) error {
	if g := c.Guest; g != nil && !g.Blind && p.leg(g.CallSID).over {
		return dispatch.ErrGuestGone
	}
	return p.onLeg(ctx, "Forward ", c, func(l *leg) { l.agentID = "" })
}

func (p *provider) onLeg(ctx context.Context, what string, c *center.Contact, do func(*leg)) error {
	l := p.leg(c.CallSID)
	return p.world.Outside(ctx, what+p.world.callOf(l), func() error {
		if l.over {
			return dispatch.ErrCallGone
		}
		do(l)
		return nil
	})
}

// HangUp implements dispatch.Phone.
func (p *provider) HangUp(ctx context.Context, c *center.Contact) error {
	l := p.leg(c.CallSID)
	return p.world.Outside(ctx, "HangUp "+p.world.callOf(l), func() error {
		if l.widget {
			return p.hangUpVisitor(l)
		}
		if l.over {
			return dispatch.ErrCallGone
		}
		p.end(l)
		return nil
	})
}

// Ended implements dispatch.Phone.
func (p *provider) Ended(ctx context.Context, c *center.Contact) (bool, error) {
	over := false
	err := p.world.Outside(ctx, "Ended "+p.world.name(c.ID), func() error {
		over = p.isOver(c)
		return nil
	})
	return over, err
}

// end is the end of a call, whoever wanted it.
func (p *provider) end(l *leg) {
	l.over, l.agentID = true, ""
	if l.widget {
		p.world.post(lineLeft(p.world, l))
		return
	}
	p.world.post(statusMessage(l))
}

// message is a report from outside, or a timer, that starts a verb each time it is delivered.
type message struct {
	what    string
	dueAt   time.Time // a timer's; zero for reports
	awayOf  string    // the contact whose agent was away from the microphone,
	awayAt  time.Time // and when that was found
	deliver func(context.Context, *dispatch.Dispatcher) error
}

func arrivalMessage(l *leg) message {
	call := dispatch.Arrival{
		Provider: "phone", CallSID: l.sid, From: l.number(), To: "+33800000000", CallerName: "A caller", QueueID: l.queueID, LineOf: l.lineOf,
	}
	return message{what: l.sid + " arrives", deliver: func(ctx context.Context, d *dispatch.Dispatcher) error {
		_, err := d.Admit(ctx, call)
		return err
	}}
}

// answeredMessage asks what to do with a customer who has answered, and joins them to the agent if told so.
func answeredMessage(w *world, l *leg) message {
	return message{what: l.sid + " is answered", deliver: func(ctx context.Context, d *dispatch.Dispatcher) error {
		if l.guest != "" {
			return guestPicksUp(ctx, w, d, l)
		}
		c, err := d.DialAnswered(ctx, l.dials, l.attempt, l.sid)
		if err != nil {
			return err
		}
		return w.Outside(ctx, "Stream "+l.sid, func() error {
			switch {
			case l.over:
			case l.joinedAt != (time.Time{}): // asked again: the call goes on as it was told to
			case c.Live() && c.CallSID == l.sid:
				l.agentID, l.contactID, l.joinedAt = c.AgentID, c.ID, d.Now()
				w.post(joinedMessage(l))
			default:
				w.provider.end(l)
			}
			return nil
		})
	}}
}

func statusMessage(l *leg) message {
	if l.dials != "" {
		return message{what: l.sid + " is reported as over", deliver: func(ctx context.Context, d *dispatch.Dispatcher) error {
			if l.guest != "" {
				return d.GuestOver(ctx, l.dials, l.guest)
			}
			return d.DialOver(ctx, l.dials, l.attempt, false)
		}}
	}
	call := dispatch.Arrival{Provider: "phone", CallSID: l.sid, From: l.number(), To: "+33800000000", QueueID: l.queueID, LineOf: l.lineOf}
	return message{what: l.sid + " is reported as over", deliver: func(ctx context.Context, d *dispatch.Dispatcher) error {
		return d.CallOver(ctx, call, false)
	}}
}

func joinedMessage(l *leg) message {
	contactID, agentID, at := l.contactID, l.agentID, l.joinedAt
	return message{
		what: fmt.Sprintf("%s has joined %s", l.sid, agentID),
		deliver: func(ctx context.Context, d *dispatch.Dispatcher) error {
			return d.Joined(ctx, contactID, agentID, at)
		},
	}
}

// lostMessage reports the end of a stream without the end of the call, which goes back to the provider's queue.
func lostMessage(l *leg, away bool, at time.Time) message {
	contactID, agentID := l.contactID, l.agentID
	m := message{
		what: fmt.Sprintf("%s has lost %s, away %t", l.sid, agentID, away),
		deliver: func(ctx context.Context, d *dispatch.Dispatcher) error {
			return d.MediaLost(ctx, contactID, agentID, away, at)
		},
	}
	if away {
		m.awayOf, m.awayAt = contactID, at
	}
	return m
}

func ringTimer(c *center.Contact) message {
	contactID, offerID := c.ID, c.Offer.ID
	return message{
		what: fmt.Sprintf("%s has rung at %s", c.CallSID, c.Offer.AgentID), dueAt: c.Offer.ExpiresAt,
		deliver: func(ctx context.Context, d *dispatch.Dispatcher) error {
			return d.OfferTimedOut(ctx, contactID, offerID)
		},
	}
}

func wrapUpTimer(a *center.Agent) message {
	agentID, contactID := a.ID, a.WrapUp.ContactID
	return message{
		what: "wrap-up of " + agentID + " is over", dueAt: a.WrapUp.Until,
		deliver: func(ctx context.Context, d *dispatch.Dispatcher) error {
			return d.WrapUpTimedOut(ctx, agentID, contactID)
		},
	}
}
