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

	wanted *Centre
	gone   []*center.Agent
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
	for _, a := range agents {
		if !slices.ContainsFunc(wanted.Agents, func(w *center.Agent) bool { return w.ID == a.ID }) {
			p.gone = append(p.gone, a)
			p.block(agentInUse(a))
		}
	}
	for _, id := range slices.Sorted(maps.Keys(dir.Queues)) {
		if _, stays := wanted.Directory.Queues[id]; stays {
			continue
		}
		live, err := s.Live(ctx, id)
		if err != nil {
			return nil, err
		}
		p.block(queueInUse(id, live))
	}
	return p, nil
}

func (p *Plan) block(reason string) {
	if reason != "" {
		p.Blocked = append(p.Blocked, reason)
	}
}

func agentInUse(a *center.Agent) string {
	if a.Online() || a.Occupied() || len(a.Chats) > 0 {
		return a.ID + " is at their desk, or has a contact: let them log out, and hand over their chats"
	}
	return ""
}

func queueInUse(id string, live store.Live) string {
	if n := len(live.Waiting) + len(live.Scheduled) + len(live.Chats); n > 0 {
		return fmt.Sprintf("%d contacts are in %s: let them end first", n, id)
	}
	return ""
}

// Apply makes the centre what the plan's file says. It may be repeated, also after it failed in its midst: what has been done is
// done again.
func (p *Plan) Apply(ctx context.Context, s *store.Store) error {
	if len(p.Blocked) > 0 {
		return center.Errorf(center.Conflict, "in-use", "%s", strings.Join(p.Blocked, "; "))
	}
	for _, a := range p.gone {
		if err := s.RemoveAgent(ctx, a); err != nil {
			return fmt.Errorf("remove %s: %w", a.ID, err)
		}
	}
	return p.wanted.Write(ctx, s)
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
		all["number "+number] = map[string]string{"Agent": line.AgentID, "Label": line.Label}
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
