package agentapi

import (
	"context"
	"time"

	"guichet/shared/center"
)

// setAside is a payload that nobody could understand.
type setAside struct {
	ID      string    `json:"id"`
	Channel string    `json:"channel"`
	At      time.Time `json:"at"`
	Reason  string    `json:"reason"`
	Payload string    `json:"payload" doc:"Of a very large one, the beginning."`
}

// setAsideList is the latest of them.
type setAsideList struct {
	Payloads []setAside `json:"payloads" nullable:"false" doc:"Newest first."`
}

func (a *API) listSetAside(ctx context.Context, me *center.Agent, _ *struct{}) (*output[setAsideList], error) {
	if err := administers(me); err != nil {
		return nil, err
	}
	payloads, err := a.dispatcher.Store.SetAsides(ctx)
	if err != nil {
		return nil, err
	}
	list := setAsideList{Payloads: []setAside{}}
	for _, p := range payloads {
		list.Payloads = append(list.Payloads, setAside(*p))
	}
	return &output[setAsideList]{list}, nil
}

type setAsideInput struct {
	ID string `path:"id" maxLength:"64"`
}

func (a *API) deleteSetAside(ctx context.Context, agentID string, in *setAsideInput) error {
	me, err := a.me(ctx, agentID)
	if err != nil {
		return err
	}
	if err := administers(me); err != nil {
		return err
	}
	return a.dispatcher.Store.RemoveSetAside(ctx, in.ID)
}

// administers refuses whoever does not run the centre.
func administers(me *center.Agent) error {
	if me.Role != center.RoleAdmin {
		return center.Errorf(center.Forbidden, "not-an-admin", "only admins may do this")
	}
	return nil
}
