package config

import (
	"context"
	"maps"
	"slices"
	"time"

	"guichet/shared/center"
	"guichet/shared/store"
)

// findUse finds who is in the lines that go: queues, agents' own lines, and inboxes.
func (p *Plan) findUse(ctx context.Context, s *store.Store, dir *store.Directory, agents []*center.Agent) error {
	lines := slices.Sorted(maps.Keys(p.goneQueues))
	own := owners(dir)
	for _, id := range slices.Sorted(maps.Keys(own)) {
		if !owners(&p.wanted.Directory)[id] {
			lines = append(lines, center.OwnLine(id))
		}
	}
	if len(lines) > 0 {
		held, err := heldCalls(ctx, s, agents)
		if err != nil {
			return err
		}
		for _, id := range lines {
			if err := p.findUseOf(ctx, s, id, held[id]); err != nil {
				return err
			}
		}
	}
	return p.findInboxes(ctx, s, dir)
}

func owners(dir *store.Directory) map[string]bool {
	own := map[string]bool{}
	for _, l := range dir.Lines {
		own[l.AgentID] = true
	}
	return own
}

// heldCalls counts the calls that agents have or that ring at them, by line: those are in no line, and may go back to theirs.
func heldCalls(ctx context.Context, s *store.Store, agents []*center.Agent) (map[string]int, error) {
	var ids []string
	for _, a := range agents {
		if a.ContactID != "" {
			ids = append(ids, a.ContactID)
		}
	}
	slices.Sort(ids) // two have one call who speak with the same customer
	held := map[string]int{}
	calls, err := s.ContactsByID(ctx, slices.Compact(ids))
	for _, c := range calls {
		held[c.LineID()]++
	}
	return held, err
}

func (p *Plan) findUseOf(ctx context.Context, s *store.Store, lineID string, held int) error {
	name := lineID
	agentID, own := center.OwnerOf(lineID)
	if own {
		name = "the line of " + agentID
	}
	live, err := s.Live(ctx, lineID)
	if err != nil {
		return err
	}
	if n := held + len(live.Waiting) + len(live.Scheduled) + len(live.Chats); n > 0 {
		p.block("%d contacts are in %s: let them end first", n, name)
	}
	if own {
		return nil // nobody else could hear what is left there
	}
	left, err := s.Voicemails(ctx, lineID, time.Now())
	left = slices.DeleteFunc(left, func(v *center.Voicemail) bool { return v.State() == center.VoicemailDone })
	if n := len(left); n > 0 {
		p.block("%d messages that callers left in %s are to be dealt with first", n, name)
	}
	return err
}

// findInboxes looks for conversations in inboxes that go: what their customers write would reach nobody.
func (p *Plan) findInboxes(ctx context.Context, s *store.Store, dir *store.Directory) error {
	gone := maps.Clone(dir.Inboxes)
	maps.DeleteFunc(gone, func(inbox, _ string) bool { return p.wanted.Directory.Inboxes[inbox] != "" })
	if len(gone) == 0 {
		return nil
	}
	open := map[string]int{}
	for id, q := range dir.Queues {
		if q.Kind != center.QueueChat {
			continue
		}
		live, err := s.Live(ctx, id)
		if err != nil {
			return err
		}
		ids := make([]string, len(live.Chats))
		for i, c := range live.Chats {
			ids[i] = c.ChatID
		}
		chats, err := s.Chats(ctx, ids)
		if err != nil {
			return err
		}
		for _, c := range chats {
			open[store.InboxKey(c.Channel, c.Inbox)]++
		}
	}
	for _, inbox := range slices.Sorted(maps.Keys(gone)) {
		if n := open[inbox]; n > 0 {
			p.block("%d conversations are open in %s: let them be resolved first", n, inbox)
		}
	}
	return nil
}
