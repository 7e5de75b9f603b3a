package store_test

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/sync/errgroup"

	"guichet/infra/local/dynamo/dynamotest"
	"guichet/shared/center"
	"guichet/shared/store"
	"guichet/shared/store/storetest"
)

func TestEnsureAgentKeepsTheState(t *testing.T) {
	t.Parallel()
	ctx, s := context.Background(), open(t)
	save(t, s, fullAgent())
	profile := &center.Agent{ID: "ada", Name: "Ada L.", Role: center.RoleAgent, Language: "en", Queues: []string{"q2"}}
	require.NoError(t, s.EnsureAgent(ctx, profile))
	require.NoError(t, s.EnsureAgent(ctx, &center.Agent{ID: "new", Name: "New"}))
	want := fullAgent()
	want.Name, want.Role, want.Language, want.Queues, want.Version = "Ada L.", center.RoleAgent, "en", []string{"q2"}, 2
	delete(want.Memberships, "q1") // which is no longer theirs
	read, err := s.Agent(ctx, "ada", true)
	require.NoError(t, err)
	assert.Equal(t, want, read)
	_, err = s.Agent(ctx, "new", true)
	assert.NoError(t, err)
}

func TestAProfileThatIsSoAlreadyIsNotWritten(t *testing.T) {
	t.Parallel()
	meter, s := &store.Meter{}, open(t)
	profile := func() *center.Agent {
		return &center.Agent{ID: "ada", Name: "Ada", Role: center.RoleAgent, Language: "fr", Queues: []string{"q1", "q2"}, Levels: map[string]int{"q1": 2}}
	}
	require.NoError(t, s.EnsureAgent(t.Context(), profile()))
	require.NoError(t, s.EnsureAgent(t.Context(), &center.Agent{ID: "bob"}))
	require.NoError(t, s.EnsureAgent(store.WithMeter(t.Context(), meter), profile()))
	require.NoError(t, s.EnsureAgent(store.WithMeter(t.Context(), meter), &center.Agent{ID: "bob", Queues: []string{}}))
	assert.Zero(t, meter.Usage().WriteUnits)
	a, err := s.Agent(t.Context(), "ada", true)
	require.NoError(t, err)
	assert.EqualValues(t, 1, a.Version)
	for n, change := range []func(*center.Agent){
		func(a *center.Agent) { a.Name = "Ada L." }, func(a *center.Agent) { a.Role = center.RoleAdmin }, func(a *center.Agent) { a.Language = "en" },
		func(a *center.Agent) { a.Queues = a.Queues[:1] }, func(a *center.Agent) { a.Levels["q1"] = 3 },
	} {
		other := profile()
		change(other)
		require.NoError(t, s.EnsureAgent(t.Context(), other))
		a, err = s.Agent(t.Context(), "ada", true)
		require.NoError(t, err)
		assert.EqualValues(t, 2*n+2, a.Version)
		require.NoError(t, s.EnsureAgent(t.Context(), profile()), "and back")
	}
}

// meddler acts before each of the first writes that a store makes.
type meddler struct {
	times int
	act   func()
}

func (m *meddler) Do(r *http.Request) (*http.Response, error) {
	if m.times > 0 && strings.HasSuffix(r.Header.Get("X-Amz-Target"), "PutItem") {
		m.times--
		m.act()
	}
	return http.DefaultClient.Do(r)
}

func TestAProfileIsWrittenToOneWhoActs(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		acts int
		lost bool
	}{"three times": {3, false}, "all the time": {1000, true}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			table, endpoint, m := dynamotest.Table(t), dynamotest.Endpoint(t), &meddler{}
			s := storetest.Open(t, endpoint, table)
			save(t, s, available("ada", 0, "q1"))
			m.act = func() { toggle(t, s, "ada") }
			m.times = test.acts
			meddled := store.New(storetest.Client(endpoint, func(o *dynamodb.Options) { o.HTTPClient = m }), table)
			err := meddled.EnsureAgent(t.Context(), &center.Agent{ID: "ada", Name: "Ada", Queues: []string{"q1"}})
			if test.lost {
				require.ErrorIs(t, err, store.ErrStale, "it does not go on for ever")
				return
			}
			require.NoError(t, err)
			a, err := s.Agent(t.Context(), "ada", true)
			require.NoError(t, err)
			assert.Equal(t, "Ada", a.Name)
			assert.Equal(t, center.StatusPaused, a.StatusIn("q1").Status)
			assert.EqualValues(t, 1+3+1, a.Version)
		})
	}
}

// toggle makes an agent ready who is paused, and the other way round.
func toggle(t *testing.T, s *store.Store, id string) {
	t.Helper()
	assert.NoError(t, store.Retry(func(bool) error {
		a, err := s.Agent(context.Background(), id, true)
		if err != nil {
			return err
		}
		next := map[center.Status]center.Status{center.StatusReady: center.StatusPaused}[a.StatusIn("q1").Status]
		if next == "" {
			next = center.StatusReady
		}
		return errors.Join(a.SetStatus([]string{"q1"}, next, "", noon.Add(time.Duration(a.Version)*time.Second)), s.Commit(context.Background(), store.Change{Agent: a}))
	}))
}

// An agent goes ready and paused while names change: nothing of either is lost.
func TestProfilesAndStatusesDoNotLoseEachOther(t *testing.T) {
	t.Parallel()
	s := open(t)
	save(t, s, available("ada", 0, "q1"))
	const toggles, names = 41, 10
	var group errgroup.Group
	group.Go(func() error {
		for range toggles {
			toggle(t, s, "ada")
			time.Sleep(5 * time.Millisecond) // else ten attempts of either may meet the other's
		}
		return nil
	})
	group.Go(func() error {
		for n := range names {
			for _, id := range []string{"ada", "bob", "cleo", "dan", "eve"} { // a file has many people
				profile := &center.Agent{ID: id, Name: strings.Repeat("a", n+1), Queues: []string{"q1"}}
				err := s.EnsureAgent(context.Background(), profile)
				for errors.Is(err, store.ErrStale) { // nobody acts without a pause: who does is let alone for a while
					err = s.EnsureAgent(context.Background(), profile)
				}
				if err != nil {
					return err
				}
			}
		}
		return nil
	})
	require.NoError(t, group.Wait())
	a, err := s.Agent(t.Context(), "ada", true)
	require.NoError(t, err)
	assert.Equal(t, strings.Repeat("a", names), a.Name)
	assert.Equal(t, center.StatusPaused, a.StatusIn("q1").Status, "after an odd number of changes")
	assert.EqualValues(t, 1+toggles+names, a.Version, "each wrote once")
}

// Who loses the only queue in which they were ready is no longer idle, and their spell is over.
func TestASpellEndsWithItsQueue(t *testing.T) {
	t.Parallel()
	s := open(t)
	a := available("ada", 0, "q1")
	since := time.Now().Add(-time.Minute)
	a.Account(since, time.UTC)
	save(t, s, a)
	require.NoError(t, s.EnsureAgent(t.Context(), &center.Agent{ID: "ada", Queues: []string{"q2"}}))
	a, err := s.Agent(t.Context(), "ada", true)
	require.NoError(t, err)
	assert.Empty(t, a.Joined())
	assert.Zero(t, a.IdleSince)
	assert.Nil(t, a.Spell)
	require.NotEmpty(t, a.Over)
	var idle time.Duration
	for _, spell := range a.Over {
		idle += spell.Idle
	}
	assert.InDelta(t, time.Minute.Seconds(), idle.Seconds(), 30)
	require.NoError(t, s.EnsureAgent(t.Context(), &center.Agent{ID: "ada", Queues: []string{"q1", "q2"}}))
	a, err = s.Agent(t.Context(), "ada", true)
	require.NoError(t, err)
	assert.Empty(t, a.Joined(), "who gets a queue back joins it themselves")
}
