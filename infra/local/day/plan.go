// Package day makes up what customers do on the days of a contact centre: who calls or writes when, how patient they are, and how
// long it takes to serve them. The same seed makes the same days. It only makes plans: infra/local/demo and infra/local/load live them.
package day

import (
	"cmp"
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"slices"
	"time"
)

// Kind is how a customer and the centre come together.
type Kind string

// Kinds of visits.
const (
	Call   Kind = "call"   // the customer calls a queue
	Direct Kind = "direct" // the customer calls an agent's own number
	Made   Kind = "made"   // an agent calls the customer
	Chat   Kind = "chat"   // the customer writes
)

// Visit is what one customer wants, and how it goes if the centre lets it. Its durations are whole milliseconds.
type Visit struct {
	At       time.Time
	Kind     Kind
	Place    Place
	Customer Customer

	Patience  time.Duration // how long they wait before they hang up
	AsksAfter time.Duration // how long they wait before they ask to be called back; zero: they never ask
	Answers   int           // the attempt to reach them at which they answer, from 1; zero: none
	Reaction  time.Duration // of the agent, before they answer
	Talk      time.Duration // with what of it is hold
	Hold      time.Duration
	WrapUp    time.Duration
	Leaves    bool // the customer ends the call, not the agent
	Messages  int  // of the customer, in a chat
}

// Customer is who calls or writes. Numbers are of the ranges that regulators keep for fiction.
type Customer struct{ Number, Name string }

// Place is where customers and the centre meet, and how often on a full day.
type Place struct {
	PerDay  float64
	French  bool   // the customers are
	QueueID string // of calls to a queue, and of chats
	AgentID string // of calls to an agent's own number, and of those that an agent makes
	Number  string // E.164: the centre's that is called
	Channel string // of chats
	Inbox   string
}

// Options say what days are like.
type Options struct {
	Seed                       uint64
	Zone                       *time.Location
	Calls, Direct, Made, Chats []Place
	// Even spreads arrivals over the whole day and the week, as nobody's customers do: something is always going on.
	Even bool
}

// Between makes up the visits from one moment to another, in order. What is made up of a day does not depend on the moments.
func (o Options) Between(from, to time.Time) []Visit {
	var visits []Visit
	for date := o.midnight(from, 0); date.Before(to); date = o.midnight(date, 1) {
		for _, v := range o.day(date) {
			if !v.At.Before(from) && v.At.Before(to) {
				visits = append(visits, v)
			}
		}
	}
	return visits
}

// midnight is when the day of a moment begins, or one that is so many days later.
func (o Options) midnight(at time.Time, later int) time.Time {
	d := at.In(o.Zone)
	return time.Date(d.Year(), d.Month(), d.Day()+later, 0, 0, 0, 0, o.Zone)
}

func (o Options) day(date time.Time) []Visit {
	length := o.midnight(date, 1).Sub(date)
	var visits []Visit
	for _, of := range []struct {
		kind   Kind
		places []Place
	}{{Call, o.Calls}, {Direct, o.Direct}, {Made, o.Made}, {Chat, o.Chats}} {
		for i, p := range of.places {
			dice := o.dice(date, of.kind, i)
			for _, into := range o.arrivals(dice, date.Weekday(), length, p.PerDay) {
				v := Visit{At: date.Add(into).UTC(), Kind: of.kind, Place: p, Customer: customer(dice, p.French)}
				v.draw(dice)
				visits = append(visits, v)
			}
		}
	}
	slices.SortStableFunc(visits, func(a, b Visit) int {
		return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.Customer.Number, b.Customer.Number))
	})
	return visits
}

// dice fall the same for the same place on the same day.
func (o Options) dice(date time.Time, kind Kind, place int) *rand.Rand {
	hash := fnv.New64a()
	_, _ = fmt.Fprint(hash, date.Format(time.DateOnly), kind, place) // a hash takes everything
	return rand.New(rand.NewPCG(o.Seed, hash.Sum64()))               //nolint:gosec // a day repeats by its seed
}
