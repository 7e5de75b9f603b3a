package bridge

import (
	"bytes"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/media-node/internal/mix"
	"guichet/media-node/internal/peer"
	"guichet/media-node/internal/ulaw"
	"guichet/shared/mediaapi"
)

func TestThreeHearEachOther(t *testing.T) {
	t.Parallel()
	onEachGuest(t, func(t *testing.T, w *three) {
		w.hearing("all", w.together())
		w.customer.Hold(1)
		w.hearing("on hold", map[party]sound{w.customer: music, w.owner: says(guestWord), w.guest: says(ownerWord)})
		w.customer.Resume(2)
		w.hearing("after hold", w.together())
		w.owner.leave(reasonLost)
		w.hearing("the agent is away", map[party]sound{w.customer: says(guestWord), w.owner: nothing, w.guest: says(customerWord)})
		w.customer.Hold(3)
		w.hearing("away and on hold", map[party]sound{w.customer: music, w.owner: nothing, w.guest: says()})
		w.owner.Up()
		w.hearing("back", map[party]sound{w.customer: music, w.owner: says(guestWord), w.guest: says(ownerWord)})
		w.customer.Resume(4)
		w.hearing("all again", w.together())
		require.NoError(t, w.customer.Guest("", "", 2))
		w.hearing("the guest is gone", w.alone())
		assert.Nil(t, w.alarm, "and nothing beats")
		assert.Equal(t, []string{"agent.left lost", "contact.parked", "agent.joined", "contact.joined", "guest.left ended"}, w.story)
	})
}

func TestParkingExpiresThoughAGuestIsThere(t *testing.T) {
	t.Parallel()
	onEachGuest(t, func(t *testing.T, w *three) {
		w.owner.leave(reasonClosed)
		w.hearing("the guest", map[party]sound{w.customer: says(guestWord), w.guest: says(customerWord)})
		w.run(60*time.Second, w.customer.live, w.guest.live)
		assert.Equal(t, []string{"agent.left closed", "contact.parked", "guest.left ended", "contact.parkExpired"}, w.story)
		assert.Equal(t, []Hangup{ParkExpired}, w.customer.closed)
	})
}

// TestAudioPassesThroughAgainAfterTheGuest: what the two say is heard as it is, every frame of it in order, from what the
// conference still held on.
func TestAudioPassesThroughAgainAfterTheGuest(t *testing.T) {
	t.Parallel()
	onEachGuest(t, func(t *testing.T, w *three) {
		n := 0
		speaks := func() {
			if w.elapsed()%frameLength == 7*time.Millisecond {
				n++
				w.owner.word = byte(n%100 + 1)
				w.customer.word = byte(n%100 + 1)
			}
		}
		each := []func(){speaks, w.owner.live, w.customer.live} // and not the guest
		w.run(2*time.Second, each...)
		require.NoError(t, w.customer.Guest("", "", 2))
		w.run(2*time.Second, each...)
		for who, heard := range map[string][]byte{"customer": w.customer.heard, "agent": w.owner.heard} {
			said := words(heard)
			require.Greater(t, len(said), 190, who)
			for i := 1; i < len(said); i++ {
				require.Equal(t, said[i-1]%100+1, said[i], "%s hears %v", who, said)
			}
		}
	})
}

func TestAStalledNodeLosesWhatIsSaidInsteadOfBeingLate(t *testing.T) {
	t.Parallel()
	onEachGuest(t, func(t *testing.T, w *three) {
		w.hearing("before", w.together())
		for range 5 {
			stalled := w.now
			for w.now.Sub(stalled) < 700*time.Millisecond { // packets arrive, and are read afterwards
				w.now = w.now.Add(time.Millisecond)
				w.owner.live()
			}
			w.customer.live()
			w.guest.live()
			w.owner.forget()
			w.run(time.Millisecond)
			assert.LessOrEqual(t, len(w.owner.heard), 6*ulaw.FrameSamples, "no burst")
			w.run(300*time.Millisecond, w.owner.live, w.customer.live, w.guest.live)
		}
		w.run(20*time.Second, w.owner.live, w.customer.live, w.guest.live)
		for p := range mix.Parties {
			assert.LessOrEqual(t, len(w.customer.conference.Voice(p).Rest()), 800, "party %d: no more than 100 ms wait", p)
		}
		w.hearing("after", w.together())
	})
}

func TestAMessageIsHeardByAllWithWhatIsSaid(t *testing.T) {
	t.Parallel()
	message := ulaw.Encode(3 * 1980)
	onEachGuest(t, func(t *testing.T, w *three) {
		w.hearing("before", w.together())
		w.customer.Call.Play("ply_1", "https://store/1")
		w.fetches[0].done(bytes.Repeat([]byte{message}, 3*ulaw.SampleRate), nil)
		with := func(one, other byte) byte {
			sum := []byte{one}
			ulaw.Mix(sum, sum, []byte{other})
			ulaw.Mix(sum, []byte{message}, sum)
			return sum[0]
		}
		mixed := map[party]byte{w.customer: with(ownerWord, guestWord), w.owner: with(customerWord, guestWord), w.guest: with(customerWord, ownerWord)}
		want := map[party]sound{}
		for p, sum := range mixed {
			want[p] = says(sum)
		}
		w.hearing("the message", want)
		w.run(3*time.Second, w.customer.live, w.owner.live, w.guest.live)
		assert.Equal(t, []string{"contact.played ply_1 finished"}, w.story)
		w.hearing("after it", w.together())

		w.customer.Call.Play("ply_2", "https://store/2")
		w.fetches[1].done(bytes.Repeat([]byte{message}, 3*ulaw.SampleRate), nil)
		w.run(500*time.Millisecond, w.customer.live, w.owner.live, w.guest.live)
		w.customer.StopPlaying("ply_2")
		for p := range mixed {
			p.forget()
		}
		w.run(100*time.Millisecond, w.customer.live, w.owner.live, w.guest.live)
		for p, sum := range mixed {
			assert.NotContains(t, p.all(), sum, "%T hears no more of it at once", p)
		}
		w.hearing("stopped", w.together())
		assert.Equal(t, "contact.played ply_2 stopped", w.story[1])
	})
}

func TestAGuestWhoComesHearsTheRestOfAMessage(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	owner, p := w.comes("agt_1", ownerWord), w.call(0)
	p.word = ulaw.Silence
	owner.word = ulaw.Silence
	p.Call.Play("ply_1", "https://store/1")
	w.fetches[0].done(counted(100), nil)
	w.run(time.Second, p.live)
	require.NoError(t, p.Guest("gst_1", "", 1))
	guest := w.guestLine("gst_1")
	guest.word = ulaw.Silence
	w.run(1500*time.Millisecond, p.live, guest.live)
	assert.Contains(t, w.story, "contact.played ply_1 finished")
	heard := bytes.TrimRight(guest.heard, "\xff")
	assert.True(t, bytes.HasSuffix(counted(100), heard))
	assert.InDelta(t, 50*ulaw.FrameSamples, len(heard), 3*ulaw.FrameSamples)

	p.Call.Play("ply_2", "https://store/2")
	w.fetches[1].done(counted(100), nil)
	w.run(time.Second, p.live, guest.live)
	require.NoError(t, p.Guest("", "", 2))
	p.forget()
	w.run(1500*time.Millisecond, p.live)
	assert.Contains(t, w.story, "contact.played ply_2 finished", "though a guest went meanwhile")
	assert.True(t, bytes.HasSuffix(counted(100), p.heard))
	assert.Nil(t, w.alarm)
}

// TestLinesHearDigitsAloneAndAgentsWhatIsSaidToo, also who comes while they sound.
func TestLinesHearDigitsAloneAndAgentsWhatIsSaidToo(t *testing.T) {
	t.Parallel()
	onEachGuest(t, func(t *testing.T, w *three) {
		w.hearing("before", w.together())
		_, isLine := w.guest.(*provider)
		lines := map[party]bool{w.customer: true, w.owner: false, w.guest: isLine}
		for p := range lines {
			p.forget()
		}
		require.NoError(t, w.customer.Digits("dig_1", "15"))
		w.run(time.Second, w.customer.live, w.owner.live, w.guest.live)
		for p, pure := range lines {
			assert.Equal(t, pure, bytes.Contains(p.all(), w.sound("15")), "%T hears tones alone", p)
		}
		w.hearing("after them", w.together())

		require.NoError(t, w.customer.Guest("", "", 2))
		require.NoError(t, w.customer.Digits("dig_2", "159"))
		w.run(100*time.Millisecond, w.customer.live, w.owner.live)
		if isLine {
			require.NoError(t, w.customer.Guest("gst_1", "", 3))
			w.guest = w.guestLine("gst_1")
		} else {
			require.NoError(t, w.customer.Guest("gst_1", "agt_2", 3))
			w.guest.forget()
		}
		w.run(time.Second, w.customer.live, w.owner.live, w.guest.live)
		assert.Equal(t, isLine, bytes.Contains(w.guest.all(), w.sound("59")), "comes while they sound")
	})
}

// TestWhatIsSaidIsNotCutOffByAMessage, neither where it ends nor where it is stopped.
func TestWhatIsSaidIsNotCutOffByAMessage(t *testing.T) {
	t.Parallel()
	for name, frames := range map[string]int{"that ends": 50, "that is stopped": 500} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			onEachGuest(t, func(t *testing.T, w *three) {
				w.says(0, ulaw.Silence, ulaw.Silence)
				n := 0
				each := []func(){w.customer.live, w.guest.live, w.owner.live, func() {
					if w.elapsed()%frameLength == 7*time.Millisecond {
						n++
						w.owner.word = byte(n%100 + 1)
					}
				}}
				w.run(time.Second, each...)
				w.customer.Call.Play("ply_1", "https://store/1")
				w.fetches[0].done(silence(frames), nil)
				w.run(time.Second, each...)
				w.customer.StopPlaying("ply_1")
				w.run(300*time.Millisecond, each...)
				for who, heard := range map[string][]byte{"guest": w.guest.all(), "customer": w.customer.heard} {
					said := slices.DeleteFunc(words(heard), func(word int) bool { return word == ulaw.Silence }) // of a frame that had to wait
					require.Greater(t, len(said), 105, who)
					for i := 2; i < len(said); i++ {
						require.Equal(t, said[i-1]%100+1, said[i], "%s hears %v", who, said)
					}
				}
			})
		})
	}
}

func TestHoldCutsOffWhatTheCustomerSaidAtOnce(t *testing.T) {
	t.Parallel()
	onEachGuest(t, func(t *testing.T, w *three) {
		w.says(ulaw.Silence, customerWord, ulaw.Silence)
		w.run(500*time.Millisecond, w.customer.live, w.owner.live, w.guest.live)
		w.customer.Hold(1)
		w.owner.forget()
		w.run(500*time.Millisecond, w.customer.live, w.owner.live, w.guest.live)
		assert.NotContains(t, w.owner.heard, customerWord)
	})
}

func TestNobodyHearsMoreThanThreeSay(t *testing.T) {
	t.Parallel()
	loudest := ulaw.Encode(32767)
	onEachGuest(t, func(_ *testing.T, w *three) {
		w.customer.word, w.owner.word = loudest, loudest
		w.hearing("clipped, not turned round", map[party]sound{w.guest: says(loudest), w.customer: says(loudest, guestWord)}, w.owner)
	})
}

func BenchmarkThreeParties(b *testing.B) {
	w := newWorld(b)
	p := w.call(0)
	p.wire = &deafWire{}
	require.NoError(b, p.Guest("gst_1", "", 1))
	guest := w.bridge.JoinGuest(mediaapi.Ticket{ContactID: "ctc_1", GuestID: "gst_1"}, &deafWire{})
	frame := counted(1)
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		w.now = w.now.Add(frameLength)
		p.FromLine(frame, int64(i*20))
		guest.FromLine(frame, int64(i*20))
		w.agent.Audio(peer.Packet{SSRC: 1, Sequence: uint16(i), Timestamp: uint32(i * ulaw.FrameSamples), Audio: frame})
		w.alarm()
	}
}
