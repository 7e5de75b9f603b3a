package reportapi

import (
	"context"
	"time"

	"golang.org/x/sync/errgroup"

	"guichet/functions/internal/rest"
	"guichet/shared/center"
	"guichet/shared/deskapi"
	"guichet/shared/metrics"
)

// whose is the agent whose activity is asked for: the one who asks, or, for supervisors, any.
func (a *API) whose(ctx context.Context, me *center.Agent, agentID string) (string, error) {
	if agentID == "" || agentID == me.ID {
		return me.ID, nil
	}
	if err := rest.Supervise(me); err != nil {
		return "", err
	}
	_, err := a.store.Agent(ctx, agentID, false)
	return agentID, err
}

// clock is what days are by.
type clock struct {
	metrics.Rules
	zone string
}

func (a *API) clock(ctx context.Context) (clock, error) {
	dir, err := a.directories.Directory(ctx)
	if err != nil {
		return clock{}, err
	}
	r := metrics.NewRules(dir.Queues, dir.Settings)
	return clock{r, r.Zone().String()}, nil
}

func (a *API) activityOfDay(ctx context.Context, me *center.Agent, in *dayInput) (deskapi.ActivityOfDay, error) {
	var out deskapi.ActivityOfDay
	c, err := a.clock(ctx)
	if err != nil {
		return out, err
	}
	out.Zone = c.zone
	if out.AgentID, err = a.whose(ctx, me, in.AgentID); err != nil {
		return out, err
	}
	day := in.Date
	if day == "" {
		day = c.Day(a.now())
	}
	if out.Day, err = a.day(ctx, out.AgentID, day); err != nil || in.Compare == "" {
		return out, err
	}
	compare, err := a.day(ctx, out.AgentID, in.Compare)
	out.Compare = &compare
	return out, err
}

func (a *API) activityOfWeek(ctx context.Context, me *center.Agent, in *weekInput) (deskapi.ActivityOfWeek, error) {
	var out deskapi.ActivityOfWeek
	c, err := a.clock(ctx)
	if err != nil {
		return out, err
	}
	out.Zone = c.zone
	if out.AgentID, err = a.whose(ctx, me, in.AgentID); err != nil {
		return out, err
	}
	first, err := time.Parse(time.DateOnly, in.From)
	if err != nil {
		return out, rest.Invalid("query.from", "a day is expected", in.From)
	}
	const days = 7
	read := make([]deskapi.ActivityDay, days)
	group, reads := errgroup.WithContext(ctx)
	for i := range days {
		group.Go(func() (err error) {
			read[i], err = a.day(reads, out.AgentID, first.AddDate(0, 0, i).Format(time.DateOnly))
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return out, err
	}
	out.Days, out.Total = []deskapi.DayCount{}, deskapi.DayCount{Date: in.From}
	for _, d := range read {
		out.Days = append(out.Days, deskapi.DayCount{
			Date: d.Date, QueueTaken: d.QueueTaken.CallCount, OtherTaken: d.OtherTaken.CallCount, OtherMade: d.OtherMade.CallCount,
		})
		addCount(&out.Total.QueueTaken, d.QueueTaken.CallCount)
		addCount(&out.Total.OtherTaken, d.OtherTaken.CallCount)
		addCount(&out.Total.OtherMade, d.OtherMade.CallCount)
	}
	return out, nil
}

// day reads an agent's calls of a day, by type.
func (a *API) day(ctx context.Context, agentID, day string) (deskapi.ActivityDay, error) {
	lines, err := a.store.AgentLog(ctx, agentID, day)
	d := deskapi.ActivityDay{Date: day}
	for _, list := range []*deskapi.CallList{&d.QueueTaken, &d.OtherTaken, &d.OtherMade} {
		list.List = []deskapi.LoggedCall{}
	}
	for _, l := range lines {
		switch {
		case l.Kind == metrics.KindChat, l.Kind == metrics.KindReady:
		case l.Kind == center.KindOutbound:
			addCall(&d.OtherMade, l)
		case l.Kind == center.KindDirect:
			addCall(&d.OtherTaken, l)
		case !l.ConnectedAt.IsZero() || l.Attempt == 0: // an attempt that reaches nobody is no call taken
			addCall(&d.QueueTaken, l)
		}
	}
	return d, err
}

func addCall(list *deskapi.CallList, l metrics.Line) {
	call := deskapi.LoggedCall{
		ContactID: l.ContactID, Kind: string(l.Kind), QueueID: l.QueueID, Number: l.Number, Name: l.Name,
		AcceptedAt: l.AcceptedAt, EndedAt: l.LeftAt, Outcome: string(l.Outcome), WaitSeconds: l.Wait.Seconds(), TalkSeconds: l.Talk.Seconds(),
		HoldSeconds: l.Hold.Seconds(), WrapUpSeconds: l.WrapUp.Seconds(), HandleSeconds: l.Handling().Seconds(),
	}
	if !l.ConnectedAt.IsZero() {
		call.ConnectedAt = &l.ConnectedAt
	}
	list.List = append(list.List, call)
	addCount(&list.CallCount, deskapi.CallCount{Calls: 1, TalkSeconds: call.TalkSeconds, HandleSeconds: call.HandleSeconds})
}

// addCount sums up, and keeps the averages those of the sums.
func addCount(c *deskapi.CallCount, more deskapi.CallCount) {
	c.Calls += more.Calls
	c.TalkSeconds += more.TalkSeconds
	c.HandleSeconds += more.HandleSeconds
	if c.Calls > 0 {
		talk, handle := c.TalkSeconds/float64(c.Calls), c.HandleSeconds/float64(c.Calls)
		c.AverageTalk, c.AverageHandle = &talk, &handle
	}
}
