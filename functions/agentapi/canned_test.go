package agentapi_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/functions/agentapi"
	"guichet/functions/internal/functiontest"
	"guichet/shared/center"
)

const cannedPath = "/api/canned-messages"

func (o *office) canned(t *testing.T, person string) []agentapi.CannedMessage {
	t.Helper()
	return decode[struct{ CannedMessages []agentapi.CannedMessage }](t, o.as(t, person, "GET", cannedPath, "")).CannedMessages
}

func (o *office) can(t *testing.T, person, body string) agentapi.CannedMessage {
	t.Helper()
	return decode[agentapi.CannedMessage](t, o.as(t, person, "POST", cannedPath, body))
}

func TestS29AddACannedMessage(t *testing.T) {
	t.Parallel()
	o := open(t)
	m := o.can(t, functiontest.Ana, `{"title":" Thanks\n again ","text":"Thank you,\nAna ","shortcut":"thanks","categories":["polite"," end ","polite"]}`)
	assert.Equal(t, agentapi.CannedMessage{
		ID: m.ID, OwnerID: functiontest.Ana, Title: "Thanks again", Text: "Thank you,\nAna", Shortcut: "thanks",
		Categories: []string{"end", "polite"}, Version: 1,
	}, m)
	assert.Equal(t, []agentapi.CannedMessage{m}, o.canned(t, functiontest.Ana))
}

func TestS30OwnAndPublicCannedMessages(t *testing.T) {
	t.Parallel()
	o := open(t)
	assert.Empty(t, o.canned(t, functiontest.Ben))
	own := o.can(t, functiontest.Ana, `{"title":"B","text":"x","shortcut":"hello"}`)
	public := o.can(t, functiontest.Sue, `{"title":"A","text":"x","shortcut":"hello","public":true}`)
	assert.Equal(t, []agentapi.CannedMessage{public, own}, o.canned(t, functiontest.Ana))
	assert.Equal(t, []agentapi.CannedMessage{public}, o.canned(t, functiontest.Ben))

	forbidden := o.as(t, functiontest.Ana, "POST", cannedPath, `{"title":"A","text":"x","public":true}`)
	assert.Equal(t, http.StatusForbidden, forbidden.Status)
	assert.Equal(t, "/problems/public-canned-message", forbidden.problem(t).Type)
	made := o.as(t, functiontest.Ana, "PUT", cannedPath+"/"+own.ID, `{"title":"A","text":"x","public":true,"version":1}`)
	assert.Equal(t, http.StatusForbidden, made.Status)
	for method, body := range map[string]string{"PUT": `{"title":"A","text":"theirs","public":true,"version":1}`, "DELETE": ""} {
		got := o.as(t, functiontest.Ana, method, cannedPath+"/"+public.ID, body)
		assert.Equal(t, http.StatusForbidden, got.Status, method)
		assert.Equal(t, "/problems/canned-message-not-yours", got.problem(t).Type, method)
		hidden := o.as(t, functiontest.Sue, method, cannedPath+"/"+own.ID, body)
		assert.Equal(t, http.StatusNotFound, hidden.Status, "not even a supervisor knows of a colleague's own one")
	}
	assert.Equal(t, []agentapi.CannedMessage{public, own}, o.canned(t, functiontest.Ana), "nothing has changed")
}

func TestS30ChangeAnOwnCannedMessage(t *testing.T) {
	t.Parallel()
	o := open(t)
	m := o.can(t, functiontest.Sue, `{"title":"A","text":"x","shortcut":"a"}`)
	path := cannedPath + "/" + m.ID
	changed := decode[agentapi.CannedMessage](t, o.as(t, functiontest.Sue, "PUT", path, `{"title":"A","text":"y","shortcut":"b","public":true,"version":1}`))
	assert.Equal(t, "y", changed.Text)
	assert.EqualValues(t, 2, changed.Version)
	assert.Equal(t, []agentapi.CannedMessage{changed}, o.canned(t, functiontest.Ben))

	late := o.as(t, functiontest.Sue, "PUT", path, `{"title":"A","text":"late","version":1}`)
	assert.Equal(t, http.StatusConflict, late.Status)
	assert.Equal(t, "/problems/canned-message-changed", late.problem(t).Type)
	newest := decode[agentapi.CannedMessage](t, o.as(t, functiontest.Sue, "PUT", path, `{"title":"A","text":"z","public":true}`))
	assert.Empty(t, newest.Shortcut)

	require.Equal(t, http.StatusNoContent, o.as(t, functiontest.Sue, "DELETE", path, "").Status)
	assert.Empty(t, o.canned(t, functiontest.Ben))
	assert.Equal(t, http.StatusNotFound, o.as(t, functiontest.Sue, "DELETE", path, "").Status)
	assert.Equal(t, http.StatusNotFound, o.as(t, functiontest.Sue, "PUT", path, `{"title":"A","text":"z"}`).Status)
}

func TestS29AShortcutNamesOneMessage(t *testing.T) {
	t.Parallel()
	o := open(t)
	o.can(t, functiontest.Ana, `{"title":"A","text":"x","shortcut":"hello"}`)
	other := o.can(t, functiontest.Ana, `{"title":"B","text":"x","shortcut":"bye"}`)
	o.can(t, functiontest.Ben, `{"title":"A","text":"x","shortcut":"hello"}`)
	for _, got := range []answer{
		o.as(t, functiontest.Ana, "POST", cannedPath, `{"title":"C","text":"x","shortcut":"hello"}`),
		o.as(t, functiontest.Ana, "PUT", cannedPath+"/"+other.ID, `{"title":"B","text":"x","shortcut":"hello","version":1}`),
	} {
		assert.Equal(t, http.StatusConflict, got.Status)
		assert.Equal(t, "/problems/shortcut-taken", got.problem(t).Type)
	}
	assert.Len(t, o.canned(t, functiontest.Ana), 2)
}

func TestCannedMessagesHaveALimit(t *testing.T) {
	t.Parallel()
	o := open(t)
	for range 200 {
		require.NoError(t, o.Store.SaveCannedMessage(t.Context(), nil, &center.CannedMessage{
			ID: center.NewID(center.PrefixCanned, o.Now()), OwnerID: functiontest.Sue, Title: "A", Text: strings.Repeat("x", 100),
		}))
	}
	full := o.as(t, functiontest.Sue, "POST", cannedPath, `{"title":"A","text":"x"}`)
	assert.Equal(t, "/problems/canned-messages-full", full.problem(t).Type)
	o.can(t, functiontest.Sue, `{"title":"A","text":"x","public":true}`)
	o.can(t, functiontest.Ana, `{"title":"A","text":"x"}`)
}
