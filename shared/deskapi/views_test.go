package deskapi_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/shared/center"
	"guichet/shared/deskapi"
)

var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

func asJSON(t *testing.T, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	require.NoError(t, err)
	return string(b)
}

func TestViewAgent(t *testing.T) {
	t.Parallel()
	a := &center.Agent{
		ID: "ada", Name: "Ada", Role: center.RoleSupervisor, Language: "fr", Queues: []string{"q1", "q2"},
		Memberships: map[string]center.Membership{"q2": {Status: center.StatusPaused, Reason: "lunch", Since: noon, By: "sue"}},
		ContactID:   "c1", WrapUp: &center.WrapUp{ContactID: "c0", QueueID: "q2", Since: noon, Until: noon.Add(time.Minute)},
		Next:      &center.NextStatus{Status: center.StatusOut, By: "sue"},
		IdleSince: noon, Connections: []string{"desk"}, AudioID: "s1", Version: 7,
	}
	assert.JSONEq(t, `{
		"id": "ada", "name": "Ada", "role": "supervisor", "language": "fr",
		"memberships": [
			{"queueId": "q1", "status": "out"},
			{"queueId": "q2", "status": "paused", "reason": "lunch", "since": "2026-11-22T12:00:00Z", "by": "sue"}
		],
		"contactId": "c1", "idleSince": "2026-11-22T12:00:00Z", "online": true, "audioId": "s1", "version": 7,
		"wrapUp": {"contactId": "c0", "queueId": "q2", "since": "2026-11-22T12:00:00Z", "until": "2026-11-22T12:01:00Z"},
		"next": {"status": "out", "by": "sue"}
	}`, asJSON(t, deskapi.ViewAgent(a)))
	assert.JSONEq(t, `{"id": "bob", "name": "", "role": "agent", "language": "", "memberships": [], "online": false, "version": 0}`,
		asJSON(t, deskapi.ViewAgent(&center.Agent{ID: "bob", Role: center.RoleAgent})), "what is not there is left out")
}

func TestViewContact(t *testing.T) {
	t.Parallel()
	c := &center.Contact{
		ID: "c1", Kind: center.KindInbound, State: center.StateEnded, Outcome: center.OutcomeHandled, QueueID: "q1", Priority: 3,
		From: "+33123456789", To: "+33800000000", CallerName: "Zoé", CallSID: "CA1", AgentID: "ada",
		Offer:     &center.Offer{ID: "o1", AgentID: "ada", At: noon, ExpiresAt: noon.Add(20 * time.Second)},
		EnteredAt: noon, AcceptedAt: noon, ConnectedAt: noon, EndedAt: noon, Version: 4,
		Asked: []string{"ada"}, Declined: map[string]time.Time{"bob": noon},
	}
	assert.JSONEq(t, `{
		"id": "c1", "kind": "inbound", "state": "ended", "outcome": "handled", "queueId": "q1",
		"from": "+33123456789", "to": "+33800000000", "callerName": "Zoé", "agentId": "ada",
		"offer": {"id": "o1", "agentId": "ada", "at": "2026-11-22T12:00:00Z", "expiresAt": "2026-11-22T12:00:20Z"},
		"enteredAt": "2026-11-22T12:00:00Z", "acceptedAt": "2026-11-22T12:00:00Z", "connectedAt": "2026-11-22T12:00:00Z",
		"endedAt": "2026-11-22T12:00:00Z", "version": 4
	}`, asJSON(t, deskapi.ViewContact(c)), "who was asked, who declined and the provider's id are nobody's business")
	assert.JSONEq(t, `{"id": "c2", "kind": "inbound", "state": "waiting", "queueId": "q1", "to": "", "enteredAt": "2026-11-22T12:00:00Z", "version": 1}`,
		asJSON(t, deskapi.ViewContact(&center.Contact{
			ID: "c2", Kind: center.KindInbound, State: center.StateWaiting, QueueID: "q1", EnteredAt: noon, Version: 1,
		})))
}

func TestViewQueue(t *testing.T) {
	t.Parallel()
	q := center.Queue{ID: "q1", Name: "Sales", Kind: center.QueueVoice, Ring: 20 * time.Second, WrapUp: time.Minute, MaxWait: time.Hour}
	assert.JSONEq(t, `{"id": "q1", "name": "Sales", "kind": "voice", "ringSeconds": 20, "wrapUpSeconds": 60}`,
		asJSON(t, deskapi.ViewQueue(q)))
}

func TestPatchCarriesItsType(t *testing.T) {
	t.Parallel()
	assert.JSONEq(t, `{"type": "patch"}`, asJSON(t, deskapi.NewPatch()))
}
