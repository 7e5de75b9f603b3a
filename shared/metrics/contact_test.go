package metrics_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/shared/center"
	"guichet/shared/metrics"
)

var noon = at("2026-11-22T12:00:00Z")

// course is a contact whose changes are counted as they come.
type course struct {
	rules  metrics.Rules
	c      *center.Contact
	before *center.Contact
	counts map[metrics.Slot]metrics.Counts
	lines  []metrics.Line
}

func begin(t *testing.T, queueID string) *course {
	t.Helper()
	c := &course{rules: inParis(t), counts: map[metrics.Slot]metrics.Counts{}, c: &center.Contact{
		ID: "ct_1", Kind: center.KindInbound, State: center.StateWaiting, QueueID: queueID, From: "+33612345678", EnteredAt: noon,
	}}
	c.written()
	return c
}

// written counts a change that was written.
func (c *course) written() {
	deltas, lines := c.rules.OfContact(c.before, c.c)
	for _, d := range deltas {
		if c.counts[d.Slot] == nil {
			c.counts[d.Slot] = metrics.Counts{}
		}
		c.counts[d.Slot].Add(d.Counts)
	}
	c.lines = append(c.lines, lines...)
	before := *c.c
	c.before = &before
}

func (c *course) accepted(t *testing.T, agentID string, after time.Duration) {
	t.Helper()
	require.NoError(t, c.c.OfferTo(center.Offer{ID: "o_" + agentID, AgentID: agentID}))
	c.written()
	require.NoError(t, c.c.Accept(agentID, "o_"+agentID, noon.Add(after)))
	c.written()
	require.NoError(t, c.c.Connect(agentID, noon.Add(after)))
	c.written()
}

func (c *course) ended(o center.Outcome, after time.Duration) {
	c.c.End(o, noon.Add(after))
	c.written()
	if l, ok := c.rules.Final(c.c); ok {
		c.lines = append(c.lines, l)
	}
}

// recounted compares the counts with a recount of the lines.
func (c *course) recounted(t *testing.T, want map[metrics.Slot]metrics.Counts) {
	t.Helper()
	assert.Equal(t, want, c.counts)
	assert.Equal(t, want, c.rules.Recount(c.lines))
}

func slot(queueID, hour string) metrics.Slot { return metrics.Slot{QueueID: queueID, Hour: at(hour)} }

func TestACallThatIsLostAndTakenAgainIsOne(t *testing.T) {
	t.Parallel()
	c := begin(t, support)
	c.accepted(t, "ana", 50*time.Minute)
	require.NoError(t, c.c.Requeue("ana", noon.Add(55*time.Minute)))
	c.written()
	c.accepted(t, "ana", 65*time.Minute)
	c.ended(center.OutcomeHandled, 70*time.Minute)
	c.recounted(t, map[metrics.Slot]metrics.Counts{slot(support, "2026-11-22T12:00:00Z"): {
		metrics.Queued: 1, metrics.Answered: 1, metrics.Handled: 1, metrics.Wait: 3_000_000, metrics.LongestWait: 3_000_000, metrics.Talk: 600_000,
	}})
	require.Len(t, c.lines, 2, "the agent had it twice")
	assert.Equal(t, metrics.Lost, c.lines[0].Outcome)
	assert.Empty(t, c.lines[0].Closes)
}

func TestHoldIsOfTheAgentWhoHeld(t *testing.T) {
	t.Parallel()
	c := begin(t, support)
	c.accepted(t, "ana", 10*time.Second)
	require.NoError(t, c.c.Invite("ana", center.Guest{ID: "gu_1", AgentID: "ben", At: noon.Add(20 * time.Second)}))
	c.written()
	_, err := c.c.GuestAnswers("gu_1")
	require.NoError(t, err)
	c.written()
	require.NoError(t, c.c.HandOver("gu_1", noon.Add(60*time.Second)))
	c.written()
	require.NoError(t, c.c.Connect("ben", noon.Add(60*time.Second)))
	c.written()
	_, err = c.c.Hold("ben", noon.Add(70*time.Second))
	require.NoError(t, err)
	c.written()
	c.ended(center.OutcomeHandled, 75*time.Second)
	require.Len(t, c.lines, 2)
	assert.Equal(t, []any{"ana", metrics.PassedOn, 10 * time.Second, 40 * time.Second},
		[]any{c.lines[0].AgentID, c.lines[0].Outcome, c.lines[0].Talk, c.lines[0].Hold})
	assert.Equal(t, []any{"ben", 10 * time.Second, 5 * time.Second}, []any{c.lines[1].AgentID, c.lines[1].Talk, c.lines[1].Hold})
	c.recounted(t, map[metrics.Slot]metrics.Counts{slot(support, "2026-11-22T12:00:00Z"): {
		metrics.Queued: 1, metrics.Answered: 1, metrics.AnsweredWithin: 1, metrics.RemovedWithin: 1, metrics.Handled: 1,
		metrics.Wait: 10_000, metrics.LongestWait: 10_000, metrics.Talk: 20_000, metrics.Hold: 45_000,
	}})
}

func TestOverflowEndsTheStay(t *testing.T) {
	t.Parallel()
	c := begin(t, support)
	require.NoError(t, c.c.Overflow(center.Queue{ID: "second"}, noon.Add(61*time.Minute)))
	c.written()
	c.ended(center.OutcomeAbandoned, 61*time.Minute+2*time.Second)
	c.recounted(t, map[metrics.Slot]metrics.Counts{
		slot(support, "2026-11-22T12:00:00Z"):  {metrics.Queued: 1, metrics.Overflowed: 1, metrics.LongestWait: 3_660_000},
		slot("second", "2026-11-22T13:00:00Z"): {metrics.Queued: 1, metrics.Abandoned: 1, metrics.ShortAbandoned: 1, metrics.RemovedWithin: 1, metrics.LongestWait: 2000},
	})
}

func TestACampaignCountsWhenItHappens(t *testing.T) {
	t.Parallel()
	c := begin(t, campaign)
	c.c.Kind, c.c.State, c.c.DueAt = center.KindCampaign, center.StateScheduled, noon
	c.counts, c.lines, c.before = map[metrics.Slot]metrics.Counts{}, nil, nil
	c.written()
	for i, agent := range []string{"ana", "ben"} {
		hour := time.Duration(i+1) * time.Hour
		require.NoError(t, c.c.Due("", noon.Add(hour)))
		c.written()
		require.NoError(t, c.c.OfferTo(center.Offer{ID: "o", AgentID: agent}))
		require.NoError(t, c.c.Accept(agent, "o", noon.Add(hour)))
		c.written()
		if i == 0 {
			c.c.Again(noon.Add(2 * time.Hour))
			c.written()
		}
	}
	c.c.Dialled(2, "CA2")
	require.NoError(t, c.c.Connect("ben", noon.Add(2*time.Hour+10*time.Second)))
	c.written()
	require.NoError(t, c.c.Requeue("ben", noon.Add(2*time.Hour+20*time.Second)))
	c.written()
	c.accepted(t, "ana", 3*time.Hour)
	c.ended(center.OutcomeHandled, 3*time.Hour+time.Minute)
	c.recounted(t, map[metrics.Slot]metrics.Counts{
		slot(campaign, "2026-11-22T12:00:00Z"): {metrics.Taken: 1},
		slot(campaign, "2026-11-22T13:00:00Z"): {metrics.Attempts: 1, metrics.Dialled: 1},
		slot(campaign, "2026-11-22T14:00:00Z"): {metrics.Attempts: 1, metrics.Talk: 10_000},
		slot(campaign, "2026-11-22T15:00:00Z"): {metrics.Handled: 1, metrics.Talk: 60_000},
	})
}

func TestCallsOfNoQueueCountForTheAgentOnly(t *testing.T) {
	t.Parallel()
	c := begin(t, "")
	c.c.Kind, c.c.LineOf = center.KindDirect, "ana"
	c.accepted(t, "ana", 5*time.Second)
	c.ended(center.OutcomeHandled, 65*time.Second)
	assert.Empty(t, c.counts)
	require.Len(t, c.lines, 1)
	assert.Equal(t, time.Minute, c.lines[0].Talk)
	assert.Equal(t, metrics.Counts{metrics.Calls: 1, metrics.Handled: 1, metrics.Talk: 60_000}, metrics.OfAgentDay(c.lines))
}
