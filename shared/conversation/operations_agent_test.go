package conversation_test

import (
	"context"
	"fmt"

	"guichet/shared/center"
	"guichet/shared/conversation"
	"guichet/shared/dispatch"
)

// eachChat lists what agents could do to the chats that there are.
func (w *world) eachChat(what string, do func(ctx context.Context, by *center.Agent, c *center.Chat) error) []func() {
	var all []func()
	for _, c := range w.Ledger.Chats() {
		for _, id := range agentIDs {
			all = append(all, func() {
				w.begin(fmt.Sprintf("%s %s %s", id, what, w.name(c.ID)), deed{}, func(ctx context.Context) error {
					return do(ctx, w.Ledger.Agent(id), c)
				})
			})
		}
	}
	return all
}

// draftID is a message's id as a desk makes it, whose clock is right; with nothing random in it.
func (w *world) draftID() string {
	id := center.NewID(center.PrefixMessage, dispatch.Clock())
	return fmt.Sprintf("%s%016d", id[:len(id)-16], len(w.drafts))
}

const maxDrafts = 12

// answers are messages and notes by whoever may write, and sometimes by who may not.
func (w *world) answers() []func() {
	if len(w.drafts) >= maxDrafts {
		return nil
	}
	var all []func()
	for _, c := range w.Ledger.Chats() {
		for _, id := range agentIDs {
			odds := 1
			if c.HeldBy() == id {
				odds = 8
			}
			for i := range odds {
				d := draft{agentID: id, chatID: c.ID, Draft: conversation.Draft{Kind: center.KindText}}
				if i == 1 {
					d.Kind = center.KindNote
				}
				all = append(all, func() {
					d.ID, d.Text = w.draftID(), fmt.Sprintf("answer%d", len(w.drafts)+1)
					w.drafts = append(w.drafts, d)
					w.send(d)
				})
			}
		}
	}
	return all
}

func (w *world) send(d draft) {
	w.begin(fmt.Sprintf("%s sends %s to %s", d.agentID, d.Text, w.name(d.chatID)), deed{}, func(ctx context.Context) error {
		_, err := w.service.Send(ctx, w.Ledger.Agent(d.agentID), d.chatID, d.Draft)
		return err
	})
}

// sendsAgain is a desk that has heard nothing, and an agent who tries again.
func (w *world) sendsAgain() []func() {
	var all []func()
	for _, d := range w.drafts {
		key := (&center.Message{ID: d.ID, At: center.TimeOf(d.ID)}).Key()
		retry := func() {
			what := fmt.Sprintf("%s tries %s again", d.agentID, d.Text)
			w.begin(what, deed{retry: true}, func(ctx context.Context) error {
				_, err := w.service.Retry(ctx, w.Ledger.Agent(d.agentID), d.chatID, key)
				return err
			})
		}
		all = append(all, func() { w.send(d) }, retry)
		if m := w.Ledger.Message(d.chatID, key); m != nil && (m.Delivery == center.DeliveryFailed || m.Delivery == center.DeliverySending) {
			all = append(all, retry, retry, retry, retry)
		}
	}
	return all
}

func (w *world) assigns() []func() {
	var all []func()
	for _, to := range agentIDs {
		all = append(all, w.eachChat("gives "+to, func(ctx context.Context, by *center.Agent, c *center.Chat) error {
			_, err := w.service.Assign(ctx, by, c.ID, to)
			return err
		})...)
	}
	return all
}

func (w *world) transfers() []func() {
	var all []func()
	for _, to := range []string{"help", "shop"} {
		all = append(all, w.eachChat("transfers to "+to, func(ctx context.Context, by *center.Agent, c *center.Chat) error {
			_, err := w.service.Transfer(ctx, by, c.ID, to)
			return err
		})...)
	}
	return all
}

func (w *world) resolves() []func() {
	return w.eachChat("resolves", func(ctx context.Context, by *center.Agent, c *center.Chat) error {
		_, err := w.service.Resolve(ctx, by, c.ID)
		return err
	})
}

func (w *world) reopens() []func() {
	return w.eachChat("reopens", func(ctx context.Context, by *center.Agent, c *center.Chat) error {
		_, err := w.service.Reopen(ctx, by, c.ID)
		return err
	})
}

func (w *world) readings() []func() {
	var all []func()
	for _, m := range w.Ledger.Messages() {
		for _, id := range agentIDs {
			all = append(all, func() {
				w.begin(fmt.Sprintf("%s reads to %s", id, m.Text), deed{}, func(ctx context.Context) error {
					_, err := w.service.MarkRead(ctx, w.Ledger.Agent(id), m.ChatID, m.Key())
					return err
				})
			})
		}
	}
	return all
}

func (w *world) tags() []func() {
	tag := fmt.Sprint("tag", w.Started)
	return w.eachChat("tags", func(ctx context.Context, by *center.Agent, c *center.Chat) error {
		_, err := w.service.SetTags(ctx, by, c.ID, []string{tag})
		return err
	})
}
