package config

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"guichet/shared/center"
	"guichet/shared/store"
)

// Plan is what a file would change in a centre.
type Plan struct {
	Changes []Change
	// Blocked says why it cannot be done now: what is to go is in use.
	Blocked []string

	// New tells that the centre is empty so far.
	New bool

	wanted     *Centre
	gone       []*center.Agent
	goneQueues map[string]center.Queue
}

// Change is one thing that comes, goes or becomes another.
type Change struct {
	What   string // such as "queue que_support"
	Kind   Kind
	Fields []Field // of Changed, by name
}

// Kind is what happens to something.
type Kind string

// Kinds of changes. Their text is what begins a line of a plan.
const (
	Added   Kind = "+"
	Changed Kind = "~"
	Removed Kind = "-"
)

// Field is a setting that becomes another.
type Field struct{ Name, Old, New string }

// String is the plan as a person reads it: a line for each change, and one for each of its fields.
func (p *Plan) String() string {
	var b strings.Builder
	for _, c := range p.Changes {
		fmt.Fprintf(&b, "  %s %s\n", c.Kind, c.What)
		for _, f := range c.Fields {
			fmt.Fprintf(&b, "      %s: %s → %s\n", f.Name, orNone(f.Old), orNone(f.New))
		}
	}
	for _, reason := range p.Blocked {
		fmt.Fprintf(&b, "  ! %s\n", reason)
	}
	return b.String()
}

func orNone(s string) string {
	if s == "" {
		return "–"
	}
	return s
}

// NewPlan compares a file with a centre.
func NewPlan(ctx context.Context, s *store.Store, wanted *Centre) (*Plan, error) {
	dir, err := store.NewDirectories(s).Directory(ctx)
	if err != nil {
		return nil, err
	}
	agents, err := s.Agents(ctx)
	if err != nil {
		return nil, err
	}
	p := &Plan{wanted: wanted, New: dir.Settings.Name == "", Changes: compare(things(dir, agents), things(&wanted.Directory, wanted.Agents))}
	return p, p.findGone(ctx, s, dir, agents)
}

// things are the settings of each thing that a centre has, by its name.
func things(d *store.Directory, agents []*center.Agent) map[string]map[string]string {
	all := map[string]map[string]string{}
	if d.Settings.Name != "" {
		all["settings"] = flat(d.Settings)
	}
	for id, q := range d.Queues {
		all["queue "+id] = flat(q)
	}
	for number, id := range d.Numbers {
		all["number "+number] = map[string]string{"Queue": id}
	}
	for number, line := range d.Lines {
		all["number "+number] = map[string]string{"Agent": line.AgentID, "Label": line.Label, "Queue": d.Numbers[number]}
	}
	for inbox, id := range d.Inboxes {
		all["inbox "+inbox] = map[string]string{"Queue": id}
	}
	for key, w := range d.Widgets {
		all["widget "+key] = flat(w)
	}
	for _, a := range agents {
		all["person "+a.ID] = flat(center.Agent{ID: a.ID, Name: a.Name, Role: a.Role, Language: a.Language, Queues: a.Queues, Levels: a.Levels})
	}
	return all
}

func compare(old, wanted map[string]map[string]string) []Change {
	var changes []Change
	both := maps.Clone(old)
	maps.Copy(both, wanted)
	for _, what := range slices.Sorted(maps.Keys(both)) {
		before, had := old[what]
		after, has := wanted[what]
		switch {
		case !had:
			changes = append(changes, Change{What: what, Kind: Added})
		case !has:
			changes = append(changes, Change{What: what, Kind: Removed})
		default:
			if fields := differences(before, after); len(fields) > 0 {
				changes = append(changes, Change{What: what, Kind: Changed, Fields: fields})
			}
		}
	}
	return changes
}

func differences(before, after map[string]string) []Field {
	var fields []Field
	both := maps.Clone(before)
	maps.Copy(both, after)
	for _, name := range slices.Sorted(maps.Keys(both)) {
		if before[name] != after[name] {
			fields = append(fields, Field{name, before[name], after[name]})
		}
	}
	return fields
}
