package agentapi

import (
	"net/http"

	"github.com/danielgtaylor/huma/v2"
)

// register lists every operation.
func (a *API) register(api huma.API) {
	add(a, api, http.MethodGet, "/api/desk", "getDesk", "Everything a desk needs to start or to catch up", a.getDesk)
	add(a, api, http.MethodPut, "/api/desk/status", "setStatus", "Set the agent's status in some or all joined queues", a.setStatus)
	add(a, api, http.MethodPost, "/api/desk/wrap-up/end", "endWrapUp", "End the own wrap-up early", a.endWrapUp)
	add(a, api, http.MethodPost, "/api/contacts/{contactId}/accept", "acceptContact", "Answer an offered call", a.accept)
	addSilent(a, api, http.MethodPost, "/api/contacts/{contactId}/decline", "declineContact", "Send an offered call to the next agent", a.decline)
	add(a, api, http.MethodPost, "/api/contacts/{contactId}/end", "endContact", "Hang up", a.end)
	add(a, api, http.MethodGet, "/api/agents", "listAgents", "Every agent and their calls, for supervisors", a.listAgents)
	add(a, api, http.MethodPut, "/api/agents/{agentId}/status", "setAgentStatus", "Set an agent's status, for supervisors", a.setAgentStatus)
	add(a, api, http.MethodPost, "/api/agents/{agentId}/wrap-up/end", "endAgentWrapUp", "End an agent's wrap-up, for supervisors", a.endAgentWrapUp)
	add(a, api, http.MethodPost, "/api/realtime-tickets", "createRealtimeTicket", "A ticket for the realtime connection", a.realtimeTicket)
	add(a, api, http.MethodPost, "/api/media-tickets", "createMediaTicket", "A ticket for the agent's audio", a.mediaTicket)
	a.registerCalls(api)
	a.registerChats(api)
	a.registerTexts(api)
	a.registerRecordings(api)
	a.registerVoicemails(api)
}

// registerVoicemails lists what agents do with the messages that callers leave.
func (a *API) registerVoicemails(api huma.API) {
	addFor(a, api, http.MethodGet, "/api/voicemails", "listVoicemails", "The messages of callers that the agent may hear", a.listVoicemails)
	addFor(a, api, http.MethodPut, "/api/voicemails/{lineId}/{id}", "markVoicemail", "Say whether a caller's message is dealt with", a.markVoicemail)
	addFor(a, api, http.MethodGet, "/api/voicemails/{lineId}/{id}/sound", "linkVoicemail", "A link to its sound that lasts minutes", a.linkVoicemail)
	addSilent(a, api, http.MethodDelete, "/api/voicemails/{lineId}/{id}", "deleteVoicemail", "Delete a message of the own line or, for supervisors, of a queue", a.deleteVoicemail)
}

// registerCalls lists what agents do to make calls and to pass them on.
func (a *API) registerCalls(api huma.API) {
	add(a, api, http.MethodPut, "/api/desk/line", "setLine", "Choose the number to call from", a.setLine)
	addFor(a, api, http.MethodPost, "/api/calls", "dial", "Call a number", a.dial)
	add(a, api, http.MethodPost, "/api/contacts/{contactId}/guest", "inviteGuest", "Ring a third party for the agent's call; the customer is on hold", a.invite)
	add(a, api, http.MethodDelete, "/api/contacts/{contactId}/guest", "dismissGuest", "Take the third party out, or stop ringing them", a.dismissGuest)
	add(a, api, http.MethodPost, "/api/contacts/{contactId}/hand-over", "handOver", "Leave the call to the third party", a.handOver)
	add(a, api, http.MethodPost, "/api/contacts/{contactId}/queue", "moveToQueue", "Send the agent's call into a queue's line", a.toQueue)
}

// registerChats lists what moves conversations.
func (a *API) registerChats(api huma.API) {
	addFor(a, api, http.MethodGet, "/api/chats", "listChats", "The open chats that the agent sees", a.listChats)
	addFor(a, api, http.MethodGet, "/api/chats/resolved", "listResolvedChats", "The resolved chats that the agent sees, 50 a page", a.listResolved)
	addFor(a, api, http.MethodGet, "/api/chats/{chatId}", "getChat", "One chat", a.getChat)
	addFor(a, api, http.MethodGet, "/api/chats/{chatId}/messages", "listMessages", "A part of a thread; the newest when not asked otherwise", a.listMessages)
	addFor(a, api, http.MethodPost, "/api/chats/{chatId}/messages", "sendMessage", "Write to the customer, or a note to colleagues", a.sendMessage)
	addFor(a, api, http.MethodPost, "/api/chats/{chatId}/retry", "retryMessage", "Try again to send a message that failed or is unconfirmed", a.retryMessage)
	addFor(a, api, http.MethodPost, "/api/chats/{chatId}/assign", "assignChat", "Give a chat to an agent or into a queue's line", a.assignChat)
	addFor(a, api, http.MethodPost, "/api/chats/{chatId}/resolve", "resolveChat", "End a conversation until somebody writes again", a.resolveChat)
	addFor(a, api, http.MethodPost, "/api/chats/{chatId}/reopen", "reopenChat", "Take up a resolved conversation again", a.reopenChat)
	addFor(a, api, http.MethodPut, "/api/chats/{chatId}/tags", "setChatTags", "Replace a chat's tags", a.setTags)
	addFor(a, api, http.MethodPost, "/api/chats/{chatId}/read", "readChat", "Note how far the thread has been seen", a.readChat)
	addFor(a, api, http.MethodPost, "/api/chats/{chatId}/call", "callFromChat", "Call the customer of a chat that the agent holds", a.callFromChat)
	addFor(a, api, http.MethodPost, "/api/chats/{chatId}/meeting", "openMeeting", "Open a meeting room and send the customer its link", a.openMeeting)
	addFor(a, api, http.MethodDelete, "/api/chats/{chatId}/meeting", "closeMeeting", "End the meeting; its links let nobody in any more", a.closeMeeting)
	addFor(a, api, http.MethodPost, "/api/files", "createFile", "Announce a file and learn where to put it", a.createFile)
	addFor(a, api, http.MethodGet, "/api/chats/{chatId}/files/{fileId}", "linkFile", "A link to a file that lasts minutes", a.linkFile)
}

// registerRecordings lists what agents do with their recorded messages.
func (a *API) registerRecordings(api huma.API) {
	addFor(a, api, http.MethodGet, "/api/recordings", "listRecordings", "The own recorded messages, archived ones too", a.listRecordings)
	addFor(a, api, http.MethodPost, "/api/recordings", "createRecording", "Add a recorded message, of a file that was announced and put", a.createRecording)
	addFor(a, api, http.MethodPut, "/api/recordings/{id}", "updateRecording", "Change, record again, archive or unarchive a recorded message", a.updateRecording)
	addSilent(a, api, http.MethodDelete, "/api/recordings/{id}", "deleteRecording", "Delete a recorded message and its sound", a.deleteRecording)
	add(a, api, http.MethodPut, "/api/contacts/{contactId}/hold", "holdContact", "Put the customer on hold, or take them off it", a.hold)
	addSilent(a, api, http.MethodPost, "/api/contacts/{contactId}/digits", "sendDigits", "Send digits into the agent's call", a.sendDigits)
	addFor(a, api, http.MethodPost, "/api/contacts/{contactId}/playback", "playRecording", "Play a recorded message into the agent's call", a.playRecording)
	add(a, api, http.MethodDelete, "/api/contacts/{contactId}/playback/{playbackId}", "stopRecording", "Stop a recorded message in the agent's call", a.stopRecording)
	addFor(a, api, http.MethodGet, "/api/recordings/{id}/sound", "linkRecording", "A link to its sound that lasts minutes", a.linkRecording)
}

// registerTexts lists what goes with conversations but moves none.
func (a *API) registerTexts(api huma.API) {
	addFor(a, api, http.MethodGet, "/api/tags", "listTags", "Known tags, for suggestions", a.listTags)
	addFor(a, api, http.MethodGet, "/api/colleagues", "listColleagues", "To whom a chat can be given", a.listColleagues)
	addFor(a, api, http.MethodGet, "/api/canned-messages", "listCannedMessages", "The own canned messages and the public ones", a.listCanned)
	addFor(a, api, http.MethodPost, "/api/canned-messages", "createCannedMessage", "Add a canned message", a.createCanned)
	addFor(a, api, http.MethodPut, "/api/canned-messages/{id}", "updateCannedMessage", "Change an own canned message", a.updateCanned)
	addSilent(a, api, http.MethodDelete, "/api/canned-messages/{id}", "deleteCannedMessage", "Delete an own canned message", a.deleteCanned)
	addFor(a, api, http.MethodGet, "/api/set-aside", "listSetAside", "What providers sent and nobody could understand, for admins", a.listSetAside)
	addSilent(a, api, http.MethodDelete, "/api/set-aside/{id}", "deleteSetAside", "Remove a payload that was set aside, for admins", a.deleteSetAside)
}
