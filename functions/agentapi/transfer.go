package agentapi

import (
	"context"

	"guichet/shared/deskapi"
	"guichet/shared/dispatch"
)

type inviteInput struct {
	ContactID string `path:"contactId" maxLength:"64"`
	Body      struct {
		ID      string `json:"id" pattern:"^gu_[0-7][0-9A-HJKMNP-TV-Z]{25}$" doc:"A ULID made by the desk. Sent twice, it rings once."`
		AgentID string `json:"agentId,omitempty" maxLength:"128" doc:"A colleague; or"`
		QueueID string `json:"queueId,omitempty" maxLength:"128" doc:"whoever is free in a queue; or"`
		Number  string `json:"number,omitempty" maxLength:"40" doc:"a number, as a person types it."`
		Blind   bool   `json:"blind,omitempty" doc:"Hand the call over as soon as they answer."`
	}
}

func (a *API) invite(ctx context.Context, agentID string, in *inviteInput) (*output[deskapi.Contact], error) {
	whom := dispatch.Invitation{ID: in.Body.ID, AgentID: in.Body.AgentID, Blind: in.Body.Blind}
	switch {
	case in.Body.AgentID != "":
		return viewContact(a.dispatcher.Invite(ctx, agentID, in.ContactID, whom))
	case in.Body.QueueID != "":
		return viewContact(a.dispatcher.InviteFrom(ctx, agentID, in.ContactID, in.Body.QueueID, whom))
	case in.Body.Number == "":
		return nil, invalid("body", "agentId, queueId or number is expected", nil)
	}
	number, err := a.dialable(ctx, "body.number", in.Body.Number)
	if err != nil {
		return nil, err
	}
	whom.Number = number
	return viewContact(a.dispatcher.Invite(ctx, agentID, in.ContactID, whom))
}

func (a *API) dismissGuest(ctx context.Context, agentID string, in *endInput) (*output[deskapi.Contact], error) {
	return viewContact(a.dispatcher.DismissGuest(ctx, agentID, in.ContactID))
}

func (a *API) handOver(ctx context.Context, agentID string, in *endInput) (*output[deskapi.Contact], error) {
	return viewContact(a.dispatcher.HandOver(ctx, agentID, in.ContactID))
}

type toQueueInput struct {
	ContactID string `path:"contactId" maxLength:"64"`
	Body      struct {
		QueueID string `json:"queueId" maxLength:"128"`
	}
}

func (a *API) toQueue(ctx context.Context, agentID string, in *toQueueInput) (*output[deskapi.Contact], error) {
	return viewContact(a.dispatcher.ToQueue(ctx, agentID, in.ContactID, in.Body.QueueID))
}
