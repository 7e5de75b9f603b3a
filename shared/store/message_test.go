package store_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/shared/center"
	"guichet/shared/store"
)

func TestThreadsComeInPages(t *testing.T) {
	t.Parallel()
	ctx, s := context.Background(), open(t)
	var all []string
	for i := range 10 {
		m := text("ch_1", fmt.Sprint("ms_", i), i/2) // two at a time
		require.NoError(t, s.AddMessage(ctx, m))
		all = append(all, m.Key())
	}
	require.NoError(t, s.CommitChat(ctx, store.ChatChange{After: unassigned("ch_1", "q1", 0)}))
	require.NoError(t, s.AddMessage(ctx, text("ch_2", "ms_other", 3)))
	for name, test := range map[string]struct {
		page store.Page
		want []string
		more bool
	}{
		"all":                           {store.Page{}, all, false},
		"the newest":                    {store.Page{Limit: 3}, all[7:], true},
		"exactly all":                   {store.Page{Limit: 10}, all, false},
		"more than there are":           {store.Page{Limit: 100}, all, false},
		"before one":                    {store.Page{Before: all[7], Limit: 3}, all[4:7], true},
		"the first before":              {store.Page{Before: all[3], Limit: 3}, all[:3], false},
		"all before":                    {store.Page{Before: all[3]}, all[:3], false},
		"before the first":              {store.Page{Before: all[0], Limit: 3}, nil, false},
		"after one":                     {store.Page{After: all[2], Limit: 3}, all[3:6], true},
		"the last after":                {store.Page{After: all[6], Limit: 3}, all[7:], false},
		"all after":                     {store.Page{After: all[6]}, all[7:], false},
		"after the last":                {store.Page{After: all[9], Limit: 3}, nil, false},
		"after what is just before one": {store.Page{After: all[6][:len(all[6])-1]}, all[6:], false},
	} {
		messages, more, err := s.Messages(ctx, "ch_1", test.page)
		require.NoError(t, err, name)
		var got []string
		for _, m := range messages {
			got = append(got, m.Key())
		}
		assert.Equal(t, test.want, got, name)
		assert.Equal(t, test.more, more, name)
	}
}

func TestLongThreadsAreReadWhole(t *testing.T) {
	t.Parallel()
	ctx, s := context.Background(), open(t)
	for i := range 40 { // together more than the megabyte that one request reads
		m := text("ch_1", fmt.Sprintf("ms_%02d", i), i)
		m.Text, m.ProviderID = strings.Repeat("x", 30_000), fmt.Sprint("SM", i)
		require.NoError(t, s.AddMessage(ctx, m))
	}
	for _, page := range []store.Page{{}, {Limit: 40}} {
		messages, more, err := s.Messages(ctx, "ch_1", page)
		require.NoError(t, err)
		require.Len(t, messages, 40)
		assert.False(t, more)
		assert.Equal(t, []string{"ms_00", "ms_39"}, []string{messages[0].ID, messages[39].ID})
	}
	first, err := s.FindMessage(ctx, "ch_1", "none", "SM0")
	require.NoError(t, err, "beyond the first request")
	assert.Equal(t, "ms_00", first.ID)
}

func TestFindMessage(t *testing.T) {
	t.Parallel()
	ctx, s := context.Background(), open(t)
	for i, provider := range []string{"SM0", "", "SM2"} {
		m := text("ch_1", fmt.Sprint("ms_", i), i)
		m.ProviderID = provider
		require.NoError(t, s.AddMessage(ctx, m))
	}
	for name, test := range map[string]struct{ chat, id, provider, want string }{
		"by id":             {"ch_1", "ms_1", "ms_1", "ms_1"},
		"by the provider's": {"ch_1", "ms_x", "SM0", "ms_0"},
		"in another chat":   {"ch_2", "ms_1", "SM0", ""},
		"unknown":           {"ch_1", "ms_9", "SM9", ""},
		"by nothing":        {"ch_1", "", "", ""},
	} {
		m, err := s.FindMessage(ctx, test.chat, test.id, test.provider)
		if test.want == "" {
			assert.Equal(t, center.NotFound, center.CodeOf(err), name)
			continue
		}
		require.NoError(t, err, name)
		assert.Equal(t, test.want, m.ID, name)
	}
}

func TestFirstSeenStays(t *testing.T) {
	t.Parallel()
	ctx, s := context.Background(), open(t)
	first, err := s.FirstSeen(ctx, "ch_1", "ms_1", noon)
	require.NoError(t, err)
	assert.Equal(t, noon, first)
	again, err := s.FirstSeen(ctx, "ch_1", "ms_1", noon.Add(time.Hour))
	require.NoError(t, err)
	assert.Equal(t, noon, again, "the time of the first delivery")
	other, err := s.FirstSeen(ctx, "ch_1", "ms_2", noon.Add(time.Hour))
	require.NoError(t, err)
	assert.Equal(t, noon.Add(time.Hour), other)
	messages, _, err := s.Messages(ctx, "ch_1", store.Page{})
	require.NoError(t, err)
	assert.Empty(t, messages, "what was seen is no message")
}
