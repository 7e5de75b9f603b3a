package agentapi_test

import (
	"errors"
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/functions/internal/functiontest"
	"guichet/shared/center"
	"guichet/shared/deskapi"
)

func TestAdminsSeeWhatWasSetAside(t *testing.T) {
	t.Parallel()
	o := openChats(t)
	for _, payload := range []string{`{"first":1}`, `{"second":2}`} {
		o.Pass(time.Second)
		require.NoError(t, o.Conversations.SetAside(t.Context(), "instagram", []byte(payload), errors.New("no such kind")))
	}
	type list struct {
		Payloads []struct {
			ID, Channel, Reason, Payload string
			At                           time.Time
		}
	}
	got := decode[list](t, o.as(t, root, "GET", "/api/set-aside", "")).Payloads
	require.Len(t, got, 2)
	newest := got[0]
	assert.Equal(t, `{"second":2}`, newest.Payload)
	assert.Equal(t, "instagram", newest.Channel)
	assert.Equal(t, "no such kind", newest.Reason)
	assert.True(t, newest.At.Equal(o.Now()))

	require.Equal(t, http.StatusNoContent, o.as(t, root, "DELETE", "/api/set-aside/"+newest.ID, "").Status)
	assert.Equal(t, got[1:], decode[list](t, o.as(t, root, "GET", "/api/set-aside", "")).Payloads)
}

func TestColleagues(t *testing.T) {
	t.Parallel()
	o := openChats(t)
	require.NoError(t, o.Connect(t.Context(), functiontest.Ben, "desk-ben"))
	_, err := o.SetStatus(t.Context(), functiontest.Ben, []string{functiontest.PickedID}, center.StatusReady, "")
	require.NoError(t, err)
	o.held(t, functiontest.Ben, "customer")
	type colleague struct {
		ID, Name string
		Online   bool
		Chats    int
		Queues   []struct{ QueueID, Status string }
	}
	byID := map[string]colleague{}
	for _, c := range decode[struct{ Agents []colleague }](t, o.as(t, functiontest.Ana, "GET", "/api/colleagues", "")).Agents {
		byID[c.ID] = c
	}
	assert.Len(t, byID, 5)
	ben := byID[functiontest.Ben]
	assert.True(t, ben.Online)
	assert.Equal(t, 1, ben.Chats)
	assert.Equal(t, []struct{ QueueID, Status string }{{functiontest.AutomaticID, "out"}, {functiontest.PickedID, "ready"}}, ben.Queues,
		"queues of calls take no chats")
	assert.False(t, byID[functiontest.Ana].Online)
	assert.Empty(t, byID[zoe].Queues)
}

func TestTheDeskKnowsWhichFilesMayBeSent(t *testing.T) {
	t.Parallel()
	o := open(t)
	settings := decode[deskapi.Desk](t, o.as(t, functiontest.Ana, "GET", "/api/desk", "")).Settings
	assert.EqualValues(t, center.DefaultAttachmentBytes, settings.AttachmentBytes)
	assert.Contains(t, settings.AttachmentTypes, "image/png")
	assert.NotContains(t, settings.AttachmentTypes, "text/html")
}
