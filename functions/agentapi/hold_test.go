package agentapi_test

import (
	"errors"
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"guichet/functions/internal/functiontest"
	"guichet/shared/center"
	"guichet/shared/deskapi"
	"guichet/shared/mediaapi"
)

func TestP1Hold(t *testing.T) {
	t.Parallel()
	o := open(t)
	o.Ready(t, functiontest.Ana)
	c := o.Talk(t, "CA1", functiontest.Ana)
	set := func(on string) answer {
		return o.as(t, functiontest.Ana, "PUT", "/api/contacts/"+c.ID+"/hold", `{"on":`+on+`}`)
	}
	held := decode[deskapi.Contact](t, set("true"))
	assert.Equal(t, o.Now(), *held.HeldAt)
	assert.Equal(t, held, decode[deskapi.Contact](t, set("true")), "a double click")
	o.Pass(time.Minute)
	resumed := decode[deskapi.Contact](t, set("false"))
	assert.Nil(t, resumed.HeldAt)
	assert.Equal(t, time.Minute, o.Contact(t, c.ID).HoldTime)
	assert.Equal(t, []mediaapi.Command{
		{ContactID: c.ID, Action: mediaapi.ActionHold, Version: held.Version},
		{ContactID: c.ID, Action: mediaapi.ActionHold, Version: held.Version},
		{ContactID: c.ID, Action: mediaapi.ActionResume, Version: resumed.Version},
	}, o.Node.Commands())

	set("true")
	o.Pass(time.Minute)
	_, err := o.CallerLeft(t.Context(), c.ID)
	assert.NoError(t, err)
	assert.Equal(t, 2*time.Minute, o.Contact(t, c.ID).HoldTime, "the end counts, too")
	assert.Equal(t, http.StatusNotFound, set("true").Status)
}

func TestP1NobodyIsOnHoldWhomTheNodeHasNot(t *testing.T) {
	t.Parallel()
	o := open(t)
	o.Ready(t, functiontest.Ana)
	c := o.Talk(t, "CA1", functiontest.Ana)
	for fault, want := range map[error]int{mediaapi.ErrNoCall: http.StatusConflict, errors.New("no node"): http.StatusInternalServerError} {
		o.Node.FailWith = fault
		assert.Equal(t, want, o.as(t, functiontest.Ana, "PUT", "/api/contacts/"+c.ID+"/hold", `{"on":true}`).Status)
		assert.False(t, o.Contact(t, c.ID).OnHold())
	}
}

func TestP1Digits(t *testing.T) {
	t.Parallel()
	o := open(t)
	o.Ready(t, functiontest.Ana)
	c := o.Talk(t, "CA1", functiontest.Ana)
	id := center.NewID(center.PrefixPlay, o.Now())
	press := func(person, digits string) answer {
		return o.as(t, person, "POST", "/api/contacts/"+c.ID+"/digits", `{"id":"`+id+`","digits":"`+digits+`"}`)
	}
	assert.Equal(t, http.StatusNoContent, press(functiontest.Ana, "12*#").Status)
	assert.Equal(t, []mediaapi.Command{{ContactID: c.ID, Action: mediaapi.ActionDigits, PlaybackID: id, Digits: "12*#"}}, o.Node.Commands())
	assert.Equal(t, http.StatusUnprocessableEntity, press(functiontest.Ana, "12w").Status)
	assert.Equal(t, "/problems/contact-unknown", press(functiontest.Ben, "1").problem(t).Type)
}
