package center

import "time"

// Queue is a line of contacts waiting for the agents who joined it.
type Queue struct {
	ID       string
	Name     string
	Kind     QueueKind
	Priority int           // lower is served first
	Ring     time.Duration // how long an offer rings
	WrapUp   time.Duration // zero: none
	MaxWait  time.Duration // then the caller is told that nobody is free
	Language string        // BCP 47, of announcements

	Assignment Assignment // of chats
	Capacity   int        // chats that one agent holds at once, when they are assigned automatically
}

// QueueKind says what waits in a queue.
type QueueKind string

// QueueVoice is a queue of calls.
const QueueVoice QueueKind = "voice"

// Settings hold for the whole centre.
type Settings struct {
	Name         string
	PauseReasons []string // keys, translated by the dashboard
	// ParkGrace is how long a live caller hears music while the agent's audio is absent, before going back in line.
	ParkGrace time.Duration
	// DeclineRest is how long a contact is not offered again to an agent who declined it.
	DeclineRest time.Duration
	// ChatGrace is how long an agent may be away before the chats that wait for their reply go back in line.
	ChatGrace time.Duration
	// AttachmentBytes is how large a file may be.
	AttachmentBytes int64
}

// PauseReason tells whether agents may choose the reason.
func (s Settings) PauseReason(reason string) bool {
	for _, r := range s.PauseReasons {
		if r == reason {
			return true
		}
	}
	return false
}
