package center

import (
	"maps"
	"slices"
	"time"
)

// ContactKind says how a call came to be.
type ContactKind string

// Kinds of calls.
const (
	KindInbound  ContactKind = "inbound"  // to one of the centre's numbers, for a queue
	KindOutbound ContactKind = "outbound" // made by the agent, for no queue
	KindCallback ContactKind = "callback" // to a caller who asked to be called back instead of waiting
	KindCampaign ContactKind = "campaign" // to a customer whose call was missed; its queue is the campaign
	KindDirect   ContactKind = "direct"   // to an agent's own line, for no queue
)

// State is where a call stands: (scheduled →) waiting → offered → connecting → connected → ended.
type State string

// States of a call. An offer that comes to nothing, and a live call whose agent is lost, go back to waiting; a customer whom
// we did not reach is scheduled again.
const (
	StateScheduled  State = "scheduled" // a call that we are to make at DueAt
	StateWaiting    State = "waiting"
	StateOffered    State = "offered"
	StateConnecting State = "connecting"
	StateConnected  State = "connected"
	StateEnded      State = "ended"
)

// Outcome says how a contact ended. It is set once, with StateEnded.
type Outcome string

// Outcomes of a call.
const (
	OutcomeHandled   Outcome = "handled"   // somebody spoke with the customer
	OutcomeAbandoned Outcome = "abandoned" // the customer left first
	OutcomeTimedOut  Outcome = "timedOut"  // the maximum wait passed
	OutcomeFailed    Outcome = "failed"    // the provider or we broke it
	// OutcomeUnanswered is of a call that an agent made: the customer did not answer.
	OutcomeUnanswered Outcome = "unanswered"
	// OutcomeIncomplete is of a callback or a campaign's call: no attempt reached the customer.
	OutcomeIncomplete Outcome = "incomplete"
)

// Offer is a contact reserved for one agent until accepted, declined, timed out or withdrawn.
type Offer struct {
	ID        string
	AgentID   string
	At        time.Time
	ExpiresAt time.Time
}

// Contact is one call, from admission to its one final state. Version counts its writes.
type Contact struct {
	ID         string
	Kind       ContactKind
	State      State
	Outcome    Outcome // empty until ended
	QueueID    string  // empty for a call of no queue
	LineOf     string  // the agent to whose own line a direct call is; else empty
	Priority   int     // of the queue, when admitted
	From       string  // the customer's number, E.164; empty when withheld
	To         string  // our number, E.164
	ChatID     string  // the chat from which the call was made; empty when none
	InWidget   bool    // the customer is rung in the webchat of ChatID: no provider knows of the call, only the media node
	CallerName string  // as the provider knows it; may be empty
	CallSID    string  // the provider's id of the live leg; of a callback that is scheduled, of the call that asked for it
	Missed     string  // the contact for which a campaign calls; else empty

	Attempt int       // to reach the customer of a callback or a campaign: counted from 1, 0 before the first
	DueAt   time.Time // of the next attempt, while scheduled
	Machine bool      // an answering machine took the attempt: nobody has spoken with the customer
	Token   string    // of the workflow that waits for what becomes of the attempt; empty when none does

	EnteredAt   time.Time // admitted: its place in line, kept when it goes back
	QueuedAt    time.Time // since when it counts as waiting in its present line; zero: since it was admitted
	AcceptedAt  time.Time // when AgentID accepted; zero again when it goes back in line
	ConnectedAt time.Time // first heard by an agent
	EndedAt     time.Time
	MovedAt     time.Time     // when it came to its present queue from elsewhere; zero: it was admitted to it
	AnsweredAt  time.Time     // when an agent of its present queue accepted it first
	CallbackAt  time.Time     // when the caller asked to be called back
	LeftAt      time.Time     // when it last left an agent and went on, in this attempt
	HeldAt      time.Time     // since when the customer is on hold; zero when not
	HoldTime    time.Duration // how long they were on hold before
	HoldBefore  time.Duration // what of HoldTime was with agents before AgentID

	Offer    *Offer               // while offered
	Playback *Playback            // the recorded message that plays; nil when none
	Guest    *Guest               // whom the agent consults; nil when nobody
	AgentID  string               // who accepted last; kept when it goes back in line and after the end
	Asked    []string             // agents to whom it was ever offered, in order: only they may know of it
	Declined map[string]time.Time // agents who declined, and until when they are spared
	Version  int64
}

// Waiting tells whether the contact stands in line.
func (c *Contact) Waiting() bool { return c.State == StateWaiting }

// Live tells whether an agent has accepted the contact and it has not ended.
func (c *Contact) Live() bool { return c.State == StateConnecting || c.State == StateConnected }

// WasLiveWith tells, of an ended contact, whether the agent had accepted it.
func (c *Contact) WasLiveWith(agentID string) bool {
	return c.AgentID == agentID && !c.AcceptedAt.IsZero()
}

// Ended tells whether the contact is final.
func (c *Contact) Ended() bool { return c.State == StateEnded }

// HeldBy is the agent to whom the contact is offered or connected; empty when none.
func (c *Contact) HeldBy() string {
	switch {
	case c.State == StateOffered:
		return c.Offer.AgentID
	case c.Live():
		return c.AgentID
	}
	return ""
}

// Spares tells whether the agent declined the contact too recently to be asked again.
func (c *Contact) Spares(agentID string, now time.Time) bool { return now.Before(c.Declined[agentID]) }

// OfferTo reserves the waiting contact for an agent.
func (c *Contact) OfferTo(o Offer) error {
	if !c.Waiting() {
		return Errorf(Conflict, "not-waiting", "contact %s is %s, not waiting", c.ID, c.State)
	}
	c.State, c.Offer = StateOffered, &o
	if !slices.Contains(c.Asked, o.AgentID) {
		c.Asked = append(slices.Clone(c.Asked), o.AgentID)
	}
	return nil
}

// Accept answers an offer. Repeating it is harmless; anybody else's attempt is a conflict.
func (c *Contact) Accept(agentID, offerID string, now time.Time) error {
	if c.Live() && c.AgentID == agentID {
		return nil
	}
	if err := c.holdsOffer(agentID, offerID); err != nil {
		return err
	}
	c.State, c.AgentID, c.Offer, c.AcceptedAt, c.HoldBefore = StateConnecting, agentID, nil, now, c.HoldTime
	if c.AnsweredAt.IsZero() {
		c.AnsweredAt = now
	}
	if c.ToDial() {
		c.Attempt++
		c.LeftAt = time.Time{}
	}
	return nil
}

// Decline sends the contact back to the front of its line and spares the agent for a while.
func (c *Contact) Decline(agentID, offerID string, rest time.Duration, now time.Time) error {
	if err := c.holdsOffer(agentID, offerID); err != nil {
		return err
	}
	declined := maps.Clone(c.Declined)
	if declined == nil {
		declined = map[string]time.Time{}
	}
	declined[agentID] = now.Add(rest)
	c.Declined = declined
	c.State, c.Offer = StateWaiting, nil
	return nil
}

// Miss ends an offer that nobody answered in time; the contact keeps its place in line.
func (c *Contact) Miss(offerID string, now time.Time) error {
	if c.State != StateOffered || c.Offer.ID != offerID {
		return Errorf(Conflict, "offer-gone", "offer %s is over", offerID)
	}
	if now.Before(c.Offer.ExpiresAt) {
		return Errorf(Conflict, "offer-rings", "offer %s rings until %s", offerID, c.Offer.ExpiresAt)
	}
	c.State, c.Offer = StateWaiting, nil
	return nil
}

// Connect records that customer and agent hear each other.
func (c *Contact) Connect(agentID string, now time.Time) error {
	if c.State == StateConnected && c.AgentID == agentID {
		return nil
	}
	if c.State != StateConnecting || c.AgentID != agentID || c.acceptedAfter(now) {
		return Errorf(Conflict, "not-connecting", "contact %s is %s", c.ID, c.State)
	}
	c.State = StateConnected
	if c.ConnectedAt.IsZero() {
		c.ConnectedAt = now
	}
	return nil
}

// Requeue puts a live contact whose agent or media path was lost at the given time back in line, at its old place. It
// remembers the agent, who is asked first.
func (c *Contact) Requeue(agentID string, at time.Time) error {
	if !c.Live() || c.AgentID != agentID || c.acceptedAfter(at) {
		return Errorf(Conflict, "not-live", "contact %s is %s", c.ID, c.State)
	}
	c.State, c.AcceptedAt, c.Playback, c.Guest, c.LeftAt = StateWaiting, time.Time{}, nil, nil, at
	if c.Kind.Returns() {
		c.QueuedAt = at
	}
	c.offHold(at)
	return nil
}

// ClockSkew is how far the clock of a media node may be behind ours. It is less than it takes to lose a call, to be
// offered it again and to accept it.
const ClockSkew = 2 * time.Second

// acceptedAfter tells whether the contact was accepted after what a media node reports: then the report is about an
// earlier acceptance, and comes late or again.
func (c *Contact) acceptedAfter(report time.Time) bool {
	return c.AcceptedAt.After(report.Add(ClockSkew))
}

// End makes the contact final. Only the first call has an effect; it tells whether this was it.
func (c *Contact) End(o Outcome, now time.Time) bool {
	if c.Ended() {
		return false
	}
	c.State, c.Outcome, c.EndedAt, c.Offer, c.Playback, c.Guest = StateEnded, o, now, nil, nil, nil
	c.DueAt, c.Token = time.Time{}, ""
	c.offHold(now)
	return true
}

// OutcomeWhenCallerLeaves is the outcome if the call ends now by the customer's or the provider's doing.
func (c *Contact) OutcomeWhenCallerLeaves() Outcome {
	switch {
	case !c.ConnectedAt.IsZero():
		return OutcomeHandled
	case c.Kind == KindOutbound:
		return OutcomeUnanswered
	case c.Kind.Returns():
		return OutcomeIncomplete
	}
	return OutcomeAbandoned
}

func (c *Contact) holdsOffer(agentID, offerID string) error {
	if !slices.Contains(c.Asked, agentID) {
		return Errorf(NotFound, "contact-unknown", "no contact %s", c.ID)
	}
	if c.State != StateOffered || c.Offer.AgentID != agentID || c.Offer.ID != offerID {
		return Errorf(Conflict, "offer-gone", "offer %s of contact %s is over", offerID, c.ID)
	}
	return nil
}
