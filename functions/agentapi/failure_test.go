package agentapi_test

import (
	"errors"
	"net/http"
	"testing"

	"github.com/stretchr/testify/assert"

	"guichet/functions/internal/functiontest"
)

func TestInternalErrorsStayHidden(t *testing.T) {
	t.Parallel()
	o := open(t)
	o.Ready(t, functiontest.Ana)
	c := o.Talk(t, "CA1", functiontest.Ana)
	o.Phone.FailWith = errors.New("password is hunter2")
	got := o.as(t, functiontest.Ana, "POST", "/api/contacts/"+c.ID+"/end", "")
	assert.Equal(t, http.StatusInternalServerError, got.Status)
	assert.Equal(t, "/problems/internal", got.problem(t).Type)
	assert.NotContains(t, string(got.Body), "hunter2")
	assert.Equal(t, c, o.Contact(t, c.ID), "the call goes on")
}
