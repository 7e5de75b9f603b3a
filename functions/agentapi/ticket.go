package agentapi

import (
	"context"
	"time"

	"guichet/shared/center"
	"guichet/shared/mediaapi"
)

// ticket admits its bearer once.
type ticket struct {
	Ticket    string    `json:"ticket"`
	ExpiresAt time.Time `json:"expiresAt"`
}

func (a *API) realtimeTicket(_ context.Context, agentID string, _ *struct{}) (*output[ticket], error) {
	return a.issue(agentID, mediaapi.PurposeRealtime)
}

func (a *API) mediaTicket(_ context.Context, agentID string, _ *struct{}) (*output[ticket], error) {
	return a.issue(agentID, mediaapi.PurposeAgent)
}

// issue signs a ticket. Whether its bearer is an agent is seen where it is used.
func (a *API) issue(agentID string, use mediaapi.Purpose) (*output[ticket], error) {
	now := a.dispatcher.Now()
	expires := now.Add(mediaapi.TicketLifetime)
	signed, err := a.key.Sign(mediaapi.Ticket{
		ID: center.NewID(center.PrefixTicket, now), Purpose: use, AgentID: agentID, ExpiresUnix: expires.Unix(),
	})
	if err != nil {
		return nil, err
	}
	return &output[ticket]{ticket{Ticket: signed, ExpiresAt: expires}}, nil
}
