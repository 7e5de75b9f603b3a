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

// Apply makes the centre what the plan's file says. It may be repeated, also after it failed in its midst: what is left is done then.
//
// What goes is first led to by nothing; then settle lets the time pass in which functions still lead there, as they read the
// configuration once in store.DirectoryLifetime, and only what nobody came into meanwhile is removed. A nil settle is of a centre none
// of whose functions runs.
func (p *Plan) Apply(ctx context.Context, s *store.Store, settle func(context.Context) error) error {
	if err := p.refusal(); err != nil {
		return err
	}
	if p.Removes() {
		fresh, err := p.leadElsewhere(ctx, s, settle)
		if err != nil {
			return err
		}
		p = fresh
	}
	if err := p.wanted.Write(ctx, s); err != nil {
		return err
	}
	for _, a := range p.gone {
		if err := s.RemoveAgent(ctx, a); err != nil {
			return fmt.Errorf("remove %s: %w", a.ID, err)
		}
	}
	return nil
}

// Removes tells whether queues or people go.
func (p *Plan) Removes() bool { return len(p.gone)+len(p.goneQueues) > 0 }

func (p *Plan) refusal() error {
	if len(p.Blocked) > 0 {
		return center.Errorf(center.Conflict, "in-use", "%s", strings.Join(p.Blocked, "; "))
	}
	return nil
}

// leadElsewhere writes the configuration with the queues that go still in it, and looks again who is in what goes. Agents serve these
// queues until then.
func (p *Plan) leadElsewhere(ctx context.Context, s *store.Store, settle func(context.Context) error) (*Plan, error) {
	between := p.wanted.Directory
	between.Queues = maps.Clone(between.Queues)
	maps.Copy(between.Queues, p.goneQueues)
	if err := s.SaveDirectory(ctx, &between); err != nil {
		return nil, fmt.Errorf("write the configuration: %w", err)
	}
	if settle != nil {
		if err := settle(ctx); err != nil {
			return nil, err
		}
	}
	fresh, err := NewPlan(ctx, s, p.wanted)
	if err != nil {
		return nil, err
	}
	if err := fresh.refusal(); err != nil {
		return nil, fmt.Errorf("nothing leads to what is to go any more, but it is not empty yet: %w", err)
	}
	return fresh, nil
}

// findGone finds what the file no longer names, and why it cannot go now.
func (p *Plan) findGone(ctx context.Context, s *store.Store, dir *store.Directory, agents []*center.Agent) error {
	for _, a := range agents {
		if !slices.ContainsFunc(p.wanted.Agents, func(w *center.Agent) bool { return w.ID == a.ID }) {
			p.gone = append(p.gone, a)
			if a.Online() || a.Occupied() || len(a.Chats) > 0 {
				p.block("%s is at their desk, or has a contact: let them log out, and hand over their chats", a.ID)
			}
		}
	}
	p.goneQueues = map[string]center.Queue{}
	for _, id := range slices.Sorted(maps.Keys(dir.Queues)) {
		wanted, stays := p.wanted.Directory.Queues[id]
		switch {
		case !stays:
			p.goneQueues[id] = dir.Queues[id]
		case wanted.Kind != dir.Queues[id].Kind:
			p.block("%s cannot become a queue of another kind: what is in it and its figures are of %s. Give the other one an id of its own",
				id, kindWords[dir.Queues[id].Kind])
		}
	}
	return p.findUse(ctx, s, dir, agents)
}

func (p *Plan) block(format string, values ...any) {
	p.Blocked = append(p.Blocked, fmt.Sprintf(format, values...))
}
