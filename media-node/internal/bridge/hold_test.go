package bridge

import (
	"bytes"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/media-node/internal/peer"
	"guichet/media-node/internal/ulaw"
	"guichet/shared/mediaapi"
)

func TestHoldIsMusicAndNothingElse(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	p := w.call(0)
	speaks := w.speaks()
	w.run(time.Second, p.live, speaks)
	p.Hold(1)
	w.run(200*time.Millisecond, p.live, speaks) // what was said before is heard to its end
	p.heard = nil
	w.run(2*time.Minute, p.live, speaks)
	assert.True(t, bytes.Contains(bytes.Repeat(w.bridge.music, 8), p.heard), "without a gap, and nothing that the agent says")
	assert.Len(t, p.heard, 2*60*ulaw.SampleRate)
	assert.Zero(t, w.alarms, "and nothing beats for it")
	assert.Zero(t, p.clears)
	assert.Empty(t, w.story, "neither parked nor expired")

	p.Resume(2)
	assert.Equal(t, 1, p.clears, "music that was sent ahead")
	p.heard = nil
	w.run(time.Second, p.live, speaks)
	heard := words(p.heard)
	require.Greater(t, len(heard), 45, "at once")
	for i := 1; i < len(heard); i++ {
		require.Equal(t, heard[i-1]%100+1, heard[i], "%v", heard)
	}
	assert.LessOrEqual(t, p.waiting(), 60*time.Millisecond)
	assert.Empty(t, w.story)
}

func TestTheHighestVersionCounts(t *testing.T) {
	t.Parallel()
	hold, resume := (*Call).Hold, (*Call).Resume
	type order struct {
		do      func(*Call, int64)
		version int64
	}
	for name, tc := range map[string]struct {
		orders []order
		held   bool
	}{
		"hold":                        {[]order{{hold, 5}}, true},
		"hold, twice":                 {[]order{{hold, 5}, {hold, 5}}, true},
		"in order":                    {[]order{{hold, 5}, {resume, 6}}, false},
		"overtaken":                   {[]order{{resume, 6}, {hold, 5}}, false},
		"again":                       {[]order{{hold, 5}, {resume, 6}, {hold, 7}}, true},
		"again, out of order":         {[]order{{hold, 7}, {resume, 6}}, true},
		"the same version":            {[]order{{hold, 5}, {resume, 5}}, true},
		"an older one after the same": {[]order{{hold, 5}, {hold, 7}, {resume, 6}}, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			p := w.call(0)
			for _, o := range tc.orders {
				o.do(p.Call, o.version)
				w.run(100*time.Millisecond, p.live)
			}
			p.heard = nil
			w.run(time.Second, p.live)
			assert.Equal(t, tc.held, len(p.heard) > 0, "music")
		})
	}
}

func TestHoldWhileTheAgentIsAway(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	p := w.call(0)
	p.Hold(1)
	w.run(time.Second, p.live)
	w.agent.leave(reasonClosed)
	w.run(50*time.Second, p.live)
	w.agent.Up()
	w.run(time.Minute, p.live)
	assert.Equal(t, []string{"agent.left closed", "contact.parked", "agent.joined", "contact.joined"}, w.story)
	assert.True(t, bytes.Contains(bytes.Repeat(w.bridge.music, 8), p.heard), "music all the time")
	assert.Zero(t, p.starved)
	assert.Zero(t, p.clears)

	w.agent.leave(reasonClosed)
	p.Resume(2)
	w.run(time.Second, p.live)
	assert.Zero(t, p.clears, "parked still")
	w.agent.Up()
	assert.Equal(t, 1, p.clears)
	p.Hold(3)
	w.agent.leave(reasonClosed)
	w.story = nil
	w.run(61*time.Second, p.live)
	assert.Equal(t, []string{"contact.parkExpired"}, w.story)
	assert.Equal(t, []Hangup{ParkExpired}, p.closed)
}

func TestHoldOnANewerLine(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		agentID string
		held    bool
	}{"of the same agent": {"agt_1", true}, "of another agent": {"agt_2", false}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			w.bridge.OpenAgent(mediaapi.Ticket{AgentID: "agt_2"}, "token", peer.Remote{}).owner.(*agentSession).Up()
			w.call(0).Hold(5)
			p := &provider{world: w, started: w.elapsed()}
			p.Stream = w.bridge.Join(mediaapi.Ticket{AgentID: tc.agentID, ContactID: "ctc_1", ParkSeconds: 60}, p)
			w.run(time.Second, p.live)
			assert.Equal(t, tc.held, len(p.heard) > 0, "music")
			assert.Equal(t, "contact.joined", w.story[len(w.story)-1])
			p.Hold(4)
			p.Resume(4)
			assert.Equal(t, tc.held, p.held, "older commands than the first line had are old still")
			p.Resume(6)
			assert.False(t, p.held)
		})
	}
}

func TestMessagesAndHold(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	p := w.call(0)
	speaks := w.speaks()
	w.run(time.Second, p.live, speaks)
	p.Call.Play("ply_1", "https://store/1")
	p.Hold(1)
	assert.Equal(t, []string{"contact.played ply_1 stopped"}, w.story, "also one that is fetched")
	w.fetches[0].done(counted(100), nil)
	p.Call.Play("ply_2", "https://store/2")
	w.run(time.Second, p.live, speaks)
	w.fetches[1].done(counted(50), nil)
	p.heard = nil
	p.Hold(2) // repeated, which ends nothing
	w.run(1500*time.Millisecond, p.live, speaks)
	assert.Equal(t, counted(50), p.heard[:50*ulaw.FrameSamples], "nothing is mixed into it")
	assert.True(t, bytes.Contains(bytes.Repeat(w.bridge.music, 2), p.heard[50*ulaw.FrameSamples:]), "then music again")
	assert.Greater(t, len(p.heard), 60*ulaw.FrameSamples)
	assert.Equal(t, []string{"contact.played ply_1 stopped", "contact.played ply_2 finished"}, w.story)

	p.Call.Play("ply_3", "https://store/3")
	w.fetches[2].done(silence(100), nil)
	w.run(200*time.Millisecond, p.live, speaks)
	p.Resume(3)
	p.heard = nil
	w.run(500*time.Millisecond, p.live, speaks)
	assert.Greater(t, len(words(p.heard)), 20, "it goes on after hold, with what is said")
}
