package dispatch_test

import (
	"context"
	"fmt"
	"time"

	"guichet/shared/center"
	"guichet/shared/dispatch"
	"guichet/shared/mediaapi"
)

// playLength is how long every recorded message is.
const playLength = 10 * time.Second

// Command implements dispatch.Media. What the node plays it reports when it is over; a call that ends or is lost takes its
// message along.
func (p *provider) Command(ctx context.Context, cmd mediaapi.Command) error {
	return p.world.Outside(ctx, "Sound "+string(cmd.Action)+" "+p.world.name(cmd.ContactID), func() error {
		for _, l := range p.legs {
			if l.contactID == cmd.ContactID && l.agentID != "" {
				switch {
				case cmd.Action == mediaapi.ActionPlay:
					p.world.post(playedMessage(p.world, cmd, dispatch.Clock().Add(playLength)))
				case cmd.Action == mediaapi.ActionGuest:
				case cmd.Action == mediaapi.ActionTransfer:
					if cmd.Version > l.movedVersion {
						l.agentID, l.joinedAt, l.held, l.movedVersion = cmd.AgentID, dispatch.Clock(), false, cmd.Version
						p.world.post(joinedMessage(l))
					}
				case cmd.Version > l.heldVersion:
					l.held, l.heldVersion = cmd.Action == mediaapi.ActionHold, cmd.Version
				}
				return nil
			}
		}
		return mediaapi.ErrNoCall
	})
}

// hears tells whether customer and agent hear each other at the node.
func (p *provider) hears(c *center.Contact) bool {
	l := p.leg(c.CallSID)
	return l != nil && l.agentID != "" && l.contactID == c.ID && !l.held
}

func playedMessage(w *world, cmd mediaapi.Command, at time.Time) message {
	return message{
		what: "a message has been played to " + w.name(cmd.ContactID), dueAt: at,
		deliver: func(ctx context.Context, d *dispatch.Dispatcher) error {
			return d.Played(ctx, cmd.ContactID, cmd.PlaybackID, false)
		},
	}
}

// plays lets agents play recorded messages, and play and hang up.
func (w *world) plays() []func() {
	var all []func()
	for _, thenEnd := range []bool{false, true} {
		all = append(all, w.eachAgentWith(func(a *center.Agent) string { return a.ContactID }, "%s plays a message to %s",
			func(ctx context.Context, agentID, contactID string) error {
				w.played++
				_, err := w.dispatcher.Play(ctx, agentID, contactID, dispatch.Playing{
					ID: fmt.Sprintf("pl_%d", w.played), Recording: &center.Recording{ID: "rc_1", Length: playLength}, ThenEnd: thenEnd,
				})
				return err
			})...)
	}
	return all
}

// holds lets agents put customers on hold and take them off it.
func (w *world) holds() []func() {
	var all []func()
	for _, on := range []bool{true, false} {
		all = append(all, w.eachAgentWith(func(a *center.Agent) string { return a.ContactID }, fmt.Sprintf("%%s sets hold of %%s to %t", on),
			func(ctx context.Context, agentID, contactID string) error {
				_, err := w.dispatcher.Hold(ctx, agentID, contactID, on)
				return err
			})...)
	}
	return all
}

func (w *world) stops() []func() {
	return w.eachAgentWith(func(a *center.Agent) string {
		if c := w.Ledger.Contact(a.ContactID); c != nil && c.Playback != nil {
			return c.ID
		}
		return ""
	}, "%s stops the message to %s", func(ctx context.Context, agentID, contactID string) error {
		c := w.Ledger.Contact(contactID)
		if c.Playback == nil {
			return nil
		}
		_, err := w.dispatcher.StopPlaying(ctx, agentID, contactID, c.Playback.ID)
		return err
	})
}
