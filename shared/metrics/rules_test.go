package metrics_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/shared/center"
	"guichet/shared/metrics"
)

const (
	support  = "support"
	campaign = "campaign"
)

// inParis are the rules of a centre in Paris with a call queue and a campaign.
func inParis(t *testing.T) metrics.Rules {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("..", "center", "testdata", "Paris"))
	require.NoError(t, err)
	return metrics.NewRules(map[string]center.Queue{
		support: {ID: support, Kind: center.QueueVoice}, campaign: {ID: campaign, Kind: center.QueueCampaign},
	}, center.Settings{Zone: "Europe/Paris", Zones: map[string][]byte{"Europe/Paris": data}})
}

func at(s string) time.Time {
	t, err := time.Parse(time.RFC3339, s)
	if err != nil {
		panic(err)
	}
	return t.UTC()
}

func TestHoursAndDaysAreTheCentresOwn(t *testing.T) {
	t.Parallel()
	r := inParis(t)
	for _, test := range []struct{ name, at, hour, day string }{
		{"winter", "2026-11-22T09:59:59Z", "2026-11-22T09:00:00Z", "2026-11-22"},
		{"after midnight there", "2026-11-22T23:30:00Z", "2026-11-22T23:00:00Z", "2026-11-23"},
		{"before midnight there", "2026-11-22T22:59:59Z", "2026-11-22T22:00:00Z", "2026-11-22"},
		{"the hour that comes twice, first", "2026-10-25T00:30:00Z", "2026-10-25T00:00:00Z", "2026-10-25"},
		{"the hour that comes twice, second", "2026-10-25T01:30:00Z", "2026-10-25T01:00:00Z", "2026-10-25"},
		{"after the hour that is left out", "2026-03-29T01:10:00Z", "2026-03-29T01:00:00Z", "2026-03-29"},
	} {
		assert.Equal(t, at(test.hour), r.Hour(at(test.at)), test.name)
		assert.Equal(t, test.day, r.Day(at(test.at)), test.name)
	}
	for day, hours := range map[string]float64{"2026-10-25": 25, "2026-03-29": 23, "2026-11-22": 24} {
		from, to, err := r.Bounds(day)
		require.NoError(t, err)
		assert.InDelta(t, hours, to.Sub(from).Hours(), 0, day)
		assert.True(t, r.DayEnd(from).Equal(to), day)
		assert.True(t, r.DayEnd(to.Add(-time.Second)).Equal(to), day)
	}
	_, _, err := r.Bounds("yesterday")
	assert.Error(t, err)
}

func TestHoursOfZonesBetweenHours(t *testing.T) {
	t.Parallel()
	r := metrics.NewRules(nil, center.Settings{})
	assert.Equal(t, at("2026-11-22T09:00:00Z"), r.Hour(at("2026-11-22T09:59:59Z")), "no zone is UTC")
}

func TestCountsAddUp(t *testing.T) {
	t.Parallel()
	c := metrics.Counts{metrics.Queued: 2, metrics.LongestWait: 500}
	c.Add(metrics.Counts{metrics.Queued: 3, metrics.LongestWait: 400, metrics.Talk: 7})
	assert.Equal(t, metrics.Counts{metrics.Queued: 5, metrics.LongestWait: 500, metrics.Talk: 7}, c)
	assert.Nil(t, metrics.Average(5, 0))
	assert.InDelta(t, 2.5, *metrics.Average(5000, 2), 0)
	assert.Nil(t, metrics.Percent(0, 0))
	assert.InDelta(t, 25, *metrics.Percent(1, 4), 0)
}
