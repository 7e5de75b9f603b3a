package agentapi_test

import (
	"errors"
	"net/http"
	"net/url"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/functions/internal/functiontest"
	"guichet/shared/center"
	"guichet/shared/deskapi"
	"guichet/shared/mediaapi"
)

func (o *office) plays(t *testing.T, person string, c *center.Contact, recordingID, more string) answer {
	t.Helper()
	id := center.NewID(center.PrefixPlay, o.Now())
	return o.as(t, person, "POST", "/api/contacts/"+c.ID+"/playback", `{"id":"`+id+`","recordingId":"`+recordingID+`"`+more+`}`)
}

func TestS27ARecordedMessageIsPlayedIntoTheCall(t *testing.T) {
	t.Parallel()
	o := open(t)
	o.Ready(t, functiontest.Ana)
	c := o.Talk(t, "CA1", functiontest.Ana)
	message := o.record(t, functiontest.Ana, "Hours")
	playing := decode[deskapi.Contact](t, o.plays(t, functiontest.Ana, c, message.ID, ""))
	want := &deskapi.Playback{ID: playing.Playback.ID, RecordingID: message.ID, Name: "Hours", At: o.Now(), Until: o.Now().Add(time.Second)}
	assert.Equal(t, want, playing.Playback)
	told := o.Node.Commands()
	require.Len(t, told, 1)
	assert.Equal(t, mediaapi.ActionPlay, told[0].Action)
	assert.Equal(t, []string{c.ID, want.ID}, []string{told[0].ContactID, told[0].PlaybackID})
	sound, status := link{URL: told[0].SoundURL}.status(t)
	assert.Equal(t, http.StatusOK, status)
	assert.Contains(t, sound, "WAVE")
	if u, err := url.Parse(told[0].SoundURL); assert.NoError(t, err) {
		assert.NotEmpty(t, u.Query().Get("X-Amz-Expires"), "the link lasts minutes")
	}

	again := decode[deskapi.Contact](t, o.as(t, functiontest.Ana, "POST", "/api/contacts/"+c.ID+"/playback",
		`{"id":"`+want.ID+`","recordingId":"`+message.ID+`"}`))
	assert.Equal(t, playing.Version, again.Version, "asked twice, it plays once")

	stopped := decode[deskapi.Contact](t, o.as(t, functiontest.Ana, "DELETE", "/api/contacts/"+c.ID+"/playback/"+want.ID, ""))
	assert.Nil(t, stopped.Playback)
	told = o.Node.Commands()
	assert.Equal(t, mediaapi.Command{ContactID: c.ID, Action: mediaapi.ActionStop, PlaybackID: want.ID}, told[len(told)-1])
	require.NoError(t, o.Played(t.Context(), c.ID, want.ID, false))
	assert.True(t, o.Contact(t, c.ID).Live())
}

func TestS28TheCallEndsAfterTheMessage(t *testing.T) {
	t.Parallel()
	o := open(t)
	o.Ready(t, functiontest.Ana)
	message := o.record(t, functiontest.Ana, "Goodbye")
	c := o.Talk(t, "CA1", functiontest.Ana)
	playing := decode[deskapi.Contact](t, o.plays(t, functiontest.Ana, c, message.ID, `,"thenEnd":true`))
	require.NoError(t, o.Played(t.Context(), c.ID, "pl_another", false))
	assert.True(t, o.Contact(t, c.ID).Live(), "that was another message")
	require.NoError(t, o.Played(t.Context(), c.ID, playing.Playback.ID, false))
	require.NoError(t, o.Played(t.Context(), c.ID, playing.Playback.ID, false))
	assert.Equal(t, center.OutcomeHandled, o.Contact(t, c.ID).Outcome)
	assert.Equal(t, []string{"CA1"}, o.Phone.HungUp())
	assert.NotNil(t, o.Agent(t, functiontest.Ana).WrapUp)
}

func TestS28AMessageThatCannotBePlayedEndsNothing(t *testing.T) {
	t.Parallel()
	o := open(t)
	o.Ready(t, functiontest.Ana)
	message := o.record(t, functiontest.Ana, "Goodbye")
	c := o.Talk(t, "CA1", functiontest.Ana)
	playing := decode[deskapi.Contact](t, o.plays(t, functiontest.Ana, c, message.ID, `,"thenEnd":true`))
	require.NoError(t, o.Played(t.Context(), c.ID, playing.Playback.ID, true))
	assert.True(t, o.Contact(t, c.ID).Live())
	assert.Nil(t, o.Contact(t, c.ID).Playback)

	for fault, want := range map[error]int{mediaapi.ErrNoCall: http.StatusConflict, errors.New("no node"): http.StatusInternalServerError} {
		o.Node.FailWith = fault
		assert.Equal(t, want, o.plays(t, functiontest.Ana, c, message.ID, `,"thenEnd":true`).Status)
		assert.Nil(t, o.Contact(t, c.ID).Playback, "it does not look as if it played")
	}
}

func TestWhatCannotBePlayed(t *testing.T) {
	t.Parallel()
	o := open(t)
	o.Ready(t, functiontest.Ana)
	message := o.record(t, functiontest.Ana, "Hours")
	ringing := o.Call(t, "CA1")
	assert.Equal(t, http.StatusNotFound, o.plays(t, functiontest.Ana, ringing, message.ID, "").Status)
	_, err := o.Accept(t.Context(), functiontest.Ana, ringing.ID, ringing.Offer.ID)
	require.NoError(t, err)
	assert.Equal(t, "/problems/not-connected", o.plays(t, functiontest.Ana, ringing, message.ID, "").problem(t).Type)
	require.NoError(t, o.Joined(t.Context(), ringing.ID, functiontest.Ana, o.Now()))
	assert.Equal(t, "/problems/recording-unknown", o.plays(t, functiontest.Ana, ringing, "rc_none", "").problem(t).Type)
	others := o.record(t, functiontest.Ben, "Mine")
	assert.Equal(t, "/problems/recording-unknown", o.plays(t, functiontest.Ana, ringing, others.ID, "").problem(t).Type)
	assert.Equal(t, "/problems/contact-unknown", o.plays(t, functiontest.Ben, ringing, others.ID, "").problem(t).Type)
	require.Equal(t, http.StatusOK, o.as(t, functiontest.Ana, "PUT", "/api/recordings/"+message.ID, `{"name":"Hours","archived":true}`).Status)
	assert.Equal(t, "/problems/recording-archived", o.plays(t, functiontest.Ana, ringing, message.ID, "").problem(t).Type)
	assert.Empty(t, o.Node.Commands())
}
