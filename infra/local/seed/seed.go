// Package seed is the small centre that the one-machine runner opens with: queues, numbers and people. It is data; nothing here
// decides anything.
package seed

import (
	_ "embed" // the shop
	"errors"
	"fmt"
	"io/fs"
	"os"
	"time"

	"guichet/infra/local/openid"
	"guichet/infra/local/simulator"
	"guichet/infra/local/simulator/sms"
	"guichet/shared/center"
	"guichet/shared/channel"
	"guichet/shared/config"
	"guichet/shared/telephony"
)

// shop is the centre that a run opens with when no other is given.
//
//go:embed guichet.yaml
var shop []byte

// Default is the centre of a shop.
func Default() Centre {
	c, err := config.Parse("infra/local/seed/guichet.yaml", shop)
	if err != nil {
		panic(err) // embedded: only a programming error gets here
	}
	return Centre{Centre: *c, Others: []openid.Person{{ID: "robin", Name: "Robin Petit", Language: "fr"}}}
}

// File is where a centre of one's own is, unless another file is named.
const File = "guichet.yaml"

// Read reads a centre's file. Without a name it is File, or the shop if there is none.
func Read(name string) (Centre, error) {
	if name == "" {
		if _, err := os.Stat(File); errors.Is(err, fs.ErrNotExist) {
			return Default(), nil
		}
		name = File
	}
	source, err := os.ReadFile(name) //nolint:gosec // whoever runs it says which
	if err != nil {
		return Centre{}, fmt.Errorf("read the centre: %w", err)
	}
	c, err := config.Parse(name, source)
	if err != nil {
		return Centre{}, fmt.Errorf("the centre cannot be so:\n%w", err)
	}
	return Centre{Centre: *c}, nil
}

// Centre is what a run starts with.
type Centre struct {
	config.Centre
	// Others can sign in and are not agents (S1).
	Others []openid.Person
}

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

// DemoWidget is the key of the webchat's widget for a page of this machine: the first that any site may embed; empty if there is none.
func (c Centre) DemoWidget() string {
	for _, inbox := range c.Inboxes {
		if inbox.Channel == "webchat" && len(c.Directory.Widgets[inbox.ID].Origins) == 0 {
			return inbox.ID
		}
	}
	return ""
}
