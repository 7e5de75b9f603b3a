package command

import (
	"errors"

	"guichet/media-node/internal/bridge"
	"guichet/media-node/internal/recording"
	"guichet/shared/mediaapi"
)

// effect returns what a command does to its call, on the event loop; an error when it is not understood.
func effect(c mediaapi.Command) (func(*bridge.Call), error) {
	switch c.Action {
	case mediaapi.ActionFind:
		return func(*bridge.Call) {}, nil // that the call was found is the answer
	case mediaapi.ActionEnd:
		return (*bridge.Call).End, nil
	case mediaapi.ActionPlay:
		if c.PlaybackID == "" || !recording.ValidLink(c.SoundURL) {
			return nil, errors.New("play what, and from where? playbackId and an http(s) soundUrl are needed")
		}
		return func(call *bridge.Call) { call.Play(c.PlaybackID, c.SoundURL) }, nil
	case mediaapi.ActionStop:
		if c.PlaybackID == "" {
			return nil, errors.New("stop what? a playbackId is needed")
		}
		return func(call *bridge.Call) { call.StopPlaying(c.PlaybackID) }, nil
	}
	return nil, errors.New("no such action")
}
