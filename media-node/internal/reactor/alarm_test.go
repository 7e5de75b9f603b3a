package reactor

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestAlarm(t *testing.T) {
	t.Parallel()
	onEach(t, "127.0.0.1:0", func(t *testing.T, l *Loop, e *echo) {
		const beats, apart = 50, 15 * time.Millisecond
		type alarm struct {
			late  time.Duration
			ticks int32 // before it
		}
		alarms := make(chan alarm, beats)
		require.NoError(t, l.Do(func() {
			l.Alarm(l.Now().Add(time.Millisecond), func() { t.Error("was replaced") })
			at := l.Now()
			var beat func()
			beat = func() {
				alarms <- alarm{l.Now().Sub(at), e.ticks.Load()}
				if at = at.Add(apart); len(alarms) < beats {
					l.Alarm(at, beat)
				}
			}
			at = at.Add(apart)
			l.Alarm(at, beat)
		}))
		finer, before := 0, int32(-1)
		for range beats {
			var a alarm
			require.Eventually(t, func() bool {
				select {
				case a = <-alarms:
					return true
				default:
					return false
				}
			}, patience, time.Millisecond)
			assert.GreaterOrEqual(t, a.late, time.Duration(0), "never early")
			if a.ticks == before {
				finer++
			}
			before = a.ticks
		}
		assert.Positive(t, finer, "alarms come between ticks, too")
	})
}
