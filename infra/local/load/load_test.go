package load_test

import (
	"context"
	"iter"
	"log/slog"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/infra/local/center"
	"guichet/infra/local/day"
	"guichet/infra/local/dynamo/dynamotest"
	"guichet/infra/local/load"
	"guichet/infra/local/seed"
)

// run starts a centre of its own, whose waits are short.
func run(t *testing.T) (*center.Center, seed.Centre) {
	t.Helper()
	s := seed.Default()
	s.SetTimes(0, 2*time.Second, 2*time.Second)
	c, err := center.Start(t.Context(), center.Options{
		DynamoDB: dynamotest.Endpoint(t), Table: dynamotest.Table(t), Seed: &s, Log: slog.New(slog.DiscardHandler),
		Dashboard: os.DirFS("../../../dashboard/public"), // the hold music
	})
	require.NoError(t, err)
	t.Cleanup(c.Close)
	return c, s
}

// morning is a busy hour.
func morning(s seed.Centre, calls float64) ([]day.Visit, time.Time) {
	from := time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
	return load.Playable(day.Of(s, 1, calls)).Between(from, from.Add(time.Hour)), from
}

func TestAMorningLosesNothing(t *testing.T) {
	t.Parallel()
	const speed = 240
	c, s := run(t)
	visits, from := morning(s, 180)
	agents := 0
	notes, err := load.Run(t.Context(), load.Options{
		URL: c.URL(), Supervisor: "sam", Speed: speed, Reached: true, Settle: true,
		Visits: func(n int) iter.Seq[load.Due] {
			agents = n
			return load.Compressed(visits, from, time.Now(), speed)
		},
	})
	require.NoError(t, err)
	var printed strings.Builder
	notes.Print(&printed)
	t.Log("\n" + printed.String())
	assert.Zero(t, notes.Broken())
	assert.Equal(t, len(s.Agents), agents)
	assert.Contains(t, printed.String(), "0  lost or broken")
	for _, what := range []string{"calls placed to queues", "calls answered by agents", "customers who wrote", "answers written", "chats resolved"} {
		assert.Positive(t, notes.Count(what), what)
	}
	left(t, c, s)
}

// left sees that agents are as they were, and that no call goes on.
func left(t *testing.T, c *center.Center, s seed.Centre) {
	t.Helper()
	for _, call := range c.Simulator().Calls() {
		assert.True(t, call.Ended(), call.SID())
	}
	for _, a := range s.Agents {
		require.EventuallyWithT(t, func(check *assert.CollectT) {
			now, err := c.Store().Agent(t.Context(), a.ID, true)
			require.NoError(check, err)
			assert.Equal(check, []any{"", false, false, 0}, []any{now.ContactID, now.WrapUp != nil, now.Online(), len(now.Joined())}, a.ID)
		}, 20*time.Second, 10*time.Millisecond)
	}
}

func TestALoadThatIsInterruptedEndsItsCalls(t *testing.T) {
	t.Parallel()
	c, s := run(t)
	visits, from := morning(s, 400)
	ctx, interrupt := context.WithCancel(t.Context())
	notes, err := load.Run(ctx, load.Options{
		URL: c.URL(), Supervisor: "sam", Agents: []string{"camille", "alex"}, Speed: 60, Settle: true,
		Visits: func(int) iter.Seq[load.Due] {
			time.AfterFunc(4*time.Second, interrupt)
			return load.Compressed(visits, from, time.Now(), 60)
		},
	})
	require.NoError(t, err)
	assert.Zero(t, notes.Broken())
	assert.Positive(t, notes.Count("calls placed to queues"))
	left(t, c, s)
}

func TestALoadIsForThisMachineOnly(t *testing.T) {
	t.Parallel()
	for _, origin := range []string{"http://192.0.2.1:8080", "https://localhost:8080", "http://example.org", "localhost:8080", "http://localhost.example.org", "http://localhost:8080/desk"} {
		_, err := load.Run(t.Context(), load.Options{URL: origin})
		assert.Error(t, err, origin)
	}
	for _, origin := range []string{"http://localhost:8080", "http://127.0.0.1:1/", "http://[::1]:8080"} {
		checked, err := load.Loopback(origin)
		require.NoError(t, err)
		assert.Equal(t, strings.TrimSuffix(origin, "/"), checked)
	}
}

func TestALoadSaysWhenNobodyIsThere(t *testing.T) {
	t.Parallel()
	_, err := load.Run(t.Context(), load.Options{URL: "http://127.0.0.1:1", Supervisor: "sam"})
	require.ErrorContains(t, err, "no centre answers at http://127.0.0.1:1")
}
