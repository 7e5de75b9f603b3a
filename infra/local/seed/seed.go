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

// Number is a phone number and the queue that its callers join; without a queue it is rented and not in use.
type Number struct{ E164, Label, QueueID string }

// Default is the centre of a shop with customers in France and in Britain. The numbers are from the ranges that the
// regulators keep for fiction.
func Default() Centre {
	support := center.Queue{
		ID: "que_support", Name: "Assistance", Kind: center.QueueVoice, Priority: 1, Language: "fr",
		Ring: 20 * time.Second, WrapUp: 30 * time.Second, MaxWait: 15 * time.Minute,
	}
	sales := center.Queue{
		ID: "que_sales", Name: "Sales", Kind: center.QueueVoice, Priority: 2, Language: "en",
		Ring: 20 * time.Second, WrapUp: 15 * time.Second, MaxWait: 10 * time.Minute,
	}
	chats, salesChats := chatQueues()
	both := []string{support.ID, sales.ID, chats.ID, salesChats.ID}
	return Centre{
		Directory: store.Directory{
			Settings: center.Settings{
				Name: "Maison Lavande", PauseReasons: []string{"break", "meal", "meeting", "training", "technical"},
				ParkGrace: 30 * time.Second, DeclineRest: 30 * time.Second,
				ChatGrace: time.Minute, AttachmentBytes: 10 << 20,
			},
			Queues: map[string]center.Queue{support.ID: support, sales.ID: sales, chats.ID: chats, salesChats.ID: salesChats},
			Widgets: map[string]center.Widget{"lavande": {
				Key: "lavande", Name: "Maison Lavande", Colour: "#5b4696",
				Greeting: map[string]string{
					"fr": "Bonjour ! Une question sur une commande, un bouquet, une livraison ? Écrivez-nous.",
					"en": "Hello! A question about an order, a bouquet, a delivery? Write to us.",
				},
			}},
		},
		Numbers: []Number{
			{E164: "+33199001000", Label: "Assistance (FR)", QueueID: support.ID},
			{E164: "+442079460000", Label: "Sales (EN)", QueueID: sales.ID},
			{E164: "+33199001099", Label: "–"},
		},
		Inboxes: []Inbox{
			{Channel: "sms", ID: "+33199001000", Label: "Assistance (FR)", QueueID: chats.ID},
			{Channel: "sms", ID: "+442079460000", Label: "Sales (EN)", QueueID: salesChats.ID},
			{Channel: "messenger", ID: "1000000000001", Label: "Maison Lavande", QueueID: chats.ID},
			{Channel: "instagram", ID: "17840000000000001", Label: "maison.lavande", QueueID: salesChats.ID},
			{Channel: "webchat", ID: "lavande", Label: "maison-lavande.example", QueueID: chats.ID},
		},
		Agents: []*center.Agent{
			{ID: "camille", Name: "Camille Martin", Role: center.RoleAgent, Language: "fr", Queues: both},
			{ID: "alex", Name: "Alex Morgan", Role: center.RoleAgent, Language: "en", Queues: both},
			{ID: "sam", Name: "Sam Rivera", Role: center.RoleSupervisor, Language: "en", Queues: both},
			{ID: "ines", Name: "Inès Moreau", Role: center.RoleAdmin, Language: "fr", Queues: []string{support.ID, chats.ID}},
		},
		Others: []openid.Person{{ID: "robin", Name: "Robin Petit", Language: "fr"}},
	}
}

// chatQueues are where messages go: to the agents by turns, and to whoever picks them.
func chatQueues() (support, sales center.Queue) {
	support = center.Queue{
		ID: "que_chat_support", Name: "Messages", Kind: center.QueueChat, Priority: 1, Language: "fr",
		Assignment: center.AssignAutomatic, Capacity: 5,
	}
	sales = center.Queue{
		ID: "que_chat_sales", Name: "Sales chat", Kind: center.QueueChat, Priority: 2, Language: "en",
		Assignment: center.AssignPicked, Capacity: 5,
	}
	return support, sales
}

// SetTimes gives every queue of calls other ring and wrap-up times; zero keeps a queue's own.
func (c *Centre) SetTimes(ring, wrapUp time.Duration) {
	for id, q := range c.Directory.Queues {
		if q.Kind != center.QueueVoice {
			continue
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
	directory.Numbers = make(map[string]string, len(c.Numbers))
	for _, n := range c.Numbers {
		if n.QueueID != "" {
			directory.Numbers[n.E164] = n.QueueID
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
