package cards

import (
	"context"
	"fmt"
	"time"

	"github.com/aws/aws-lambda-go/events"
	"golang.org/x/sync/errgroup"

	"guichet/shared/center"
	"guichet/shared/metrics"
)

// Event is a batch of stream records, or a wish. An operator's, {"recount": "2026-11-24"}, makes that day's counts what the contact
// log tells; the day must be over. The night's, {"keepDays": true}, sums up agents' days for reports.
type Event struct {
	events.DynamoDBTimeWindowEvent
	Recount  string `json:"recount"`
	KeepDays bool   `json:"keepDays"`
}

// HandleEvent does what an event asks for.
func (h *Handler) HandleEvent(ctx context.Context, e Event) (events.DynamoDBTimeWindowEventResponse, error) {
	switch {
	case e.Recount != "":
		return events.DynamoDBTimeWindowEventResponse{}, h.Recount(ctx, e.Recount)
	case e.KeepDays:
		return events.DynamoDBTimeWindowEventResponse{}, h.board.KeepAgentDays(ctx)
	}
	return h.Handle(ctx, e.DynamoDBTimeWindowEvent)
}

// laterParts is for how many days after a call came to its queue agents' parts in it are looked for: callbacks are made later.
const laterParts = 14

// Recount makes the counts of a day what the contact log tells. It may be repeated.
func (h *Handler) Recount(ctx context.Context, day string) error {
	dir, err := h.board.Directories.Directory(ctx)
	if err != nil {
		return err
	}
	rules := metrics.NewRules(dir.Queues, dir.Settings)
	_, next, err := rules.Bounds(day)
	if err != nil {
		return center.Errorf(center.Invalid, "day", "a day is expected, such as 2026-11-24, not %q", day)
	}
	if h.board.Now().Before(next) {
		return center.Errorf(center.Invalid, "day-goes-on", "%s is not over", day)
	}
	lines, err := h.linesOf(ctx, rules, dir.QueueIDs(), day, next)
	if err != nil {
		return err
	}
	recount := map[string]map[time.Time]metrics.Counts{}
	for _, id := range dir.QueueIDs() {
		recount[id] = map[time.Time]metrics.Counts{}
	}
	for slot, c := range rules.Recount(lines) {
		if rules.Day(slot.Hour) == day && recount[slot.QueueID] != nil {
			recount[slot.QueueID][slot.Hour] = c
		}
	}
	for id, hours := range recount {
		if err := h.store.Correct(ctx, id, day, hours); err != nil {
			return fmt.Errorf("recount %s: %w", id, err)
		}
	}
	return nil
}

// linesOf reads all lines that may count on a day: next is when the following one begins.
func (h *Handler) linesOf(ctx context.Context, rules metrics.Rules, queueIDs []string, day string, next time.Time) ([]metrics.Line, error) {
	agents, err := h.store.Agents(ctx)
	if err != nil {
		return nil, err
	}
	days := []string{day}
	for at := next; len(days) <= laterParts && !at.After(h.board.Now()); at = at.AddDate(0, 0, 1) {
		days = append(days, rules.Day(at))
	}
	read := make([][]metrics.Line, len(queueIDs)+len(agents))
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(parallelWrites)
	for i, id := range queueIDs {
		group.Go(func() (err error) {
			read[i], err = h.store.QueueLog(ctx, id, day)
			return err
		})
	}
	for i, a := range agents {
		group.Go(func() error {
			for _, d := range days {
				lines, err := h.store.AgentLog(ctx, a.ID, d)
				if err != nil {
					return err
				}
				read[len(queueIDs)+i] = append(read[len(queueIDs)+i], lines...)
			}
			return nil
		})
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	var all []metrics.Line
	for _, lines := range read {
		all = append(all, lines...)
	}
	return all, nil
}
