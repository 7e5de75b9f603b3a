package agentapi

import (
	"context"

	"guichet/shared/center"
	"guichet/shared/deskapi"
	"guichet/shared/dispatch"
)

type playInput struct {
	ContactID string `path:"contactId" maxLength:"64"`
	Body      struct {
		ID          string `json:"id" pattern:"^pl_[0-7][0-9A-HJKMNP-TV-Z]{25}$" doc:"A ULID made by the desk. Sent twice, it plays once."`
		RecordingID string `json:"recordingId" maxLength:"64"`
		ThenEnd     bool   `json:"thenEnd,omitempty" doc:"The call ends after the message."`
	}
}

func (a *API) playRecording(ctx context.Context, me *center.Agent, in *playInput) (*output[deskapi.Contact], error) {
	r, err := a.dispatcher.Store.Recording(ctx, me.ID, in.Body.RecordingID)
	if err != nil {
		return nil, err
	}
	if r.Archived {
		return nil, center.Errorf(center.Conflict, "recording-archived", "recording %s is archived", r.ID)
	}
	url, err := a.objects.PresignGet(ctx, r.SoundKey(), "", soundType, false, linkLifetime)
	if err != nil {
		return nil, err
	}
	return viewContact(a.dispatcher.Play(ctx, me.ID, in.ContactID, dispatch.Playing{
		ID: in.Body.ID, Recording: r, SoundURL: url, ThenEnd: in.Body.ThenEnd,
	}))
}

type stopInput struct {
	ContactID  string `path:"contactId" maxLength:"64"`
	PlaybackID string `path:"playbackId" maxLength:"64"`
}

func (a *API) stopRecording(ctx context.Context, agentID string, in *stopInput) (*output[deskapi.Contact], error) {
	return viewContact(a.dispatcher.StopPlaying(ctx, agentID, in.ContactID, in.PlaybackID))
}
