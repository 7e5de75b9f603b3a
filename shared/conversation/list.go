package conversation

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"guichet/shared/center"
	"guichet/shared/store"
)

// OpenChats reads the chats that are not resolved and that the agent may see: their own, those that nobody holds in their
// queues, and for supervisors everybody's.
func (s *Service) OpenChats(ctx context.Context, a *center.Agent) ([]*center.Chat, error) {
	ids, err := s.openIDs(ctx, a)
	if err != nil {
		return nil, err
	}
	chats, err := s.Store.Chats(ctx, ids)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(chats, func(c *center.Chat) bool { return !c.Open() || !sees(a, c) }), nil
}

func (s *Service) openIDs(ctx context.Context, a *center.Agent) ([]string, error) {
	ids := slices.Clone(a.Chats)
	queues, err := s.chatQueues(ctx, a)
	if err != nil {
		return nil, err
	}
	for _, q := range queues {
		line, err := s.Store.ChatLine(ctx, q.ID)
		if err != nil {
			return nil, err
		}
		for _, p := range line {
			ids = append(ids, p.ChatID)
		}
	}
	if a.Role.Supervises() {
		agents, err := s.Store.Agents(ctx)
		if err != nil {
			return nil, err
		}
		for _, other := range agents {
			ids = append(ids, other.Chats...)
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids), nil
}

// ResolvedFilter chooses among the resolved chats. Empty fields choose everything.
type ResolvedFilter struct {
	QueueID, Channel, Tag string
	Search                string // in name, id on the channel, and the last message; upper and lower case are the same
	Cursor                string // from the answer before
}

func (f ResolvedFilter) matches(c *center.Chat) bool {
	if f.Channel != "" && c.Channel != f.Channel || f.Tag != "" && !slices.Contains(c.Tags, f.Tag) {
		return false
	}
	where := strings.ToLower(c.Customer.Name + "\n" + c.Customer.ID + "\n" + c.Customer.Email + "\n" + c.Preview)
	return f.Search == "" || strings.Contains(where, strings.ToLower(f.Search))
}

const (
	// resolvedPage is how many resolved chats one answer has.
	resolvedPage = 50
	// resolvedLooks bounds how many pages one request looks through for what a filter wants; the cursor goes on from there.
	resolvedLooks = 10
)

// Resolved reads a page of the resolved chats that the agent may see, latest first, and the cursor of the next one; it is
// empty at the end.
func (s *Service) Resolved(ctx context.Context, a *center.Agent, f ResolvedFilter) (chats []*center.Chat, cursor string, err error) {
	queues, err := s.chatQueues(ctx, a)
	if err != nil {
		return nil, "", err
	}
	cursor = f.Cursor
	for range resolvedLooks {
		page, err := s.resolvedPage(ctx, queues, f.QueueID, cursor)
		if err != nil || len(page) == 0 {
			return chats, "", err
		}
		found, err := s.resolvedAt(ctx, page)
		if err != nil {
			return nil, "", err
		}
		for i, c := range found {
			cursor = page[i].Cursor
			if c != nil && c.State == center.ChatResolved && f.matches(c) {
				chats = append(chats, c)
			}
			if len(chats) == resolvedPage {
				return chats, cursor, nil
			}
		}
	}
	return chats, cursor, nil
}

// resolvedPage merges the next entries of the queues' lists.
func (s *Service) resolvedPage(ctx context.Context, queues []center.Queue, only, cursor string) ([]store.ResolvedChat, error) {
	var page []store.ResolvedChat
	for _, q := range queues {
		if only != "" && q.ID != only {
			continue
		}
		list, err := s.Store.ResolvedChats(ctx, q.ID, cursor, resolvedPage)
		if err != nil {
			return nil, err
		}
		page = append(page, list...)
	}
	slices.SortFunc(page, func(a, b store.ResolvedChat) int { return cmp.Compare(b.Cursor, a.Cursor) })
	return page[:min(len(page), resolvedPage)], nil
}

// resolvedAt reads the chats of list entries, in their order; nil where one is gone.
func (s *Service) resolvedAt(ctx context.Context, page []store.ResolvedChat) ([]*center.Chat, error) {
	ids := make([]string, len(page))
	for i, p := range page {
		ids[i] = p.ChatID
	}
	found, err := s.Store.Chats(ctx, ids)
	if err != nil {
		return nil, err
	}
	byID := make(map[string]*center.Chat, len(found))
	for _, c := range found {
		byID[c.ID] = c
	}
	chats := make([]*center.Chat, len(ids))
	for i, id := range ids {
		chats[i] = byID[id]
	}
	return chats, nil
}

// Messages reads a page of a chat's thread, oldest first, and tells whether there is more.
func (s *Service) Messages(ctx context.Context, chatID string, p store.Page) ([]*center.Message, bool, error) {
	return s.Store.Messages(ctx, chatID, p)
}
