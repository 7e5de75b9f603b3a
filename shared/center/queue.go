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
	// ServiceLevel is how soon callers are to be answered; zero: 20 seconds.
	ServiceLevel time.Duration

	Strategy      Strategy  // to whom calls are offered first; empty: StrategyLongestIdle
	Hours         *Hours    // by the centre's clock; nil: always open
	Overflow      string    // the queue to which callers go after MaxWait; empty: none
	Voicemail     bool      // after MaxWait without Overflow, and when closed, callers may leave a message
	OfferCallback bool      // waiting callers may ask to be called back
	Attempts      Attempts  // of callbacks and of campaigns
	Campaign      *Campaign // of QueueCampaign only

	Assignment Assignment // of chats
	Capacity   int        // chats that one agent holds at once, when they are assigned automatically
}

// QueueKind says what waits in a queue.
type QueueKind string

// QueueVoice is a queue of calls.
const QueueVoice QueueKind = "voice"

// Strategy says to which of the free agents a call is offered first.
type Strategy string

// Strategies. The agent who lost a call is always asked first; equals are asked longest idle first.
const (
	StrategyLongestIdle Strategy = "longestIdle"
	StrategyFewestCalls Strategy = "fewestCalls" // of the day
	StrategyTiers       Strategy = "tiers"       // by Agent.Level: the best first
)

// Settings hold for the whole centre.
type Settings struct {
	Name      string
	Language  string            // BCP 47, of announcements for no queue
	Zone      string            // IANA name of the centre's time zone
	Zones     map[string][]byte // by IANA name, as in the time zone database (RFC 8536): every zone that the centre needs
	Country   string            // ISO 3166-1: how numbers without a country are read
	Countries []string          // ISO 3166-1: where agents may call; empty: everywhere
	// ShortAbandon is how soon a caller may give up without counting in the service level; zero: 5 seconds.
	ShortAbandon time.Duration
	// DirectWait is how long a caller of an agent's own line waits for an agent who is busy.
	DirectWait time.Duration
	// VoicemailDays is how long messages of callers are kept; 0: until somebody deletes them.
	VoicemailDays int
	PauseReasons  []string // keys, translated by the dashboard
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

// AnswerTime is how soon callers of the queue are to be answered.
func (q Queue) AnswerTime() time.Duration {
	if q.ServiceLevel <= 0 {
		return 20 * time.Second
	}
	return q.ServiceLevel
}

// Short is how soon a caller may give up without counting in the service level.
func (s Settings) Short() time.Duration {
	if s.ShortAbandon <= 0 {
		return 5 * time.Second
	}
	return s.ShortAbandon
}
