package dispatch

import (
	"context"
	"slices"

	"guichet/shared/center"
)

// SetLine chooses the number from which the agent calls: one of theirs.
func (d *Dispatcher) SetLine(ctx context.Context, agentID, number string) (*center.Agent, error) {
	dir, err := d.Directories.Directory(ctx)
	if err != nil {
		return nil, err
	}
	a, err := d.updateAgent(ctx, agentID, func(a *center.Agent) (bool, error) {
		if !slices.ContainsFunc(dir.LinesOf(a), func(l center.Line) bool { return l.Number == number }) {
			return false, center.Errorf(center.Invalid, "line-unknown", "%s is no line of agent %s", number, a.ID)
		}
		news := a.Line != number
		a.Line = number
		return news, nil
	})
	if err != nil {
		return nil, err
	}
	d.tell(ctx, a, nil)
	return a, nil
}

// LineOf is the number from which the agent calls: the one that they chose, or the first of theirs.
func (d *Dispatcher) LineOf(ctx context.Context, a *center.Agent) (string, error) {
	dir, err := d.Directories.Directory(ctx)
	if err != nil {
		return "", err
	}
	lines := dir.LinesOf(a)
	if len(lines) == 0 {
		return "", center.Errorf(center.Conflict, "no-line", "agent %s has no line to call from", a.ID)
	}
	for _, l := range lines {
		if l.Number == a.Line {
			return l.Number, nil
		}
	}
	return lines[0].Number, nil
}
