package command

import (
	"errors"

	"guichet/media-node/internal/bridge"
	"guichet/media-node/internal/recording"
	"guichet/media-node/internal/tone"
	"guichet/shared/mediaapi"
)

// act is what a command does to its call, on the event loop; it fails when the call cannot take it now.
type act func(*bridge.Call) error

// effect returns what a command does; an error when it is not understood.
func effect(c mediaapi.Command) (act, error) {
	switch c.Action {
	case mediaapi.ActionFind:
		return always(func(*bridge.Call) {}), nil // that the call was found is the answer
	case mediaapi.ActionEnd:
		return always((*bridge.Call).End), nil
	case mediaapi.ActionPlay:
		if c.PlaybackID == "" || !recording.ValidLink(c.SoundURL) {
			return nil, errors.New("play what, and from where? playbackId and an http(s) soundUrl are needed")
		}
		return always(func(call *bridge.Call) { call.Play(c.PlaybackID, c.SoundURL) }), nil
	case mediaapi.ActionStop:
		if c.PlaybackID == "" {
			return nil, errors.New("stop what? a playbackId is needed")
		}
		return always(func(call *bridge.Call) { call.StopPlaying(c.PlaybackID) }), nil
	case mediaapi.ActionHold, mediaapi.ActionResume:
		return hold(c)
	case mediaapi.ActionDigits:
		return digits(c)
	case mediaapi.ActionGuest, mediaapi.ActionTransfer:
		return parties(c)
	}
	return nil, errors.New("no such action")
}

var errNoVersion = errors.New("since when? a version above 0 is needed")

func hold(c mediaapi.Command) (act, error) {
	switch {
	case c.Version <= 0:
		return nil, errNoVersion
	case c.Action == mediaapi.ActionHold:
		return always(func(call *bridge.Call) { call.Hold(c.Version) }), nil
	default:
		return always(func(call *bridge.Call) { call.Resume(c.Version) }), nil
	}
}

func digits(c mediaapi.Command) (act, error) {
	switch {
	case c.PlaybackID == "" || !tone.Dialable(c.Digits):
		return nil, errors.New("dial what? a playbackId and digits (0-9, *, #) are needed")
	case len(c.Digits) > bridge.MaxDigits:
		return nil, bridge.ErrTooManyDigits
	}
	return func(call *bridge.Call) error { return call.Digits(c.PlaybackID, c.Digits) }, nil
}

// parties is who is in the call.
func parties(c mediaapi.Command) (act, error) {
	switch {
	case c.Version <= 0:
		return nil, errNoVersion
	case c.Action == mediaapi.ActionTransfer && c.AgentID == "":
		return nil, errors.New("transfer to whom? an agentId is needed")
	case c.Action == mediaapi.ActionTransfer:
		return always(func(call *bridge.Call) { call.Transfer(c.AgentID, c.Version) }), nil
	case c.GuestID == "" && c.GuestAgentID != "":
		return nil, errors.New("invited by what name? with a guestAgentId, a guestId is needed")
	}
	return func(call *bridge.Call) error { return call.Guest(c.GuestID, c.GuestAgentID, c.Version) }, nil
}

func always(f func(*bridge.Call)) act {
	return func(call *bridge.Call) error {
		f(call)
		return nil
	}
}
