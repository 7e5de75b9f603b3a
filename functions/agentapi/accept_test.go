package agentapi_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/functions/internal/functiontest"
)

// Two tabs that accept at once bring the caller to the agent once; who accepts later, because nothing happens, does so again.
func TestAnAcceptanceThatComesTwiceJoinsOnce(t *testing.T) {
	t.Parallel()
	c := functiontest.New(t)
	c.Ready(t, functiontest.Ana)
	call := c.Call(t, "CA1")
	accept := func() string {
		_, err := c.Accept(t.Context(), functiontest.Ana, call.ID, call.Offer.ID)
		require.NoError(t, err)
		return c.Phone.Ticket(call.ID)
	}
	first := accept()
	require.NotEmpty(t, first)
	assert.Equal(t, first, accept())
	c.Pass(2 * time.Second)
	assert.NotEqual(t, first, accept())
}
