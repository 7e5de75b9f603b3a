package agentapi

import (
	"context"

	"guichet/shared/deskapi"
)

type holdInput struct {
	ContactID string `path:"contactId" maxLength:"64"`
	Body      struct {
		On bool `json:"on" doc:"False takes the customer off hold."`
	}
}

func (a *API) hold(ctx context.Context, agentID string, in *holdInput) (*output[deskapi.Contact], error) {
	return viewContact(a.dispatcher.Hold(ctx, agentID, in.ContactID, in.Body.On))
}

type digitsInput struct {
	ContactID string `path:"contactId" maxLength:"64"`
	Body      struct {
		ID     string `json:"id" pattern:"^pl_[0-7][0-9A-HJKMNP-TV-Z]{25}$" doc:"A ULID made by the desk. Sent twice, the digits sound once."`
		Digits string `json:"digits" pattern:"^[0-9*#]{1,32}$"`
	}
}

func (a *API) sendDigits(ctx context.Context, agentID string, in *digitsInput) error {
	return a.dispatcher.Dial(ctx, agentID, in.ContactID, in.Body.ID, in.Body.Digits)
}
