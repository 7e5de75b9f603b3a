package reportapi

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"guichet/functions/internal/rest"
	"guichet/shared/center"
	"guichet/shared/deskapi"
	"guichet/shared/metrics"
	"guichet/shared/store"
)

const (
	maxDays      = 400 // 13 months, and what the counts are kept for
	maxHourDays  = 31
	maxRows      = 10_000 // a function answers with at most 6 MB
	reportReads  = 32     // at a time
	byHour       = "hour"
	byMonth      = "month"
	byPeriod     = "period"
	groupAgent   = "agent"
	groupQueue   = "queue"
	groupChannel = "channel"
	voiceChannel = "voice"
)

// rows collects what a report says, by time and by what it is about.
type rows struct {
	clock
	by, from string // what a row is of, and the report's first day
	mu       sync.Mutex
	found    map[rowKey]metrics.Counts
}

type rowKey struct {
	day  string    // the first one that the row is of
	hour time.Time // zero unless by hour
	id   string
}

func (r *rows) add(day string, hour time.Time, id string, c metrics.Counts) {
	k := rowKey{day: day, id: id}
	switch r.by {
	case byHour:
		k.hour = hour.UTC()
	case byMonth:
		k.day = max(r.from, monthOf(day)+"-01")
	case byPeriod:
		k.day = r.from
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.found[k] == nil {
		r.found[k] = metrics.Counts{}
	}
	r.found[k].Add(c)
}

func (a *API) report(ctx context.Context, me *center.Agent, in *ReportQuery) (deskapi.Report, error) {
	out := deskapi.Report{From: in.From, To: in.To, By: in.By, Group: in.Group, Rows: []deskapi.ReportRow{}}
	if err := rest.Supervise(me); err != nil {
		return out, err
	}
	days, err := in.days()
	if err != nil {
		return out, err
	}
	dir, err := a.directories.Directory(ctx)
	if err != nil {
		return out, err
	}
	c, err := a.clock(ctx)
	if err != nil {
		return out, err
	}
	out.Zone = c.zone
	found := &rows{clock: c, by: in.By, from: in.From, found: map[rowKey]metrics.Counts{}}
	names := map[string]string{}
	if in.Group == groupAgent {
		err = a.reportAgents(ctx, found, names, in.IDs, days)
	} else {
		err = a.reportQueues(ctx, found, names, dir, in, days)
	}
	if err != nil {
		return out, err
	}
	out.Total = found.total()
	out.Rows, err = found.list(names)
	return out, err
}

// days lists the dates of a report.
func (in *ReportQuery) days() ([]string, error) {
	from, err := time.Parse(time.DateOnly, in.From)
	if err != nil {
		return nil, rest.Invalid("query.from", "a day is expected", in.From)
	}
	to, err := time.Parse(time.DateOnly, in.To)
	if err != nil || to.Before(from) {
		return nil, rest.Invalid("query.to", "a day is expected that is not before from", in.To)
	}
	most := maxDays
	switch {
	case in.By == byHour && in.Group == groupAgent:
		return nil, rest.Invalid("query.by", "agents are not reported by hour", in.By)
	case in.By == byHour:
		most = maxHourDays
	}
	n := int(to.Sub(from)/(24*time.Hour)) + 1
	if n > most {
		return nil, rest.Invalid("query.to", "the time is too long", in.To)
	}
	days := make([]string, n)
	for i := range days {
		days[i] = from.AddDate(0, 0, i).Format(time.DateOnly)
	}
	return days, nil
}

// reportQueues reads the counts of queues, month by month.
func (a *API) reportQueues(ctx context.Context, found *rows, names map[string]string, dir *store.Directory, in *ReportQuery, days []string) error {
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(reportReads)
	for _, q := range dir.Queues {
		if !in.wants(q) {
			continue
		}
		names[q.ID] = q.Name
		for _, month := range months(days) {
			group.Go(func() error {
				hours, err := a.store.Counts(ctx, q.ID, month[0], month[len(month)-1])
				for _, h := range hours {
					if in.Group == groupChannel {
						in.addChannels(found, q, h)
					} else {
						found.add(h.Day, h.Hour, q.ID, h.Counts)
					}
				}
				return err
			})
		}
	}
	return group.Wait()
}

// wants tells whether a report reads a queue.
func (in *ReportQuery) wants(q center.Queue) bool {
	if in.Group == groupChannel {
		return true
	}
	return (q.Kind == center.QueueCampaign) == (in.Group != groupQueue) && in.picks(q.ID)
}

func (in *ReportQuery) picks(id string) bool { return len(in.IDs) == 0 || slices.Contains(in.IDs, id) }

func (in *ReportQuery) addChannels(found *rows, q center.Queue, h store.HourCounts) {
	if q.Kind != center.QueueChat {
		if in.picks(voiceChannel) {
			found.add(h.Day, h.Hour, voiceChannel, h.Counts)
		}
		return
	}
	for channel, c := range h.Channels() {
		if in.picks(channel) {
			found.add(h.Day, h.Hour, channel, c)
		}
	}
}

// months cuts days where months end: the counts of one are together.
func months(days []string) [][]string {
	var cut [][]string
	for len(days) > 0 {
		n := slices.IndexFunc(days, func(d string) bool { return monthOf(d) != monthOf(days[0]) })
		if n < 0 {
			n = len(days)
		}
		cut, days = append(cut, days[:n]), days[n:]
	}
	return cut
}

func monthOf(day string) string { return day[:len("2006-01")] }

// total is of all rows, with the rates of the whole.
func (r *rows) total() deskapi.Figures {
	sum := metrics.Counts{}
	for _, c := range r.found {
		sum.Add(c)
	}
	return figures(sum)
}

// list orders the rows by time and name, and leaves out those of which there is nothing to say.
func (r *rows) list(names map[string]string) ([]deskapi.ReportRow, error) {
	list := []deskapi.ReportRow{}
	for k, c := range r.found {
		f := figures(c)
		if f == (deskapi.Figures{}) {
			continue
		}
		from := k.hour
		if from.IsZero() {
			from, _, _ = r.Bounds(k.day) // days come from the keys of records
		}
		list = append(list, deskapi.ReportRow{From: from.UTC(), Date: k.day, ID: k.id, Name: cmp.Or(names[k.id], k.id), Figures: f})
	}
	if len(list) > maxRows {
		return nil, center.Errorf(center.Invalid, "report-too-long", "a report has at most %d rows, this one %d: ask for less", maxRows, len(list))
	}
	slices.SortFunc(list, func(a, b deskapi.ReportRow) int {
		return cmp.Or(a.From.Compare(b.From), strings.Compare(a.Name, b.Name), strings.Compare(a.ID, b.ID))
	})
	return list, nil
}
