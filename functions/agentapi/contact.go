package agentapi

import (
	"context"

	"guichet/shared/center"
	"guichet/shared/deskapi"
)

type offerInput struct {
	ContactID string `path:"contactId" maxLength:"64"`
	Body      struct {
		OfferID string `json:"offerId" maxLength:"64"`
	}
}

func (a *API) accept(ctx context.Context, agentID string, in *offerInput) (*output[deskapi.Contact], error) {
	return viewContact(a.dispatcher.Accept(ctx, agentID, in.ContactID, in.Body.OfferID))
}

func (a *API) decline(ctx context.Context, agentID string, in *offerInput) error {
	return a.dispatcher.Decline(ctx, agentID, in.ContactID, in.Body.OfferID)
}

type endInput struct {
	ContactID string `path:"contactId" maxLength:"64"`
}

func (a *API) end(ctx context.Context, agentID string, in *endInput) (*output[deskapi.Contact], error) {
	return viewContact(a.dispatcher.HangUp(ctx, agentID, in.ContactID))
}

func viewContact(c *center.Contact, err error) (*output[deskapi.Contact], error) {
	if err != nil {
		return nil, err
	}
	return &output[deskapi.Contact]{deskapi.ViewContact(c)}, nil
}
