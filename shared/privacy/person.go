// Package privacy finds everything that a centre has of one customer, writes it down for them, and takes it out. Who may ask for that,
// and how one knows that they are who they say, is no business of it: infra/operate runs it for an operator.
package privacy

import (
	"errors"
	"net/url"
	"strings"

	"guichet/shared/center"
	"guichet/shared/store"
)

// Person is a customer by one of the three ways in which a centre knows them.
type Person struct {
	Number      string // E.164
	Email       string
	Channel, ID string // the customer's id on a channel
}

// spacing is what people write into numbers.
var spacing = strings.NewReplacer(" ", "", ".", "", "-", "", "(", "", ")", "", "\u00a0", "", "\u202f", "")

// ParsePerson reads a number with its country (+33 6 12 34 56 78), an e-mail address, or a channel's name and the customer's id there
// (messenger:24680135791).
func ParsePerson(text string) (Person, error) {
	text = strings.TrimSpace(text)
	if n := spacing.Replace(text); center.E164(n) {
		return Person{Number: n}, nil
	}
	if strings.ContainsAny(text, " \t\n") {
		return Person{}, errPerson
	}
	if channel, id, ok := strings.Cut(text, ":"); ok && channel != "" && id != "" {
		return Person{Channel: channel, ID: id}, nil
	}
	if before, after, ok := strings.Cut(text, "@"); ok && before != "" && strings.Contains(after, ".") {
		return Person{Email: text}, nil
	}
	return Person{}, errPerson
}

var errPerson = errors.New("a number with its country (+33612345678), an e-mail address, or channel:id (messenger:24680135791) is expected")

func (p Person) String() string {
	switch {
	case p.Number != "":
		return p.Number
	case p.Email != "":
		return p.Email
	}
	return p.Channel + ":" + p.ID
}

// wrote tells whether a chat is with the person.
func (p Person) wrote(c *center.Chat) bool {
	switch {
	case p.Number != "":
		return c.Customer.Phone == p.Number || c.Customer.ID == p.Number
	case p.Email != "":
		return strings.EqualFold(c.Customer.Email, p.Email)
	}
	return c.Channel == p.Channel && c.Customer.ID == p.ID
}

// called tells whether a call is with the person, or they were asked to join it.
func (p Person) called(c *center.Contact) bool {
	return p.Number != "" && (c.From == p.Number || c.Guest != nil && c.Guest.Number == p.Number)
}

// claims tells whether a claim is to the person's number: its name ends with it.
func (p Person) claims(c *store.Claim) bool {
	return p.Number != "" && strings.HasSuffix(c.What, " "+p.Number)
}

// optedOut tells whether a note is of the person's wish: it has their id on a channel in it, but so that only who knows the id sees it.
func (p Person) optedOut(o *store.OptOut) bool {
	id := p.Number
	if p.Channel == o.Channel {
		id = p.ID
	}
	return id != "" && o.ChatID == center.ChatIDOf(o.Channel, o.Inbox, id)
}

// named tells whether a payload that nobody understood names the person.
func (p Person) named(s *center.SetAside) bool {
	who := p.Number + p.Email
	if who == "" {
		return s.Channel == p.Channel && strings.Contains(s.Payload, p.ID)
	}
	return strings.Contains(s.Payload, who) || strings.Contains(s.Payload, url.QueryEscape(who))
}
