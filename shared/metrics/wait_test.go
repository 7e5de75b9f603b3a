package metrics_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"guichet/shared/metrics"
)

func TestEstimatedWait(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name  string
		pace  metrics.Pace
		ahead int
		want  time.Duration
	}{
		{"next in line, one agent", metrics.Pace{Handle: 4 * time.Minute, Staff: 1}, 0, 4 * time.Minute},
		{"next in line, four agents", metrics.Pace{Handle: 4 * time.Minute, Staff: 4}, 0, time.Minute},
		{"five before, two agents", metrics.Pace{Handle: 3 * time.Minute, Staff: 2}, 5, 9 * time.Minute},
		{"nobody serves the queue", metrics.Pace{Handle: 3 * time.Minute}, 5, 0},
		{"no call was handled yet", metrics.Pace{Staff: 3}, 5, 0},
	}
	for _, test := range tests {
		assert.Equal(t, test.want, test.pace.EstimatedWait(test.ahead), test.name)
	}
}

func TestRecentCallsCountMost(t *testing.T) {
	t.Parallel()
	p := metrics.Pace{}.With(5 * time.Minute)
	assert.Equal(t, 5*time.Minute, p.Handle, "the first is all that is known")
	p = p.With(10 * time.Minute)
	assert.Equal(t, 6*time.Minute, p.Handle)
	for range 20 {
		p = p.With(time.Minute)
	}
	assert.InDelta(t, time.Minute.Seconds(), p.Handle.Seconds(), 5, "what was long ago is forgotten")
}
