package reportapi_test

import (
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/functions/cards"
	"guichet/functions/internal/functiontest"
	"guichet/functions/internal/rest"
	"guichet/shared/metrics"
	"guichet/shared/store"
)

func TestAgentsDaysAreKeptAtNight(t *testing.T) {
	t.Parallel()
	o := open(t)
	o.Ready(t, functiontest.Ana)
	o.talks(t, "CA1", functiontest.Ana)
	o.count(t)
	kept := func() map[string]metrics.Counts {
		days, err := o.Store.AgentDays(t.Context(), functiontest.Ana, "2026-11-01", "2026-12-31")
		require.NoError(t, err)
		return days
	}
	night := func() {
		_, err := o.counter.HandleEvent(t.Context(), cards.Event{KeepDays: true})
		require.NoError(t, err)
	}
	o.Pass(48 * time.Hour)
	night()
	assert.NotContains(t, kept(), "2026-11-22", "its log may still change")
	o.Pass(24 * time.Hour)
	night()
	assert.Equal(t, metrics.Counts{metrics.Calls: 1, metrics.Handled: 1, metrics.Talk: 60_000, metrics.WrapUp: 10_000}, kept()["2026-11-22"])
	o.Pass(5 * 24 * time.Hour)
	night()
	assert.Contains(t, kept(), "2026-11-27", "nights that failed are made up for")
}

// A year of kept days costs a query for each agent, and each of the last three days, which are not settled, one more: 13 months of 100
// agents are some 400 requests and 500 read units.
func TestWhatAReportOfAYearCosts(t *testing.T) {
	t.Parallel()
	o := open(t)
	const days = 390
	sums := metrics.Counts{metrics.Calls: 60, metrics.Handled: 58, metrics.Talk: 9_000_000, metrics.Hold: 300_000, metrics.WrapUp: 1_800_000}
	today := o.Now()
	for i := range days {
		day := today.AddDate(0, 0, -3-i).Format(time.DateOnly)
		require.NoError(t, o.Store.KeepAgentDay(t.Context(), functiontest.Ana, day, sums))
	}
	from, to := today.AddDate(0, 0, -2-days).Format(time.DateOnly), today.Format(time.DateOnly)
	path := "/api/reports?group=agent&by=period&ids=" + functiontest.Ana + "&from=" + from + "&to=" + to
	var m store.Meter
	ctx := rest.WithClaims(store.WithMeter(t.Context(), &m), map[string]string{"username": functiontest.Sue})
	w := httptest.NewRecorder()
	o.handler.ServeHTTP(w, httptest.NewRequestWithContext(ctx, http.MethodGet, path, http.NoBody))
	require.Equal(t, http.StatusOK, w.Code, w.Body)
	used := m.Usage()
	t.Logf("%d requests, %.1f read units, %.1f write units", used.Requests, used.ReadUnits, used.WriteUnits)
	assert.Contains(t, w.Body.String(), `"calls":23400`)
	assert.LessOrEqual(t, used.Requests, 10, "one for all kept days, one for each of the last, and who asks of whom")
	assert.LessOrEqual(t, used.ReadUnits, 8.0)
	assert.Zero(t, used.WriteUnits)
}
