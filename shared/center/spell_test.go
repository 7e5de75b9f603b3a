package center_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/shared/center"
)

// accounted is an agent who is accounted for after each change, as whoever writes agents does.
type accounted struct {
	*center.Agent
	now  time.Time
	zone *time.Location
}

func (a *accounted) after(d time.Duration, change func()) {
	a.now = a.now.Add(d)
	change()
	a.Account(a.now, a.zone)
}

func begin(at time.Time, zone *time.Location) *accounted {
	a := &accounted{&center.Agent{ID: "ada", Queues: []string{"q1"}}, at, zone}
	a.after(0, func() { a.Connect("desk"); _ = a.SetStatus([]string{"q1"}, center.StatusReady, "", a.now) })
	return a
}

func (a *accounted) pauses() { _ = a.SetStatus([]string{"q1"}, center.StatusPaused, "lunch", a.now) }

func TestASpellKeepsWhatCallsLeaveOfIt(t *testing.T) {
	t.Parallel()
	a := begin(noon, time.UTC)
	a.after(10*time.Minute, func() { require.NoError(t, a.Reserve(call)) }) // it rings for a minute, and the caller leaves
	a.after(time.Minute, func() { a.Release(call, false, a.now) })
	a.after(2*time.Minute, func() { require.NoError(t, a.Reserve(call)) })
	a.after(4*time.Minute, func() { a.Finish(call, time.Minute, a.now) })
	a.after(30*time.Second, func() { a.EndWrapUp(call.ID, a.now) })
	a.after(5*time.Minute, func() { a.TakeChat("chat", a.now) })
	a.after(7*time.Minute, func() { a.DropChat("chat") })
	assert.Empty(t, a.Over)
	a.after(3*time.Minute, a.pauses)
	a.after(time.Hour, func() { a.Disconnect("desk", a.now) })
	assert.Nil(t, a.Spell)
	assert.Equal(t, []center.Spell{{
		From: noon, Until: noon.Add(32*time.Minute + 30*time.Second), Idle: 20 * time.Minute, Chatting: 7 * time.Minute,
	}}, a.Over)
}

func TestASpellEndsWithTheLastDesk(t *testing.T) {
	t.Parallel()
	a := begin(noon, time.UTC)
	a.after(time.Minute, func() { a.Connect("other") })
	a.after(time.Minute, func() { a.Disconnect("desk", a.now) })
	require.NotNil(t, a.Spell)
	a.after(time.Minute, func() { a.Disconnect("other", a.now) })
	require.Nil(t, a.Spell)
	assert.Equal(t, 3*time.Minute, a.Over[0].Idle)
}

func TestASpellIsCutAtMidnight(t *testing.T) {
	t.Parallel()
	paris, err := time.LoadLocation("Europe/Paris")
	require.NoError(t, err)
	evening := time.Date(2026, 10, 24, 22, 0, 0, 0, paris).UTC() // clocks go back the night after
	a := begin(evening, paris)
	a.after(time.Hour, func() { a.TakeChat("chat", a.now) })
	a.after(3*time.Hour+25*time.Hour, a.pauses)
	require.Len(t, a.Over, 3)
	assert.Equal(t, []time.Duration{time.Hour, time.Hour}, []time.Duration{a.Over[0].Idle, a.Over[0].Chatting})
	assert.Equal(t, 25*time.Hour, a.Over[1].Chatting)
	assert.Equal(t, time.Date(2026, 10, 25, 23, 0, 0, 0, time.UTC), a.Over[2].From)
	assert.Equal(t, 2*time.Hour, a.Over[2].Chatting)
}

func TestClocksThatDifferTakeNothingFromASpell(t *testing.T) {
	t.Parallel()
	a := begin(noon, time.UTC)
	a.after(time.Minute, func() { a.TakeChat("chat", a.now) })
	a.after(-time.Second, func() { a.DropChat("chat") })
	a.after(time.Minute, a.pauses)
	assert.Equal(t, noon.Add(time.Minute+59*time.Second), a.Over[0].Until)
	assert.Equal(t, time.Minute+59*time.Second, a.Over[0].Idle)
	assert.Zero(t, a.Over[0].Chatting)
}

func TestADayEndsAlsoWhereMidnightDoesNotExist(t *testing.T) {
	t.Parallel()
	for _, place := range []string{"America/Sao_Paulo", "Asia/Beirut", "Europe/Paris", "Pacific/Apia"} {
		zone, err := time.LoadLocation(place)
		require.NoError(t, err)
		for at := time.Date(2008, 1, 1, 0, 0, 0, 0, zone); at.Year() < 2027; {
			end := center.DayEnd(at, zone)
			require.True(t, end.After(at), "%s %s", place, at)
			require.LessOrEqual(t, end.Sub(at), 25*time.Hour, "%s %s", place, at)
			at = end
		}
	}
}
