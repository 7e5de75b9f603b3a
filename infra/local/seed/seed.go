// Package seed is the small centre that the one-machine runner opens with: queues, numbers and people. It is data, and
// how that is written; nothing here decides anything.
package seed

import (
	"context"
	"fmt"
	"time"

	"guichet/infra/local/openid"
	"guichet/infra/local/simulator"
	"guichet/infra/local/simulator/sms"
	"guichet/shared/center"
	"guichet/shared/channel"
	"guichet/shared/store"
	"guichet/shared/telephony"
)

// Centre is what a run starts with.
type Centre struct {
	Directory store.Directory
	Agents    []*center.Agent
	// Others can sign in and are not agents (S1).
	Others []openid.Person
	// Numbers in the order in which they are shown.
	Numbers []Number
	// Inboxes likewise. Those of the channel sms are numbers too.
	Inboxes []Inbox
}

// Inbox is our side of a message channel, and the queue that its chats join.
type Inbox struct{ Channel, ID, Label, QueueID string }

// Number is a phone number and the queue that its callers join, or the agent whom it rings; without either it is rented and not
// in use.
type Number struct{ E164, Label, QueueID, AgentID string }

// SetTimes gives every queue of calls and every campaign other times to ring and to wrap up, and between the attempts to reach a
// customer; zero keeps a queue's own.
func (c *Centre) SetTimes(ring, wrapUp, spacing time.Duration) {
	for id, q := range c.Directory.Queues {
		if q.Kind == center.QueueChat {
			continue
		}
		if spacing > 0 {
			q.Attempts.Spacing = spacing
		}
		if spacing > 0 && q.Campaign != nil {
			campaign := *q.Campaign
			campaign.Delay = spacing
			q.Campaign = &campaign
		}
		if ring > 0 {
			q.Ring = ring
		}
		if wrapUp > 0 {
			q.WrapUp = wrapUp
		}
		c.Directory.Queues[id] = q
	}
}

// Write puts the configuration and the people into the store. What agents did in an earlier run stays as it is.
func (c Centre) Write(ctx context.Context, s *store.Store) error {
	directory := c.Directory
	directory.Numbers, directory.Lines = make(map[string]string, len(c.Numbers)), map[string]center.Line{}
	for _, n := range c.Numbers {
		switch {
		case n.QueueID != "":
			directory.Numbers[n.E164] = n.QueueID
		case n.AgentID != "":
			directory.Lines[n.E164] = center.Line{Number: n.E164, Label: n.Label, AgentID: n.AgentID}
		}
	}
	directory.Inboxes = make(map[string]string, len(c.Inboxes))
	for _, inbox := range c.Inboxes {
		directory.Inboxes[store.InboxKey(inbox.Channel, inbox.ID)] = inbox.QueueID
	}
	if err := s.SaveDirectory(ctx, &directory); err != nil {
		return fmt.Errorf("seed the configuration: %w", err)
	}
	for _, agent := range c.Agents {
		if err := s.EnsureAgent(ctx, agent); err != nil {
			return fmt.Errorf("seed agent %s: %w", agent.ID, err)
		}
	}
	return nil
}

// People are all who can sign in.
func (c Centre) People() []openid.Person {
	people := make([]openid.Person, 0, len(c.Agents)+len(c.Others))
	for _, a := range c.Agents {
		people = append(people, openid.Person{ID: a.ID, Name: a.Name, Role: string(a.Role), Language: a.Language})
	}
	return append(people, c.Others...)
}

// PhoneNumbers are the numbers as they are set up at the provider.
func (c Centre) PhoneNumbers() []simulator.Number {
	numbers := make([]simulator.Number, len(c.Numbers))
	for i, n := range c.Numbers {
		numbers[i] = simulator.Number{
			E164: n.E164, Label: n.Label, VoiceURL: telephony.PathIncoming, StatusCallback: telephony.PathStatus,
		}
	}
	return numbers
}

// TextNumbers are the numbers that take text messages, as they are set up at the provider.
func (c Centre) TextNumbers() []sms.Number {
	var numbers []sms.Number
	for _, inbox := range c.Inboxes {
		if inbox.Channel == sms.Channel {
			numbers = append(numbers, sms.Number{E164: inbox.ID, Label: inbox.Label, URL: channel.PathPrefix + sms.Channel + "/incoming"})
		}
	}
	return numbers
}
