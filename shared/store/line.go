package store

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"guichet/shared/center"
)

// Line returns the queue in whose line a contact waits, or what stands for it on an agent's own line.
func (d *Directory) Line(c *center.Contact) (center.Queue, error) {
	return d.LineOf(c.LineID())
}

// LineOf is Line by the line's id.
func (d *Directory) LineOf(lineID string) (center.Queue, error) {
	if _, own := center.OwnerOf(lineID); own {
		return center.Queue{Ring: directRing, MaxWait: d.Settings.DirectWait, Voicemail: true, Language: d.Settings.Language}, nil
	}
	return d.Queue(lineID)
}

// directRing is how long a call to an agent's own line rings.
const directRing = 30 * time.Second

// OwnsLine tells whether an agent has a number of their own.
func (d *Directory) OwnsLine(agentID string) bool {
	for _, l := range d.Lines {
		if l.AgentID == agentID {
			return true
		}
	}
	return false
}

// LinesOf lists the numbers from which an agent may call: their own, then those of their queues, by number.
func (d *Directory) LinesOf(a *center.Agent) []center.Line {
	var lines []center.Line
	for _, l := range d.Lines {
		if l.AgentID == a.ID {
			lines = append(lines, l)
		}
	}
	for number, queueID := range d.Numbers {
		if a.Assigned(queueID) {
			lines = append(lines, center.Line{Number: number, Label: d.Queues[queueID].Name})
		}
	}
	slices.SortFunc(lines, func(x, y center.Line) int {
		return cmp.Or(strings.Compare(y.AgentID, x.AgentID), strings.Compare(x.Number, y.Number))
	})
	return lines
}
