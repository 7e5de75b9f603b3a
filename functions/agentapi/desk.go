package agentapi

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"guichet/shared/center"
	"guichet/shared/deskapi"
)

func (a *API) getDesk(ctx context.Context, agentID string, _ *struct{}) (*output[deskapi.Desk], error) {
	agent, contact, err := a.dispatcher.Snapshot(ctx, agentID)
	if err != nil {
		return nil, notAnAgent(err, agentID)
	}
	dir, err := a.dispatcher.Directories.Directory(ctx)
	if err != nil {
		return nil, err
	}
	desk := deskapi.Desk{
		Agent: deskapi.ViewAgent(agent), Queues: []deskapi.Queue{}, PauseReasons: append([]string{}, dir.Settings.PauseReasons...),
		Lines: deskapi.ViewLines(dir.LinesOf(agent)), CenterName: dir.Settings.Name, ServerTime: a.dispatcher.Now(),
		Settings: deskapi.Settings{
			Country: dir.Settings.Country, AttachmentBytes: dir.Settings.AttachmentLimit(), AttachmentTypes: center.AttachmentTypes(),
		},
	}
	if contact != nil {
		view := deskapi.ViewContact(contact)
		desk.Contact = &view
	}
	for _, id := range dir.QueueIDs() {
		if agent.Role.Supervises() || agent.Assigned(id) || dir.Queues[id].Kind == center.QueueVoice {
			desk.Queues = append(desk.Queues, deskapi.ViewQueue(dir.Queues[id]))
		}
	}
	return &output[deskapi.Desk]{desk}, nil
}

type setStatusInput struct {
	Body struct {
		Status string   `json:"status" enum:"ready,paused,out"`
		Reason string   `json:"reason,omitempty" maxLength:"40" doc:"Of a pause: one of the desk's pauseReasons."`
		Queues []string `json:"queues,omitempty" nullable:"false" maxItems:"100" doc:"Assigned queues; every joined one when absent."`
		// Later asks for the time after the contact.
		Later bool `json:"later,omitempty" doc:"When call and wrap-up are over, for every joined queue; at once if nothing is on."`
	}
}

func (a *API) setStatus(ctx context.Context, agentID string, in *setStatusInput) (*output[deskapi.Agent], error) {
	s := center.Status(in.Body.Status)
	dir, err := a.dispatcher.Directories.Directory(ctx)
	if err != nil {
		return nil, err
	}
	if s == center.StatusPaused && !dir.Settings.PauseReason(in.Body.Reason) {
		return nil, invalid("body.reason", "one of the centre's pause reasons is expected", in.Body.Reason)
	}
	if in.Body.Later {
		if len(in.Body.Queues) > 0 {
			return nil, invalid("body.queues", "what comes later is for every joined queue", in.Body.Queues)
		}
		return viewed(a.dispatcher.SetNextStatus(ctx, agentID, s, in.Body.Reason))
	}
	return viewed(a.dispatcher.SetStatus(ctx, agentID, in.Body.Queues, s, in.Body.Reason))
}

// invalid is a 422 that names the field.
func invalid(location, message string, value any) error {
	e := model(http.StatusUnprocessableEntity, "invalid", "validation failed")
	e.Errors = []*huma.ErrorDetail{{Location: location, Message: message, Value: value}}
	return e
}

type contactInput struct {
	Body struct {
		ContactID string `json:"contactId" maxLength:"64" doc:"The contact whose wrap-up it is, so that a late click ends no other."`
	}
}

func (a *API) endWrapUp(ctx context.Context, agentID string, in *contactInput) (*output[deskapi.Agent], error) {
	return viewed(a.dispatcher.EndWrapUp(ctx, agentID, in.Body.ContactID))
}

func viewed(agent *center.Agent, err error) (*output[deskapi.Agent], error) {
	if err != nil {
		return nil, err
	}
	return &output[deskapi.Agent]{deskapi.ViewAgent(agent)}, nil
}
