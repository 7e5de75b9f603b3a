// Package demo gives a centre that is only looked at a past and some life. The past is made of days that never were, by the
// domain's own transitions and the rules by which the product counts, so that its figures and its log agree as those of real days do.
package demo

import (
	"fmt"
	"maps"
	"slices"
	"time"

	"guichet/infra/local/day"
	"guichet/infra/local/seed"
	"guichet/shared/center"
	"guichet/shared/metrics"
)

// Past is what the counts and the contact log say of a time.
type Past struct {
	Counts map[metrics.Slot]metrics.Counts
	Lines  []metrics.Line
	rules  metrics.Rules
}

// NewPast makes up what happened in a centre from one moment to another. What was not over at the end has never begun.
func NewPast(c seed.Centre, o day.Options, from, to time.Time) *Past {
	office := newOffice(c)
	office.now = from
	office.staff(o.Zone, from, to)
	for _, v := range o.Between(from, to) {
		office.at(v.At, func() { office.visited(v) })
	}
	office.run(to)
	past := &Past{Counts: map[metrics.Slot]metrics.Counts{}, Lines: office.spells, rules: office.rules}
	for _, r := range office.told {
		if r.goesOn {
			continue
		}
		past.Lines = append(past.Lines, r.lines...)
		for _, d := range r.deltas {
			if past.Counts[d.Slot] == nil {
				past.Counts[d.Slot] = metrics.Counts{}
			}
			past.Counts[d.Slot].Add(d.Counts)
		}
	}
	return past
}

// record is what one contact or chat counts, and its lines. It is left out if something of it still goes on.
type record struct {
	deltas []metrics.Delta
	lines  []metrics.Line
	goesOn bool
}

func (r *record) add(deltas []metrics.Delta, lines []metrics.Line) {
	r.deltas, r.lines = append(r.deltas, deltas...), append(r.lines, lines...)
}

// office is a centre while its past goes on.
type office struct {
	clockwork
	queues  map[string]center.Queue
	setting center.Settings
	rules   metrics.Rules
	agents  []*center.Agent
	lines   map[string][]*call // calls in line by queue, or by an agent's own line, in order
	told    []*record
	claimed map[string]bool // numbers that the campaign is about to call
	numbers int             // of contacts
	spells  []metrics.Line
}

func newOffice(c seed.Centre) *office {
	o := &office{
		queues: c.Directory.Queues, setting: c.Directory.Settings, lines: map[string][]*call{}, claimed: map[string]bool{},
		rules: metrics.NewRules(c.Directory.Queues, c.Directory.Settings),
	}
	for _, a := range c.Agents {
		own := *a
		own.Memberships = maps.Clone(a.Memberships)
		own.AudioID = "past"
		o.agents = append(o.agents, &own)
	}
	o.each = o.account
	return o
}

// account keeps the spells in which agents are ready.
func (o *office) account() {
	for _, a := range o.agents {
		before := *a
		a.Account(o.now, o.rules.Zone())
		o.spells = append(o.spells, metrics.SpellsOver(&before, a)...)
	}
}

// staff lets agents come and go.
func (o *office) staff(zone *time.Location, from, to time.Time) {
	later := func(midnight time.Time, hours float64) time.Time {
		return time.Date(midnight.Year(), midnight.Month(), midnight.Day(), 0, int(hours*60), 0, 0, zone).UTC()
	}
	first := from.In(zone).AddDate(0, 0, -1) // whose night goes on
	for midnight := time.Date(first.Year(), first.Month(), first.Day(), 0, 0, 0, 0, zone); midnight.Before(to); midnight = midnight.AddDate(0, 0, 1) {
		for i, a := range o.agents {
			for _, hours := range works(i, midnight, later) {
				o.at(hours[0], func() { o.comes(a) })
				o.at(hours[1], func() { o.goes(a) })
			}
		}
	}
}

func (o *office) comes(a *center.Agent) {
	a.Connect("past")
	o.must(a.SetStatus(a.Queues, center.StatusReady, "", o.now))
	o.matchAgent(a)
}

// goes lets an agent leave when they are free.
func (o *office) goes(a *center.Agent) {
	if a.Occupied() {
		a.SetNext("", center.StatusOut, "")
		o.in(10*time.Second, func() { o.goes(a) })
		return
	}
	o.must(a.SetStatus(a.Queues, center.StatusOut, "", o.now))
	a.Disconnect("past", o.now)
}

func (o *office) visited(v day.Visit) {
	switch v.Kind {
	case day.Chat:
		o.writes(v)
	case day.Made:
		o.makes(v)
	case day.Call, day.Direct:
		o.calls(v)
	}
}

func (o *office) agent(id string) *center.Agent {
	return o.agents[slices.IndexFunc(o.agents, func(a *center.Agent) bool { return a.ID == id })]
}

// must stops a past that breaks the domain's rules: only a mistake here gets there.
func (o *office) must(err error) {
	if err != nil {
		panic(fmt.Sprintf("a past at %s: %v", o.now, err))
	}
}
