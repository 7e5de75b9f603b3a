package command

import (
	"guichet/media-node/internal/bridge"
	"guichet/shared/mediaapi"
)

// effect returns what a command does to its call, on the event loop; nil when its action is not known.
func effect(c mediaapi.Command) func(*bridge.Call) {
	switch c.Action {
	case mediaapi.ActionFind:
		return func(*bridge.Call) {} // that the call was found is the answer
	case mediaapi.ActionEnd:
		return (*bridge.Call).End
	}
	return nil
}
