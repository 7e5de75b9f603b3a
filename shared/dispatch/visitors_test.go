package dispatch_test

import (
	"context"
	"fmt"
	"time"

	"guichet/shared/center"
	"guichet/shared/dispatch"
	"guichet/shared/mediaapi"
)

// visitedChat is the chat from whose visitor every call in the widget is.
const visitedChat = "ch_visitor"

// rings begins a call in the widget: it has its contact's id.
func (p *provider) rings(ctx context.Context, c *center.Contact) (string, error) {
	return c.ID, p.world.Outside(ctx, "Ring "+c.AgentID, func() error {
		p.legs = append(p.legs, &leg{sid: c.ID, dials: c.ID, widget: true})
		return nil
	})
}

// hangUpVisitor closes a line, if there is one. A page that still rings learns that it is over by itself.
func (p *provider) hangUpVisitor(l *leg) error {
	if l.over || l.joinedAt.IsZero() {
		l.over = true
		return dispatch.ErrCallGone
	}
	p.end(l)
	return nil
}

// visitorAnswers opens the line of a visitor who accepts.
func visitorAnswers(w *world, l *leg) message {
	return message{what: w.callOf(l) + " is accepted by the visitor", deliver: func(ctx context.Context, d *dispatch.Dispatcher) error {
		token, err := d.VisitorAnswers(ctx, visitedChat, l.dials)
		if err != nil {
			return err
		}
		return w.Outside(ctx, "Stream "+w.callOf(l), func() error {
			ticket, err := d.MediaKey.Verify(token, mediaapi.PurposeVisitorAudio, d.Now())
			if err != nil {
				return fmt.Errorf("ticket for the visitor: %w", err)
			}
			if !l.over && l.joinedAt.IsZero() {
				l.agentID, l.contactID, l.joinedAt = ticket.AgentID, ticket.ContactID, d.Now()
				w.post(joinedMessage(l))
			}
			return nil
		})
	}}
}

// visitorEnds is what a visitor's page says when it declines or hangs up.
func visitorEnds(w *world, l *leg) message {
	return message{what: w.callOf(l) + " is ended by the visitor", deliver: func(ctx context.Context, d *dispatch.Dispatcher) error {
		return d.VisitorLeft(ctx, visitedChat, l.dials)
	}}
}

// lineLeft is what the media node reports of a visitor's line that is gone.
func lineLeft(w *world, l *leg) message {
	return message{what: w.callOf(l) + " has left the node", deliver: func(ctx context.Context, d *dispatch.Dispatcher) error {
		return d.VisitorLineLeft(ctx, l.dials)
	}}
}

func widgetTimer(w *world, c *center.Contact) message {
	contactID := c.ID
	return message{
		what: w.name(c.ID) + " has rung in the widget", dueAt: c.EnteredAt.Add(dispatch.WidgetRing),
		deliver: func(ctx context.Context, d *dispatch.Dispatcher) error { return d.WidgetRangOut(ctx, contactID) },
	}
}

// visits lets agents call the visitor.
func (w *world) visits() []func() {
	return w.dialling("%s calls the visitor", dispatch.Dialling{ChatID: visitedChat, InWidget: true})
}

// callOf is a call's name, the same in every history.
func (w *world) callOf(l *leg) string {
	if l.widget {
		for i, other := range w.provider.legs {
			if other == l {
				return fmt.Sprintf("visit%d", i+1)
			}
		}
	}
	return l.sid
}

// overAtNode tells whether the media node has no line of a visitor who has had the time to answer.
func (l *leg) overAtNode(enteredAt time.Time) bool {
	return l.over || l.joinedAt.IsZero() && dispatch.Clock().Sub(enteredAt) >= checkAge
}
