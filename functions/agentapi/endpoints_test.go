package agentapi_test

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/functions/agentapi"
	"guichet/shared/center"
)

type endpoint struct {
	method, path, body string
	role               center.Role // the least that may; empty: any agent
}

// endpoints is every operation, with a body that is right in form; busy fills the words in capitals in.
var endpoints = []endpoint{
	{"GET", "/api/desk", "", ""},
	{"PUT", "/api/desk/status", `{"status":"ready","queues":["que_support"]}`, ""},
	{"POST", "/api/desk/wrap-up/end", `{"contactId":"ct_1"}`, ""},
	{"POST", "/api/contacts/CONTACT/accept", `{"offerId":"OFFER"}`, ""},
	{"POST", "/api/contacts/CONTACT/decline", `{"offerId":"OFFER"}`, ""},
	{"POST", "/api/contacts/CONTACT/end", "", ""},
	{"PUT", "/api/desk/line", `{"number":"+33199001000"}`, ""},
	{"POST", "/api/calls", `{"id":"ct_01ARZ3NDEKTSV4RRFFQ69G5FAV","to":"+33612345678"}`, ""},
	{"POST", "/api/contacts/CONTACT/guest", `{"id":"gu_01ARZ3NDEKTSV4RRFFQ69G5FAV","agentId":"ben"}`, ""},
	{"DELETE", "/api/contacts/CONTACT/guest", "", ""},
	{"POST", "/api/contacts/CONTACT/hand-over", "", ""},
	{"POST", "/api/contacts/CONTACT/queue", `{"queueId":"que_support"}`, ""},
	{"GET", "/api/agents", "", center.RoleSupervisor},
	{"PUT", "/api/agents/ana/status", `{"status":"paused","reason":"break"}`, center.RoleSupervisor},
	{"POST", "/api/agents/ana/wrap-up/end", `{"contactId":"CONTACT"}`, center.RoleSupervisor},
	{"POST", "/api/realtime-tickets", "", ""},
	{"POST", "/api/media-tickets", "", ""},
	{"GET", "/api/chats", "", ""},
	{"GET", "/api/chats/resolved", "", ""},
	{"GET", "/api/chats/CHAT", "", ""},
	{"GET", "/api/chats/CHAT/messages", "", ""},
	{"POST", "/api/chats/CHAT/messages", `{"id":"MESSAGE","kind":"note","text":"x"}`, ""},
	{"POST", "/api/chats/CHAT/retry", `{"key":"KEY"}`, ""},
	{"POST", "/api/chats/CHAT/assign", `{"agentId":"zoe"}`, ""},
	{"POST", "/api/chats/CHAT/resolve", "", ""},
	{"POST", "/api/chats/CHAT/reopen", "", ""},
	{"PUT", "/api/chats/CHAT/tags", `{"tags":["x"]}`, ""},
	{"POST", "/api/chats/CHAT/read", `{"key":"KEY"}`, ""},
	{"POST", "/api/chats/CHAT/call", "", ""},
	{"POST", "/api/chats/CHAT/meeting", "", ""},
	{"DELETE", "/api/chats/CHAT/meeting", "", ""},
	{"POST", "/api/files", `{"name":"a.png","type":"image/png","bytes":16}`, ""},
	{"GET", "/api/chats/CHAT/files/FILE", "", ""},
	{"GET", "/api/tags", "", ""},
	{"GET", "/api/colleagues", "", ""},
	{"GET", "/api/canned-messages", "", ""},
	{"POST", "/api/canned-messages", `{"title":"x","text":"x"}`, ""},
	{"PUT", "/api/canned-messages/CANNED", `{"title":"x","text":"x","version":1}`, ""},
	{"DELETE", "/api/canned-messages/CANNED", "", ""},
	{"GET", "/api/recordings", "", ""},
	{"POST", "/api/recordings", `{"name":"x","fileId":"FILE"}`, ""},
	{"PUT", "/api/recordings/RECORDING", `{"name":"x","version":1}`, ""},
	{"DELETE", "/api/recordings/RECORDING", "", ""},
	{"GET", "/api/recordings/RECORDING/sound", "", ""},
	{"PUT", "/api/contacts/CONTACT/hold", `{"on":true}`, ""},
	{"POST", "/api/contacts/CONTACT/digits", `{"id":"PLAYBACK","digits":"12*#"}`, ""},
	{"POST", "/api/contacts/CONTACT/playback", `{"id":"PLAYBACK","recordingId":"RECORDING"}`, ""},
	{"DELETE", "/api/contacts/CONTACT/playback/PLAYBACK", "", ""},
	{"GET", "/api/voicemails", "", ""},
	{"PUT", "/api/voicemails/LINE/VOICEMAIL", `{"state":"done"}`, ""},
	{"GET", "/api/voicemails/LINE/VOICEMAIL/sound", "", ""},
	{"DELETE", "/api/voicemails/LINE/VOICEMAIL", "", center.RoleSupervisor},
	{"GET", "/api/set-aside", "", center.RoleAdmin},
	{"DELETE", "/api/set-aside/ASIDE", "", center.RoleAdmin},
}

// TestEndpointsAreAllHere keeps the list above whole.
func TestEndpointsAreAllHere(t *testing.T) {
	t.Parallel()
	raw, err := agentapi.OpenAPI()
	require.NoError(t, err)
	var api struct{ Paths map[string]map[string]any }
	require.NoError(t, json.Unmarshal(raw, &api))
	for path, operations := range api.Paths {
		pattern := regexp.MustCompile("^" + regexp.MustCompile(`\{\w+\}`).ReplaceAllString(path, "[A-Za-z]+") + "$")
		for method := range operations {
			assert.True(t, slices.ContainsFunc(endpoints, func(e endpoint) bool {
				return strings.EqualFold(e.method, method) && pattern.MatchString(e.path)
			}), "%s %s is to be listed here", method, path)
		}
	}
}
