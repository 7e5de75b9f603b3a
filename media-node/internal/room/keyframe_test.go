package room

import (
	"net/netip"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func announceTwo(netip.AddrPort) ([]netip.AddrPort, error) {
	return []netip.AddrPort{netip.MustParseAddrPort("203.0.113.7:3479"), netip.MustParseAddrPort("[2001:db8::1]:3479"), netip.MustParseAddrPort("192.0.2.1:3479")}, nil
}

func TestKeyFramesAreAskedForAtOnceThenAfterThePauseThenNoMore(t *testing.T) {
	t.Parallel()
	var asked atomic.Int32
	k := &keyFrames{ask: func() { asked.Add(1) }}
	now := time.Now()
	k.request(now)
	assert.EqualValues(t, 1, asked.Load())
	for range 10 {
		k.request(now)
	}
	assert.EqualValues(t, 1, asked.Load())
	require.Eventually(t, func() bool { return asked.Load() == 2 }, 10*time.Second, time.Millisecond, "one for all who asked meanwhile")
	k.stop()
	k.request(time.Now().Add(time.Hour))
	assert.EqualValues(t, 2, asked.Load())
}
