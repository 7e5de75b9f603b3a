package center_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/shared/center"
)

// paris is the time zone as a centre's settings have it.
func paris(t *testing.T) *time.Location {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", "Paris"))
	require.NoError(t, err)
	return center.Settings{Zones: map[string][]byte{"Europe/Paris": data}}.Location("Europe/Paris")
}

// office opens on weekdays from 9 to 12 and from 14 to 18.
func office() *center.Hours {
	h := &center.Hours{Closed: []string{"2026-12-25"}}
	for day := time.Monday; day <= time.Friday; day++ {
		h.Week[day] = []center.Span{{From: 9 * 60, To: 12 * 60}, {From: 14 * 60, To: 18 * 60}}
	}
	return h
}

func TestHours(t *testing.T) {
	t.Parallel()
	loc := paris(t)
	tests := []struct{ name, at, opens string }{
		{"in the morning's hours", "2026-11-25 10:30", "2026-11-25 10:30"},
		{"at the very opening", "2026-11-25 09:00", "2026-11-25 09:00"},
		{"at the very closing", "2026-11-25 12:00", "2026-11-25 14:00"},
		{"before the day", "2026-11-25 03:00", "2026-11-25 09:00"},
		{"after the day", "2026-11-25 18:00", "2026-11-26 09:00"},
		{"over a weekend", "2026-11-27 19:00", "2026-11-30 09:00"},
		{"over a holiday and a weekend", "2026-12-24 20:00", "2026-12-28 09:00"},
		{"the night before summer time", "2026-03-28 23:00", "2026-03-30 09:00"},
		{"the night before winter time", "2026-10-24 23:00", "2026-10-26 09:00"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			at, err := time.ParseInLocation("2006-01-02 15:04", test.at, loc)
			require.NoError(t, err)
			opens := office().Next(at, loc)
			assert.Equal(t, test.opens, opens.In(loc).Format("2006-01-02 15:04"))
			assert.Equal(t, test.at == test.opens, office().Open(at, loc))
		})
	}
}

// On the day on which clocks go forward, nine o'clock comes an hour sooner.
func TestHoursFollowTheClocks(t *testing.T) {
	t.Parallel()
	loc := paris(t)
	h := &center.Hours{}
	h.Week[time.Sunday] = []center.Span{{From: 9 * 60, To: 10 * 60}}
	for date, utc := range map[string]string{"2026-03-29": "07:00", "2026-10-25": "08:00"} {
		day, err := time.ParseInLocation(time.DateOnly, date, loc)
		require.NoError(t, err)
		assert.Equal(t, utc, h.Next(day, loc).UTC().Format("15:04"), date)
	}
}

func TestHoursThatNeverOpenAndThatNeverClose(t *testing.T) {
	t.Parallel()
	assert.Zero(t, (&center.Hours{}).Next(noon, time.UTC))
	var always *center.Hours
	assert.Equal(t, noon, always.Next(noon, time.UTC))
	assert.True(t, always.Open(noon, time.UTC))
}

func TestAnUnknownZoneIsUTC(t *testing.T) {
	t.Parallel()
	assert.Equal(t, time.UTC, center.Settings{Zone: "Mars/Olympus"}.Home())
}
