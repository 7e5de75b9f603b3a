package store_test

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/infra/local/dynamo/dynamotest"
	"guichet/shared/center"
	"guichet/shared/store"
	"guichet/shared/store/storetest"
)

func TestCommitIsConditionalOnTheVersion(t *testing.T) {
	t.Parallel()
	ctx, s := context.Background(), open(t)
	c, a := waiting("q1", 1, 0), available("ada", 0, "q1")
	admit(t, s, c)
	save(t, s, a)
	staleContact, staleAgent := *c, *a
	c.From, a.Name = "+1", "Ada"
	require.NoError(t, s.Commit(ctx, store.Change{Contact: c}))
	require.NoError(t, s.Commit(ctx, store.Change{Agent: a}))
	assert.EqualValues(t, 2, c.Version)

	tests := []struct {
		name        string
		change      store.Change
		contactSide bool
	}{
		{"a contact", store.Change{Contact: &staleContact}, false},
		{"an agent", store.Change{Agent: &staleAgent}, false},
		{"a pair by its contact", store.Change{Contact: &staleContact, Agent: a}, true},
		{"a pair by its agent", store.Change{Contact: c, Agent: &staleAgent}, false},
		{"a pair by both", store.Change{Contact: &staleContact, Agent: &staleAgent, Leave: &staleContact}, true},
		{"a return to the line", store.Change{Contact: c, Agent: &staleAgent, Enter: true}, false},
		{"a second creation", store.Change{Contact: &center.Contact{ID: c.ID, QueueID: "q1", EnteredAt: noon}}, false},
	}
	for _, test := range tests {
		err := s.Commit(ctx, test.change)
		assert.ErrorIs(t, err, store.ErrStale, test.name)
		if test.contactSide {
			assert.ErrorIs(t, err, store.ErrStaleContact, test.name)
		} else {
			assert.NotErrorIs(t, err, store.ErrStaleContact, test.name)
		}
	}
	read, err := s.Contact(ctx, c.ID, true)
	require.NoError(t, err)
	assert.Equal(t, c, read, "nothing of a stale change was written")
	assert.Equal(t, []string{c.ID}, line(t, s, "q1", 5))
	assert.EqualValues(t, 1, staleContact.Version, "the version of what was not written stays")
}

func TestPlacesComeAndGoWithTheContact(t *testing.T) {
	t.Parallel()
	ctx, s := context.Background(), open(t)
	c, a := waiting("q1", 1, 0), available("ada", 0, "q1")
	admit(t, s, c)
	save(t, s, a)
	require.NoError(t, s.Commit(ctx, store.Change{Contact: c, Agent: a, Leave: c}))
	assert.Empty(t, line(t, s, "q1", 5))
	require.NoError(t, s.Commit(ctx, store.Change{Contact: c, Agent: a, Enter: true}))
	assert.Equal(t, []string{c.ID}, line(t, s, "q1", 5))
	require.NoError(t, s.LeaveLine(ctx, c))
	assert.Empty(t, line(t, s, "q1", 5))
}

func TestARepeatedAdmissionLeavesEverythingAsItWas(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		repeat int // seconds after the first
		then   center.State
		places int
	}{
		{"in the same millisecond", 0, center.StateWaiting, 1},
		{"later", 5, center.StateWaiting, 1},
		{"in the same millisecond, after the end", 0, center.StateEnded, 0},
		{"later, after the end", 5, center.StateEnded, 0},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			ctx, s := context.Background(), open(t)
			first := waiting("q1", 1, 0)
			admit(t, s, first)
			if test.then == center.StateEnded {
				first.End(center.OutcomeAbandoned, noon)
				require.NoError(t, s.Commit(ctx, store.Change{Contact: first}))
				require.NoError(t, s.LeaveLine(ctx, first))
			}
			repeat := waiting("q1", 1, test.repeat)
			repeat.ID, repeat.From = first.ID, "+33123456789"
			assert.ErrorIs(t, s.Admit(ctx, repeat), store.ErrStale)
			read, err := s.Contact(ctx, first.ID, true)
			require.NoError(t, err)
			assert.Equal(t, first, read)
			assert.Len(t, line(t, s, "q1", 5), test.places)
		})
	}
}

// repeater sends a write twice and shows the second answer, as the SDK does when the first one is lost on the way.
type repeater struct {
	on      atomic.Bool
	repeats atomic.Int32
}

func (r *repeater) Do(request *http.Request) (*http.Response, error) {
	body, err := io.ReadAll(request.Body)
	if err != nil {
		return nil, err
	}
	if r.on.Load() && !strings.HasSuffix(request.Header.Get("X-Amz-Target"), "GetItem") {
		first := request.Clone(request.Context())
		first.Body = io.NopCloser(bytes.NewReader(body))
		response, err := http.DefaultClient.Do(first)
		if err != nil {
			return nil, err
		}
		_ = response.Body.Close()
		r.repeats.Add(1)
	}
	request.Body = io.NopCloser(bytes.NewReader(body))
	return http.DefaultClient.Do(request)
}

func TestAWriteWhoseAnswerGotLostSucceeds(t *testing.T) {
	t.Parallel()
	table, endpoint, repeater := dynamotest.Table(t), dynamotest.Endpoint(t), &repeater{}
	storetest.Open(t, endpoint, table)
	s := store.New(storetest.Client(endpoint, func(o *dynamodb.Options) { o.HTTPClient = repeater }), table)
	ctx := context.Background()
	c, a := waiting("q1", 1, 0), available("ada", 0, "q2", "q1")
	repeater.on.Store(true)
	admit(t, s, c)
	save(t, s, a)
	c.From, a.Name = "+1", "Ada"
	require.NoError(t, s.Commit(ctx, store.Change{Contact: c}))
	require.NoError(t, s.Commit(ctx, store.Change{Agent: a}))
	require.NoError(t, s.Commit(ctx, store.Change{Contact: c, Agent: a, Leave: c}))
	repeater.on.Store(false)
	assert.EqualValues(t, 6, repeater.repeats.Load(), "every write was repeated")
	read, err := s.Agent(ctx, "ada", true)
	require.NoError(t, err)
	assert.EqualValues(t, 3, read.Version, "and done once")
	assert.Equal(t, a, read)
}

func TestForget(t *testing.T) {
	t.Parallel()
	ctx, s := context.Background(), open(t)
	c := waiting("q1", 1, 0)
	admit(t, s, c)
	places, err := s.Waiting(ctx, "q1", 1)
	require.NoError(t, err)
	place := places[0]
	assert.Equal(t, []any{c.ID, "q1", 1, c.EnteredAt}, []any{place.ContactID, place.QueueID, place.Priority, place.EnteredAt})

	require.NoError(t, s.Forget(ctx, place, nil))
	assert.NotEmpty(t, line(t, s, "q1", 1), "there is a contact by now")
	asRead := *c
	require.NoError(t, s.Commit(ctx, store.Change{Contact: c, Enter: true}))
	require.NoError(t, s.Forget(ctx, place, &asRead))
	assert.NotEmpty(t, line(t, s, "q1", 1), "the contact has changed since: it may wait again")

	meter := &store.Meter{}
	require.NoError(t, s.Forget(store.WithMeter(ctx, meter), place, c))
	assert.Empty(t, line(t, s, "q1", 1))
	assert.Equal(t, 1, meter.Usage().Requests)

	gone := waiting("q1", 1, 9)
	admit(t, s, gone)
	places, err = s.Waiting(ctx, "q1", 1)
	require.NoError(t, err)
	other := places[0]
	other.ContactID = "ct_none"
	require.NoError(t, s.Forget(ctx, other, nil))
	assert.Empty(t, line(t, s, "q1", 1), "a place without a contact")
}

func TestMeterCountsWhatItIsGiven(t *testing.T) {
	t.Parallel()
	s, meter := open(t), &store.Meter{}
	ctx := store.WithMeter(context.Background(), meter)
	require.NoError(t, s.Admit(ctx, waiting("q1", 1, 0)))
	assert.Equal(t, store.Usage{Requests: 2, WriteUnits: 2}, meter.Usage(), "two plain writes")
	_, err := s.Contact(ctx, waiting("q1", 1, 0).ID, true)
	require.NoError(t, err)
	_, err = s.Contact(ctx, waiting("q1", 1, 0).ID, false)
	require.NoError(t, err)
	assert.Equal(t, store.Usage{Requests: 4, WriteUnits: 2, ReadUnits: 1.5}, meter.Usage())
	_, err = s.Waiting(context.Background(), "q1", 1)
	require.NoError(t, err, "no meter, no count")
	assert.Equal(t, 4, meter.Usage().Requests)
}
