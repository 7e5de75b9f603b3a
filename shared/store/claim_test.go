package store_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/shared/center"
	"guichet/shared/store"
)

func scheduled(id string, due time.Time) *center.Contact {
	return &center.Contact{
		ID: id, Kind: center.KindCallback, State: center.StateScheduled, QueueID: "q1", From: "+33612345678", EnteredAt: noon, DueAt: due,
	}
}

func TestAClaimIsTakenOverOnlyAsItWasSeen(t *testing.T) {
	t.Parallel()
	ctx, s := context.Background(), open(t)
	claim := func(c *center.Contact, claim *store.Claim) error {
		return s.Commit(ctx, store.Change{Contact: c, Enter: true, Claim: claim})
	}
	_, err := s.Claimed(ctx, "number")
	assert.Equal(t, center.NotFound, center.CodeOf(err))
	first, second, third := scheduled("ct_1", noon), scheduled("ct_2", noon), scheduled("ct_3", noon)
	require.NoError(t, claim(first, &store.Claim{What: "number", ContactID: first.ID}))
	require.ErrorIs(t, claim(second, &store.Claim{What: "number", ContactID: second.ID}), store.ErrClaimed)
	_, err = s.Contact(ctx, second.ID, true)
	assert.Equal(t, center.NotFound, center.CodeOf(err), "nothing of the change is written")

	seen, err := s.Claimed(ctx, "number")
	require.NoError(t, err)
	assert.Equal(t, first.ID, seen.ContactID)
	require.NoError(t, claim(second, seen.TakenOver(second)))
	require.ErrorIs(t, claim(third, seen.TakenOver(third)), store.ErrClaimed, "somebody was faster")
	held, err := s.Claimed(ctx, "number")
	require.NoError(t, err)
	assert.Equal(t, second.ID, held.ContactID)
}

func TestTheScheduleTellsWhatIsDue(t *testing.T) {
	t.Parallel()
	ctx, s := context.Background(), open(t)
	for i, id := range []string{"ct_1", "ct_2", "ct_3"} {
		require.NoError(t, s.Commit(ctx, store.Change{Contact: scheduled(id, noon.Add(time.Duration(i)*time.Minute)), Enter: true}))
	}
	ids := func(at time.Time) []string {
		due, err := s.Due(ctx, "q1", at)
		require.NoError(t, err)
		var ids []string
		for _, p := range due {
			ids = append(ids, p.ContactID)
		}
		return ids
	}
	assert.Equal(t, []string{"ct_1", "ct_2"}, ids(noon.Add(90*time.Second)))
	c, err := s.Contact(ctx, "ct_1", true)
	require.NoError(t, err)
	was := *c
	require.NoError(t, c.Due("", noon))
	require.NoError(t, s.Commit(ctx, store.Change{Contact: c, Leave: &was, Enter: true}))
	assert.Equal(t, []string{"ct_2"}, ids(noon.Add(90*time.Second)))
	assert.Equal(t, []string{"ct_1"}, line(t, s, "q1", 5), "it waits in line instead")
}

func TestPaceKeepsItsFiguresApart(t *testing.T) {
	t.Parallel()
	ctx, s := context.Background(), open(t)
	require.NoError(t, s.SetHandle(ctx, "q1", 90*time.Second))
	require.NoError(t, s.SetStaff(ctx, "q1", 4))
	p, err := s.Pace(ctx, "q1")
	require.NoError(t, err)
	assert.Equal(t, []any{90 * time.Second, 4}, []any{p.Handle, p.Staff})
}
