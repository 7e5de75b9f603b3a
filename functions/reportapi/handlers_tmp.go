package reportapi

import (
	"context"

	"guichet/functions/internal/rest"
	"guichet/shared/center"
	"guichet/shared/deskapi"
)

func (a *API) listCards(context.Context, *center.Agent, *cardsInput) (deskapi.CardList, error) {
	return deskapi.CardList{}, nil
}
func (a *API) queueDetails(context.Context, *center.Agent, *detailsInput) (deskapi.QueueDetails, error) {
	return deskapi.QueueDetails{}, nil
}
func (a *API) activityOfDay(context.Context, *center.Agent, *dayInput) (deskapi.ActivityOfDay, error) {
	return deskapi.ActivityOfDay{}, nil
}
func (a *API) activityOfWeek(context.Context, *center.Agent, *weekInput) (deskapi.ActivityOfWeek, error) {
	return deskapi.ActivityOfWeek{}, nil
}
func (a *API) report(context.Context, *center.Agent, *reportInput) (deskapi.Report, error) {
	return deskapi.Report{}, nil
}
func (a *API) reportFile(context.Context, *center.Agent, *reportFileInput) (*rest.File, error) {
	return nil, nil
}
func (a *API) supervision(context.Context, *center.Agent, *struct{}) (deskapi.Supervision, error) {
	return deskapi.Supervision{}, nil
}
