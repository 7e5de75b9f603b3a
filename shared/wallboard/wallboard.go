// Package wallboard makes the cards of queues: what is going on, and what has happened today. What the figures mean is in
// docs/metrics.md.
package wallboard

import (
	"context"
	"time"

	"golang.org/x/sync/errgroup"

	"guichet/shared/center"
	"guichet/shared/deskapi"
	"guichet/shared/metrics"
	"guichet/shared/store"
)

// Board reads cards.
type Board struct {
	Store       *store.Store
	Directories *store.Directories
	Now         func() time.Time
}

// parallel bounds how many queues are read at a time.
const parallel = 8

// Cards reads the cards of queues, in the given order. Those that do not exist are left out.
func (b *Board) Cards(ctx context.Context, queueIDs []string) ([]deskapi.Card, error) {
	dir, err := b.Directories.Directory(ctx)
	if err != nil {
		return nil, err
	}
	rules := metrics.NewRules(dir.Queues, dir.Settings)
	read := make([]*deskapi.Card, len(queueIDs))
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(parallel)
	for i, id := range queueIDs {
		q, ok := dir.Queues[id]
		if !ok {
			continue
		}
		group.Go(func() error {
			card, err := b.card(ctx, rules, q)
			read[i] = &card
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	cards := []deskapi.Card{}
	for _, c := range read {
		if c != nil {
			cards = append(cards, *c)
		}
	}
	return cards, nil
}

// card reads one queue's.
func (b *Board) card(ctx context.Context, rules metrics.Rules, q center.Queue) (deskapi.Card, error) {
	at := b.Now()
	var live store.Live
	var hours []store.HourCounts
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() (err error) {
		live, err = b.Store.Live(ctx, q.ID)
		return err
	})
	group.Go(func() (err error) {
		hours, err = b.Store.CountsOf(ctx, q.ID, rules.Day(at))
		return err
	})
	if err := group.Wait(); err != nil {
		return deskapi.Card{}, err
	}
	today := metrics.Counts{}
	for _, h := range hours {
		today.Add(h.Counts)
	}
	return Card(rules, q, at, live, today), nil
}

// Card makes a card of what was read at the given time.
func Card(rules metrics.Rules, q center.Queue, at time.Time, live store.Live, today metrics.Counts) deskapi.Card {
	card := deskapi.Card{
		QueueID: q.ID, Kind: string(q.Kind), At: at, Day: rules.Day(at), DayEnds: rules.DayEnd(at), LoggedIn: len(live.LoggedIn),
	}
	switch q.Kind {
	case center.QueueChat:
		card.Chat = chatCard(live, today)
	case center.QueueCampaign:
		card.Campaign = campaignCard(live, today)
	default:
		card.Voice = voiceCard(q, live, today)
	}
	return card
}

func voiceCard(q center.Queue, live store.Live, today metrics.Counts) *deskapi.VoiceCard {
	c := &deskapi.VoiceCard{
		Waiting: len(live.Waiting), Scheduled: len(live.Scheduled), AverageHandleSeconds: metrics.Average(today.Handling(), today[metrics.Handled]),
		Total: int(today[metrics.Queued]), Handled: int(today[metrics.Handled]), Abandoned: int(today[metrics.Abandoned]),
		TimedOut: int(today[metrics.TimedOut]), Failed: int(today[metrics.Failed]), Incomplete: int(today[metrics.Incomplete]),
		Callbacks: int(today[metrics.Callbacks]), ServiceLevelSeconds: int(q.AnswerTime() / time.Second),
	}
	for _, p := range live.Waiting {
		c.WaitingSince = earlier(c.WaitingSince, p.At)
	}
	return c
}

func campaignCard(live store.Live, today metrics.Counts) *deskapi.CampaignCard {
	c := &deskapi.CampaignCard{
		Dialled: int(today[metrics.Dialled]), Waiting: len(live.Waiting),
		AverageHandleSeconds: metrics.Average(today.Handling(), today[metrics.Handled]),
		Total:                int(today[metrics.Attempts]), Handled: int(today[metrics.Handled]), Incomplete: int(today[metrics.Incomplete]),
	}
	for _, places := range [][]store.LivePlace{live.Waiting, live.Scheduled} {
		for _, p := range places {
			if p.Attempt == 0 {
				c.NotDialled++
			}
		}
	}
	c.DialledPercent = metrics.Percent(today[metrics.Dialled], today[metrics.Dialled]+int64(c.NotDialled))
	return c
}

func chatCard(live store.Live, today metrics.Counts) *deskapi.ChatCard {
	c := &deskapi.ChatCard{
		Opened: int(today[metrics.Opened]), Resolved: int(today[metrics.Resolved]),
		FirstResponseSeconds: metrics.Average(today[metrics.Response], today[metrics.Responses]),
	}
	for _, chat := range live.Chats {
		waits := !chat.WaitingSince.IsZero()
		if waits {
			c.AwaitingReply++
		}
		switch {
		case !chat.Assigned:
			c.Unassigned++
			c.UnassignedSince = earlier(c.UnassignedSince, chat.WaitingSince)
		case waits:
			c.AwaitingAgent++
			c.AssignedSince = earlier(c.AssignedSince, chat.WaitingSince)
		default:
			c.AwaitingCustomer++
		}
	}
	return c
}

// earlier is the earlier of two times; a zero one is none.
func earlier(a *time.Time, b time.Time) *time.Time {
	if b.IsZero() || a != nil && !b.Before(*a) {
		return a
	}
	return &b
}
