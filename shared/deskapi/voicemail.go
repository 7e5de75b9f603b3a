package deskapi

import (
	"time"

	"guichet/shared/center"
)

// Voicemail is a message that a caller has left. Keep the one with the highest version.
type Voicemail struct {
	ID         string     `json:"id"`
	LineID     string     `json:"lineId" doc:"The id of its queue, or 'line:' and the id of the agent whose own line it is."`
	From       string     `json:"from,omitempty" doc:"The caller's number, E.164; absent when withheld."`
	CallerName string     `json:"callerName,omitempty"`
	At         time.Time  `json:"at"`
	Seconds    float64    `json:"seconds" doc:"How long it sounds."`
	State      string     `json:"state" enum:"fetching,new,done,failed,deleted" doc:"A failed one has no sound, and still tells who called; a deleted one is to be forgotten."`
	Sound      bool       `json:"sound" doc:"It can be listened to."`
	DoneBy     string     `json:"doneBy,omitempty" doc:"ID of the agent who has dealt with it."`
	DoneAt     *time.Time `json:"doneAt,omitempty"`
	ExpiresAt  *time.Time `json:"expiresAt,omitempty" doc:"Then it is deleted."`
	Version    int64      `json:"version"`
}

// StateDeleted tells desks that a caller's message is gone.
const StateDeleted = "deleted"

// ViewVoicemail renders a caller's message.
func ViewVoicemail(v *center.Voicemail) Voicemail {
	return Voicemail{
		ID: v.ID, LineID: v.LineID, From: v.From, CallerName: v.CallerName, At: v.At, Seconds: v.Length.Seconds(),
		State: string(v.State()), Sound: v.Sound == center.SoundKept, DoneBy: v.DoneBy, DoneAt: optional(v.DoneAt),
		ExpiresAt: optional(v.ExpiresAt), Version: v.Version,
	}
}

// ViewDeletedVoicemail renders a caller's message that is gone.
func ViewDeletedVoicemail(v *center.Voicemail) Voicemail {
	return Voicemail{ID: v.ID, LineID: v.LineID, At: v.At, State: StateDeleted, Version: v.Version + 1}
}
