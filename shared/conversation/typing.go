package conversation

import (
	"context"

	"guichet/shared/center"
	"guichet/shared/channel"
	"guichet/shared/deskapi"
)

// AgentTypes tells colleagues who see the chat that an agent is writing in it, and the customer if it is the agent's chat.
// Nothing of it lasts.
func (s *Service) AgentTypes(ctx context.Context, agentID, chatID string) error {
	a, err := s.Store.Agent(ctx, agentID, false)
	if err != nil {
		return err
	}
	c, err := s.Visible(ctx, a, chatID)
	if err != nil {
		return err
	}
	connections, err := s.Store.Connections(ctx)
	if err != nil {
		return err
	}
	var colleagues []string
	for _, desk := range connections {
		other := &center.Agent{ID: desk.AgentID, Role: desk.Role, Queues: desk.Queues}
		if desk.AgentID != "" && desk.AgentID != agentID && sees(other, c) {
			colleagues = append(colleagues, desk.ID)
		}
	}
	s.push(ctx, colleagues, deskapi.Typing{Type: deskapi.TypeTyping, ChatID: chatID, AgentID: agentID})
	if c.HeldBy() == agentID {
		s.tellTyping(ctx, c)
	}
	return nil
}

func (s *Service) tellTyping(ctx context.Context, c *center.Chat) {
	ch, _ := s.Channels.Get(c.Channel)
	if visited, ok := ch.(channel.Visited); ok {
		s.push(ctx, c.Visitors, visited.TypingPatch())
	}
	typer, ok := ch.(channel.Typer)
	if !ok {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, providerPatience)
	defer cancel()
	if err := typer.Typing(ctx, c, true); err != nil {
		s.Log.InfoContext(ctx, "typing not shown", "channel", c.Channel, "chat", c.ID, "error", err)
	}
}
