package stream

import (
	"guichet/shared/center"
	"guichet/shared/deskapi"
	"guichet/shared/store"
)

func (c changes) addVoicemail(before, after *center.Voicemail) {
	switch {
	case after != nil:
		c.voicemails[after.ID] = deskapi.ViewVoicemail(after)
	case before != nil:
		c.voicemails[before.ID] = deskapi.ViewDeletedVoicemail(before)
	}
}

// voicemailsFor are the messages of callers that a desk may hear.
func (c changes) voicemailsFor(desk store.Connection) []deskapi.Voicemail {
	var list []deskapi.Voicemail
	agent := center.Agent{ID: desk.AgentID, Role: desk.Role, Queues: desk.Queues}
	for _, v := range c.voicemails {
		if agent.Hears(v.LineID) {
			list = append(list, v)
		}
	}
	return list
}
