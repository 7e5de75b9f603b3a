package webchat

import (
	"time"

	"guichet/shared/center"
	"guichet/shared/mediaapi"
)

type ticketView struct {
	Ticket    string    `json:"ticket"`
	ExpiresAt time.Time `json:"expiresAt"`
}

// postTicket admits a page to the realtime connection, once. Before the first message there is no chat to hear of.
func (c *Channel) postTicket(v visit) (answer, error) {
	chat, err := c.Store.Chat(v.Context(), chatID(v.session), true)
	if err != nil {
		return nil, err
	}
	now := c.Now()
	expires := now.Add(mediaapi.TicketLifetime)
	signed, err := c.Key.Sign(mediaapi.Ticket{
		ID: center.NewID(center.PrefixTicket, now), Purpose: mediaapi.PurposeVisitor, ChatID: chat.ID, ExpiresUnix: expires.Unix(),
	})
	return ticketView{signed, expires}, err
}
