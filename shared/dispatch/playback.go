package dispatch

import (
	"context"
	"errors"
	"time"

	"guichet/shared/center"
	"guichet/shared/mediaapi"
	"guichet/shared/store"
)

// Media acts on the sound of live calls, at the media nodes. mediaapi.Client does.
type Media interface {
	// Command fails with mediaapi.ErrNoCall when no node has the call.
	Command(ctx context.Context, c mediaapi.Command) error
}

// command has the contact's call do something; that no node has the call is a conflict.
func (d *Dispatcher) command(ctx context.Context, c mediaapi.Command) error {
	err := d.Media.Command(ctx, c)
	if errors.Is(err, mediaapi.ErrNoCall) {
		return center.Errorf(center.Conflict, "not-connected", "the sound of contact %s is not up", c.ContactID)
	}
	return err
}

// playPatience is how long after its end a recorded message is taken for over though no node has said so.
const playPatience = 15 * time.Second

// Playing is a recorded message that an agent wants to play.
type Playing struct {
	ID        string // made by the desk: asked twice, it plays once
	Recording *center.Recording
	SoundURL  string // where the media node finds it
	ThenEnd   bool   // the call ends with it
}

// Play plays a recorded message into the agent's call. The contact says so first: should we die before the node knows, the
// sweeper sees that it is over.
func (d *Dispatcher) Play(ctx context.Context, agentID, contactID string, what Playing) (*center.Contact, error) {
	now := d.Now()
	p := center.Playback{
		ID: what.ID, RecordingID: what.Recording.ID, Name: what.Recording.Name, At: now, Until: now.Add(what.Recording.Length), ThenEnd: what.ThenEnd,
	}
	_, c, err := d.updateContact(ctx, contactID, func(c *center.Contact) (bool, error) { return c.Play(agentID, p) })
	if err != nil {
		return nil, err
	}
	err = d.command(ctx, mediaapi.Command{
		ContactID: contactID, Action: mediaapi.ActionPlay, PlaybackID: p.ID, SoundURL: what.SoundURL,
	})
	if err == nil {
		return c, nil
	}
	_, notPlaying := d.notPlaying(ctx, contactID, p.ID)
	return nil, errors.Join(err, notPlaying)
}

// StopPlaying ends the recorded message in the agent's call; the call goes on, also if it was to end with the message.
func (d *Dispatcher) StopPlaying(ctx context.Context, agentID, contactID, playbackID string) (*center.Contact, error) {
	c, err := d.Store.Contact(ctx, contactID, true)
	if err != nil {
		return nil, err
	}
	if c.AgentID != agentID || !c.Live() {
		return nil, center.Errorf(center.NotFound, "contact-unknown", "no contact %s", contactID)
	}
	if c, err = d.notPlaying(ctx, contactID, playbackID); err != nil {
		return nil, err
	}
	err = d.Media.Command(ctx, mediaapi.Command{ContactID: contactID, Action: mediaapi.ActionStop, PlaybackID: playbackID})
	if errors.Is(err, mediaapi.ErrNoCall) {
		err = nil
	}
	return c, err
}

// Played notes that a recorded message is over, and ends the call if it was to end with it. A message that could not be
// played ends nothing.
func (d *Dispatcher) Played(ctx context.Context, contactID, playbackID string, failed bool) error {
	c, err := d.Store.Contact(ctx, contactID, true)
	if err != nil || !c.Live() || !c.Playing(playbackID) {
		return err
	}
	if failed || !c.Playback.ThenEnd {
		_, err = d.notPlaying(ctx, contactID, playbackID)
		return err
	}
	// The provider first, as whenever an agent hangs up. Until the contact has ended, it says what it is waiting for.
	if err := d.hangUp(ctx, c); err != nil {
		return err
	}
	_, err = d.end(ctx, contactID, func(c *center.Contact) center.Outcome {
		if !c.Playing(playbackID) {
			return goesOn // stopped meanwhile
		}
		return c.OutcomeWhenCallerLeaves()
	})
	return err
}

func (d *Dispatcher) notPlaying(ctx context.Context, contactID, playbackID string) (*center.Contact, error) {
	_, c, err := d.updateContact(ctx, contactID, func(c *center.Contact) (bool, error) {
		if !c.Played(playbackID) {
			return false, store.ErrUnchanged
		}
		return true, nil
	})
	return c, err
}

// sweepPlayback ends a recorded message whose end nobody has reported; it tells whether there was one.
func (d *Dispatcher) sweepPlayback(ctx context.Context, c *center.Contact) (bool, error) {
	if c.Playback == nil || d.Now().Before(c.Playback.Until.Add(playPatience)) {
		return false, nil
	}
	return true, d.Played(ctx, c.ID, c.Playback.ID, false)
}
