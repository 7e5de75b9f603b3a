package agentapi

import (
	"context"

	"guichet/functions/internal/rest"
	"guichet/shared/center"
	"guichet/shared/deskapi"
)

func (a *API) getDesk(ctx context.Context, agentID string, _ *struct{}) (*output[deskapi.Desk], error) {
	agent, contact, err := a.dispatcher.Snapshot(ctx, agentID)
	if err != nil {
		return nil, rest.NotAnAgent(err, agentID)
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

// statusChoice is a status and the queues that it is for.
type statusChoice struct {
	Status string   `json:"status" enum:"ready,paused,out"`
	Reason string   `json:"reason,omitempty" maxLength:"40" doc:"Of a pause: one of the desk's pauseReasons."`
	Queues []string `json:"queues,omitempty" nullable:"false" maxItems:"100" doc:"Assigned queues; every joined one when absent."`
	// Later asks for the time after the contact.
	Later bool `json:"later,omitempty" doc:"When call and wrap-up are over, for every joined queue; at once if nothing is on."`
}

type setStatusInput struct{ Body statusChoice }

func (a *API) setStatus(ctx context.Context, agentID string, in *setStatusInput) (*output[deskapi.Agent], error) {
	return viewed(a.choose(ctx, "", agentID, in.Body))
}

// choose applies a status to an agent. by is the supervisor who chose it; empty when the agent did.
func (a *API) choose(ctx context.Context, by, agentID string, chosen statusChoice) (*center.Agent, error) {
	s := center.Status(chosen.Status)
	dir, err := a.dispatcher.Directories.Directory(ctx)
	if err != nil {
		return nil, err
	}
	if s == center.StatusPaused && !dir.Settings.PauseReason(chosen.Reason) {
		return nil, invalid("body.reason", "one of the centre's pause reasons is expected", chosen.Reason)
	}
	if chosen.Later {
		if len(chosen.Queues) > 0 {
			return nil, invalid("body.queues", "what comes later is for every joined queue", chosen.Queues)
		}
		return a.dispatcher.SetNextStatus(ctx, by, agentID, s, chosen.Reason)
	}
	return a.dispatcher.GiveStatus(ctx, by, agentID, chosen.Queues, s, chosen.Reason)
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
