package reportapi

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"guichet/shared/center"
	"guichet/shared/deskapi"
	"guichet/shared/metrics"
	"guichet/shared/store"
	"guichet/shared/wallboard"
)

// maxContacts is how many of a queue's calls are listed.
const maxContacts = 100

func (a *API) queueDetails(ctx context.Context, me *center.Agent, in *detailsInput) (deskapi.QueueDetails, error) {
	var d deskapi.QueueDetails
	dir, q, err := a.queueOf(ctx, me, in.ID)
	if err != nil {
		return d, err
	}
	rules := metrics.NewRules(dir.Queues, dir.Settings)
	now := a.now()
	live, err := a.store.Live(ctx, q.ID)
	if err != nil {
		return d, err
	}
	var hours []store.HourCounts
	var agents []*center.Agent
	var contacts []*center.Contact
	group, reads := errgroup.WithContext(ctx)
	group.Go(func() (err error) {
		hours, err = a.store.CountsOf(reads, q.ID, rules.Day(now))
		return err
	})
	group.Go(func() (err error) {
		agents, err = a.store.AgentsByID(reads, live.LoggedIn)
		return err
	})
	group.Go(func() (err error) {
		contacts, err = a.store.ContactsByID(reads, firstContacts(live))
		return err
	})
	if err := group.Wait(); err != nil {
		return d, err
	}
	today := metrics.Counts{}
	held, err := a.heldBy(ctx, agents)
	if err != nil {
		return d, err
	}
	d.Hours, d.Agents, d.Contacts = []deskapi.QueueHour{}, viewAgents(agents, held, q.ID), viewContacts(contacts, me.Role.Supervises())
	for _, h := range hours {
		today.Add(h.Counts)
		d.Hours = append(d.Hours, deskapi.QueueHour{At: h.Hour, Figures: figures(h.Counts)})
	}
	d.Card, d.Today = wallboard.Card(rules, q, now, live, today), figures(today)
	d.Zone = rules.Zone().String()
	return d, nil
}

// firstContacts are the calls whose turn comes first.
func firstContacts(live store.Live) []string {
	var ids []string
	for _, p := range slices.Concat(live.Waiting, live.Scheduled) {
		if len(ids) < maxContacts {
			ids = append(ids, p.ContactID)
		}
	}
	return ids
}

func viewAgents(agents []*center.Agent, held map[string]*center.Contact, queueID string) []deskapi.QueueAgent {
	views := []deskapi.QueueAgent{}
	for _, a := range agents {
		m := a.StatusIn(queueID)
		if m.Status == center.StatusOut {
			continue // gone in the last moment
		}
		state, since := doing(a, m, held[a.ContactID])
		v := deskapi.QueueAgent{ID: a.ID, Name: a.Name, Status: string(m.Status), Reason: m.Reason, State: state, Chats: len(a.Chats)}
		if !since.IsZero() {
			v.StateSince = &since
		}
		views = append(views, v)
	}
	slices.SortFunc(views, func(a, b deskapi.QueueAgent) int { return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.ID, b.ID)) })
	return views
}

// heldBy reads the calls that agents have, by id.
func (a *API) heldBy(ctx context.Context, agents []*center.Agent) (map[string]*center.Contact, error) {
	var ids []string
	for _, agent := range agents {
		if agent.ContactID != "" && !slices.Contains(ids, agent.ContactID) {
			ids = append(ids, agent.ContactID)
		}
	}
	contacts, err := a.store.ContactsByID(ctx, ids)
	held := map[string]*center.Contact{}
	for _, c := range contacts {
		held[c.ID] = c
	}
	return held, err
}

// doing is what an agent does, and since when. c is the call that the agent has, if it was found.
func doing(a *center.Agent, m center.Membership, c *center.Contact) (string, time.Time) {
	switch {
	case c != nil && c.Offer != nil:
		return "ringing", c.Offer.At
	case c != nil && c.Invites(a.ID):
		if c.Guest.State == center.GuestRinging {
			return "ringing", c.Guest.At
		}
		return "inCall", c.Guest.At
	case c != nil:
		return "inCall", c.AcceptedAt
	case a.ContactID != "":
		return "inCall", time.Time{}
	case a.WrapUp != nil:
		return "wrapUp", a.WrapUp.Since
	case m.Status == center.StatusPaused:
		return "paused", m.Since
	}
	return "idle", a.IdleSince
}

// viewContacts lists calls whose turn comes, first those who wait. Who does not supervise learns no names and no whole numbers.
func viewContacts(contacts []*center.Contact, whole bool) []deskapi.QueueContact {
	contacts = slices.DeleteFunc(contacts, func(c *center.Contact) bool { return !c.Waiting() && !c.Scheduled() })
	slices.SortFunc(contacts, func(a, b *center.Contact) int {
		return cmp.Or(a.DueAt.Compare(b.DueAt), a.EnteredAt.Compare(b.EnteredAt))
	})
	views := []deskapi.QueueContact{}
	for _, c := range contacts {
		v := deskapi.QueueContact{
			ContactID: c.ID, State: string(c.State), Kind: string(c.Kind), Number: masked(c.From), EnteredAt: c.EnteredAt, Attempt: c.Attempt,
		}
		if whole {
			v.Number, v.Name = c.From, c.CallerName
		}
		if !c.DueAt.IsZero() {
			v.DueAt = &c.DueAt
		}
		views = append(views, v)
	}
	return views
}

// shownDigits is how many of a number's digits are not masked.
const shownDigits = 2

func masked(number string) string {
	n := len(number) - shownDigits
	if n <= 0 {
		return ""
	}
	return strings.Repeat("•", n) + number[n:]
}
