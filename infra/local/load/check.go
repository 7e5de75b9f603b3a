package load

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"time"

	"guichet/infra/local/robot"
	"guichet/shared/deskapi"
)

const (
	// drainPatience is for callbacks and campaigns, which come minutes later, at the pace of life.
	drainPatience = 8 * time.Minute
	// countPatience is for the stream, by which figures come.
	countPatience = 30 * time.Second
	looks         = 300 * time.Millisecond
)

// tally is what the centre's figures say of calls to queues and of campaigns.
type tally struct{ begun, over int }

// figuresOf reads the figures of now, with a day before and after: the centre's clock may be elsewhere.
func figuresOf(ctx context.Context, supervisor *robot.Desk) (tally, error) {
	var t tally
	for _, group := range []string{"queue", "campaign"} {
		query := url.Values{
			"from": {time.Now().AddDate(0, 0, -1).Format(time.DateOnly)}, "to": {time.Now().AddDate(0, 0, 1).Format(time.DateOnly)}, "group": {group},
		}
		var report deskapi.Report
		if err := supervisor.Do(ctx, http.MethodGet, "/api/reports?"+query.Encode(), nil, &report); err != nil {
			return t, err
		}
		for _, row := range report.Rows {
			f := row.Figures
			t.begun += f.Queued + f.Taken
			t.over += f.Handled + f.Abandoned + f.TimedOut + f.Failed + f.Incomplete + f.Overflowed
		}
	}
	return t, nil
}

// check compares the centre's figures with what was done: every call was counted, and every call that was counted has ended.
func (w *world) check(ctx context.Context, supervisor *robot.Desk, before tally) error {
	ctx, cancel := context.WithTimeout(ctx, countPatience)
	defer cancel()
	placed := w.notes.Count(placed)
	for {
		now, err := figuresOf(ctx, supervisor)
		if err != nil && ctx.Err() == nil {
			return err
		}
		begun, over := now.begun-before.begun, now.over-before.over
		if err == nil && begun >= placed && begun == over {
			return nil
		}
		if !pause(ctx, looks) {
			w.notes.problem("%d calls were placed to queues; the figures know of %d, campaigns' too, and of the ends of %d", placed, begun, over)
			return nil
		}
	}
}

// drain waits until nobody is in line and nothing is on the schedule that was not before.
func (w *world) drain(ctx context.Context, supervisor *robot.Desk, before int) error {
	ctx, cancel := context.WithTimeout(ctx, drainPatience)
	defer cancel()
	for {
		left, err := open(ctx, supervisor)
		switch {
		case err == nil && left <= before:
			return nil
		case err != nil && ctx.Err() == nil:
			return err
		}
		if !pause(ctx, looks) {
			if errors.Is(ctx.Err(), context.DeadlineExceeded) {
				w.notes.problem("%d calls are still in line or to be made", left-before)
			}
			return nil
		}
	}
}

// open is how many calls are in line, on a schedule or with an agent.
func open(ctx context.Context, supervisor *robot.Desk) (int, error) {
	var now deskapi.Supervision
	if err := supervisor.Do(ctx, http.MethodGet, "/api/supervision", nil, &now); err != nil {
		return 0, err
	}
	n := len(now.Contacts)
	for _, card := range now.Cards {
		switch {
		case card.Voice != nil:
			n += card.Voice.Waiting + card.Voice.Scheduled
		case card.Campaign != nil:
			n += max(card.Campaign.NotDialled, card.Campaign.Waiting)
		}
	}
	return n, nil
}
