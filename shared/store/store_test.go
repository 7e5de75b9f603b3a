package store_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/infra/local/dynamo/dynamotest"
	"guichet/shared/center"
	"guichet/shared/store"
	"guichet/shared/store/storetest"
)

var noon = time.Date(2026, 11, 22, 12, 0, 0, 123e6, time.UTC)

func open(t *testing.T) *store.Store {
	t.Helper()
	return storetest.Open(t, dynamotest.Endpoint(t), dynamotest.Table(t))
}

// fullContact has a value in every field.
func fullContact() *center.Contact {
	return &center.Contact{
		ID: "ct_1", Kind: center.KindInbound, State: center.StateOffered, Outcome: center.OutcomeHandled, QueueID: "q1",
		Priority: 3, From: "+33123456789", To: "+33800000000", CallerName: "Zoé", CallSID: "CA1",
		EnteredAt: noon, AcceptedAt: noon.Add(1e9), ConnectedAt: noon.Add(2e9), EndedAt: noon.Add(3e9),
		MovedAt: noon.Add(7e9), AnsweredAt: noon.Add(8e9), CallbackAt: noon.Add(9e9), LeftAt: noon.Add(10e9),
		HoldTime: 3 * time.Second, HoldBefore: 2 * time.Second,
		Offer:   &center.Offer{ID: "of_1", AgentID: "ada", At: noon.Add(4e9), ExpiresAt: noon.Add(5e9)},
		AgentID: "bob", Asked: []string{"bob", "ada"}, Declined: map[string]time.Time{"cleo": noon.Add(6e9)},
	}
}

// fullAgent has a value in every field.
func fullAgent() *center.Agent {
	return &center.Agent{
		ID: "ada", Name: "Ada", Role: center.RoleAdmin, Language: "fr", Queues: []string{"q1", "q2"},
		Memberships: map[string]center.Membership{
			"q1": {Status: center.StatusPaused, Reason: "lunch", Since: noon, By: "sue"}, "q2": {Status: center.StatusReady, Since: noon.Add(1e9)},
		},
		ContactID: "ct_1", WrapUp: &center.WrapUp{ContactID: "ct_0", QueueID: "q2", Since: noon, Until: noon.Add(1e9), AcceptedAt: noon.Add(-2e9), EnteredAt: noon.Add(-3e9)},
		Next:        &center.NextStatus{Status: center.StatusPaused, Reason: "break", By: "sue"},
		WrappedUpAt: noon.Add(-4e9), IdleSince: noon, Connections: []string{"k1", "k2"}, AudioID: "s1",
	}
}

// waiting is a contact of a queue that entered the line some seconds after noon.
func waiting(queue string, priority, seconds int) *center.Contact {
	return &center.Contact{
		ID: fmt.Sprintf("ct_%s_%d_%d", queue, priority, seconds), State: center.StateWaiting, QueueID: queue, Priority: priority,
		EnteredAt: noon.Add(time.Duration(seconds) * time.Second),
	}
}

// available is an agent who can be offered contacts of the queues, idle since some seconds after noon.
func available(id string, seconds int, queues ...string) *center.Agent {
	a := &center.Agent{ID: id, Queues: queues, Connections: []string{"k-" + id}}
	_ = a.SetStatus(queues, center.StatusReady, "", noon.Add(time.Duration(seconds)*time.Second))
	return a
}

func admit(t *testing.T, s *store.Store, contacts ...*center.Contact) {
	t.Helper()
	for _, c := range contacts {
		require.NoError(t, s.Admit(context.Background(), c))
	}
}

func save(t *testing.T, s *store.Store, agents ...*center.Agent) {
	t.Helper()
	for _, a := range agents {
		require.NoError(t, s.Commit(context.Background(), store.Change{Agent: a}))
	}
}

// line lists the contacts of a queue's places.
func line(t *testing.T, s *store.Store, queue string, want int) []string {
	t.Helper()
	places, err := s.Waiting(context.Background(), queue, want)
	require.NoError(t, err)
	var ids []string
	for _, p := range places {
		ids = append(ids, p.ContactID)
	}
	return ids
}

func TestContactRoundTrip(t *testing.T) {
	t.Parallel()
	ctx, s := context.Background(), open(t)
	for name, c := range map[string]*center.Contact{
		"full": fullContact(), "bare": {ID: "ct_2", QueueID: "q1", State: center.StateWaiting, EnteredAt: noon},
	} {
		require.NoError(t, s.Commit(ctx, store.Change{Contact: c}), name)
		assert.EqualValues(t, 1, c.Version, "written once")
		for _, consistent := range []bool{true, false} {
			read, err := s.Contact(ctx, c.ID, consistent)
			require.NoError(t, err)
			assert.Equal(t, c, read, name)
		}
	}
	_, err := s.Contact(ctx, "ct_none", true)
	assert.Equal(t, center.NotFound, center.CodeOf(err))
}

func TestAgentRoundTrip(t *testing.T) {
	t.Parallel()
	ctx, s := context.Background(), open(t)
	bare := &center.Agent{ID: "bob", Queues: []string{}, Memberships: map[string]center.Membership{}}
	save(t, s, fullAgent(), bare, available("cleo", 0, "q1", "q2"))
	read, err := s.Agent(ctx, "ada", true)
	require.NoError(t, err)
	want := fullAgent()
	want.Version = 1
	assert.Equal(t, want, read)
	read, err = s.Agent(ctx, "bob", false)
	require.NoError(t, err)
	assert.Equal(t, bare, read)
	all, err := s.Agents(ctx)
	require.NoError(t, err)
	assert.Len(t, all, 3)
	assert.Equal(t, []string{"ada", "bob", "cleo"}, ids(all))
	_, err = s.Agent(ctx, "nobody", true)
	assert.Equal(t, center.NotFound, center.CodeOf(err))
}

func ids(agents []*center.Agent) []string {
	var all []string
	for _, a := range agents {
		all = append(all, a.ID)
	}
	return all
}

func TestTicketsAreGoodOnce(t *testing.T) {
	t.Parallel()
	ctx, s := context.Background(), open(t)
	require.NoError(t, s.UseTicket(ctx, "tk_1", noon))
	assert.ErrorIs(t, s.UseTicket(ctx, "tk_1", noon), store.ErrStale, "the very same use again is no repeat of ours")
	assert.NoError(t, s.UseTicket(ctx, "tk_2", noon))
}

func TestConnections(t *testing.T) {
	t.Parallel()
	ctx, s := context.Background(), open(t)
	k := store.Connection{ID: "k1", AgentID: "ada", Role: center.RoleSupervisor, LeaseUntil: noon}
	require.NoError(t, s.AddConnection(ctx, k))
	read, err := s.Connection(ctx, "k1")
	require.NoError(t, err)
	assert.Equal(t, k, read)

	k.LeaseUntil = noon.Add(time.Minute)
	renewed, err := s.RenewConnection(ctx, "k1", k.LeaseUntil)
	require.NoError(t, err)
	assert.Equal(t, k, renewed)
	_, err = s.RenewConnection(ctx, "k2", noon)
	assert.Equal(t, center.NotFound, center.CodeOf(err))

	require.NoError(t, s.AddConnection(ctx, store.Connection{ID: "k0", AgentID: "bob", Role: center.RoleAgent, LeaseUntil: noon}))
	all, err := s.Connections(ctx)
	require.NoError(t, err)
	assert.Equal(t, []store.Connection{{ID: "k0", AgentID: "bob", Role: center.RoleAgent, LeaseUntil: noon}, k}, all)

	require.NoError(t, s.RemoveConnection(ctx, "k1"))
	require.NoError(t, s.RemoveConnection(ctx, "k1"), "unknown by now")
	_, err = s.Connection(ctx, "k1")
	assert.Equal(t, center.NotFound, center.CodeOf(err))
}

func TestDirectoryIsKeptForAWhile(t *testing.T) {
	t.Parallel()
	ctx, s := context.Background(), open(t)
	dir := &store.Directory{
		Settings: center.Settings{Name: "Centre", PauseReasons: []string{"lunch"}, ParkGrace: time.Second, DeclineRest: time.Minute},
		Queues: map[string]center.Queue{
			"q1": {ID: "q1", Name: "Sales", Kind: center.QueueVoice, Priority: 1, Ring: time.Second, WrapUp: time.Second, MaxWait: time.Second, Language: "fr"},
			"q2": {ID: "q2", Name: "Repairs", Kind: center.QueueVoice},
		},
		Lines:   map[string]center.Line{"+33800000001": {Number: "+33800000001", Label: "Ada", AgentID: "ada"}},
		Numbers: map[string]string{"+33800000000": "q1"}, Inboxes: map[string]string{"sms:+33800000000": "q1"}, Widgets: map[string]center.Widget{"key": {Key: "key"}},
	}
	require.NoError(t, s.SaveDirectory(ctx, dir))
	directories, meter := store.NewDirectories(s), &store.Meter{}
	ctx = store.WithMeter(ctx, meter)
	read, err := directories.Directory(ctx)
	require.NoError(t, err)
	assert.Equal(t, dir, read)
	assert.Equal(t, []string{"q2", "q1"}, read.QueueIDs(), "by name")
	_, err = read.Queue("q3")
	assert.Equal(t, center.NotFound, center.CodeOf(err))

	dir.Settings.Name = "Other"
	require.NoError(t, s.SaveDirectory(context.Background(), dir))
	again, err := directories.Directory(ctx)
	require.NoError(t, err)
	assert.Same(t, read, again, "not read again")
	assert.Zero(t, meter.Usage().Requests, "and charged to no contact")
}
