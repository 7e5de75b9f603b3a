package agentapi

import (
	"context"
	"errors"

	"guichet/shared/center"
	"guichet/shared/deskapi"
	"guichet/shared/dispatch"
	"guichet/shared/phonenumber"
)

type lineInput struct {
	Body struct {
		Number string `json:"number" maxLength:"20" doc:"One of the desk's lines."`
	}
}

func (a *API) setLine(ctx context.Context, agentID string, in *lineInput) (*output[deskapi.Agent], error) {
	return viewed(a.dispatcher.SetLine(ctx, agentID, in.Body.Number))
}

type dialInput struct {
	Body struct {
		ID string `json:"id" pattern:"^ct_[0-7][0-9A-HJKMNP-TV-Z]{25}$" doc:"A ULID made by the desk. Sent twice, it is one call."`
		To string `json:"to" maxLength:"40" doc:"As a person types it: numbers without a country are the centre's own country's."`
	}
}

func (a *API) dial(ctx context.Context, me *center.Agent, in *dialInput) (*output[deskapi.Contact], error) {
	number, err := a.dialable(ctx, "body.to", in.Body.To)
	if err != nil {
		return nil, err
	}
	line, err := a.dispatcher.LineOf(ctx, me)
	if err != nil {
		return nil, err
	}
	return viewContact(a.dispatcher.DialOut(ctx, me.ID, dispatch.Dialling{ID: in.Body.ID, Customer: number, Line: line}))
}

// dialable is the number as E.164, or why it is not called.
func (a *API) dialable(ctx context.Context, field, number string) (string, error) {
	dir, err := a.dispatcher.Directories.Directory(ctx)
	if err != nil {
		return "", err
	}
	rules := phonenumber.Rules{Regions: dir.Settings.Countries, Home: dir.Settings.Country}
	e164, err := rules.Check(number)
	var refusal *phonenumber.Error
	if errors.As(err, &refusal) {
		return "", center.Errorf(center.Invalid, string(refusal.Reason), "%s: %s", field, refusal.Error())
	}
	return e164, err
}
