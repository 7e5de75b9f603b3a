package center

import (
	"slices"
	"strings"
	"time"
)

// QueueCampaign is a queue of calls to customers whose own calls were missed.
const QueueCampaign QueueKind = "campaign"

// Campaign is what a queue of kind QueueCampaign has beyond the others.
type Campaign struct {
	Sources  []string  // the queues whose missed calls it takes
	Outcomes []Outcome // which of them: abandoned, timedOut, or incomplete for callbacks that were given up
	// Delay is how long after a missed call the customer is called first: some call again by themselves.
	Delay time.Duration
	// ShortAbandon is how soon a caller may give up and not be called back.
	ShortAbandon time.Duration
	Line         string // E.164: the number that customers see; empty: the one they had called
	Hours        *Hours // when customers may be called, by their own clocks; nil: always
	// CountryZones are the IANA names of time zones by the beginning of numbers, such as "+33"; the longest counts. Other
	// numbers are in the centre's own.
	CountryZones map[string]string
}

// Attempts say how often a customer is called, and how far apart.
type Attempts struct {
	Most    int // at least 1
	Spacing time.Duration
}

// Takes tells whether a contact that has ended is one of the campaign's missed calls.
func (c *Campaign) Takes(missed *Contact) bool {
	return missed.Ended() && (missed.Kind == KindInbound || missed.Kind == KindCallback) && missed.From != "" &&
		slices.Contains(c.Sources, missed.QueueID) && slices.Contains(c.Outcomes, missed.Outcome) &&
		(missed.Outcome != OutcomeAbandoned || missed.EndedAt.Sub(missed.EnteredAt) >= c.ShortAbandon)
}

// Zone is the name of the time zone in which a number is; empty: the centre's own.
func (c *Campaign) Zone(number string) string {
	longest, zone := 0, ""
	for beginning, z := range c.CountryZones {
		if len(beginning) > longest && strings.HasPrefix(number, beginning) {
			longest, zone = len(beginning), z
		}
	}
	return zone
}

// CallableFrom is the first moment from at on at which a customer of the queue may be called; zero: never.
func (q Queue) CallableFrom(number string, at time.Time, s Settings) time.Time {
	if q.Campaign == nil {
		return at
	}
	loc := s.Home()
	if zone := q.Campaign.Zone(number); zone != "" {
		loc = s.Location(zone)
	}
	return q.Campaign.Hours.Next(at, loc)
}

// MissedContact is the contact by which a campaign returns a missed call, to be made from due on. Its id follows from both, so
// that a repeat makes no other.
func (q Queue) MissedContact(missed *Contact, now, due time.Time) *Contact {
	line := q.Campaign.Line
	if line == "" {
		line = missed.To
	}
	return &Contact{
		ID: ContactIDOf("campaign "+q.ID, missed.ID), Kind: KindCampaign, State: StateScheduled, QueueID: q.ID, Priority: q.Priority,
		From: missed.From, To: line, CallerName: missed.CallerName, Missed: missed.ID, EnteredAt: now, DueAt: due,
	}
}
