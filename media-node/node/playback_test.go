package node_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/media-node/node"
	"guichet/shared/mediaapi"
	"guichet/shared/wav"
	"guichet/shared/wav/wavtest"
)

const messageTone = 1600

// store serves whatever handler says, under a link as the control plane would sign it.
func (f *fixture) store(serve http.HandlerFunc) string {
	f.t.Helper()
	s := httptest.NewServer(serve)
	f.t.Cleanup(s.Close)
	return s.URL + "/recordings/rec_1.wav?X-Amz-Signature=ab"
}

func (f *fixture) tone(hz float64, length time.Duration) string {
	f.t.Helper()
	file := wavtest.Tone(hz, length)
	return f.store(func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(file) })
}

// play has a recorded message played.
func (f *fixture) play(contactID, id, link string) {
	f.t.Helper()
	status := f.commandOf(mediaapi.Command{ContactID: contactID, Action: mediaapi.ActionPlay, PlaybackID: id, SoundURL: link})
	require.Equal(f.t, http.StatusNoContent, status)
}

func (f *fixture) stop(contactID, id string) {
	f.t.Helper()
	status := f.commandOf(mediaapi.Command{ContactID: contactID, Action: mediaapi.ActionStop, PlaybackID: id})
	require.Equal(f.t, http.StatusNoContent, status)
}

// hearsBoth waits until two tones make up the last fifth of a second.
func hearsBoth(t *testing.T, e *ear, one, other float64) {
	t.Helper()
	require.Eventually(t, func() bool {
		last := e.last(1600)
		a, b := share(last, one), share(last, other)
		return a > 0.2 && b > 0.2 && a+b > 0.8
	}, patience, poll, fmt.Sprintf("tones of %g and %g Hz", one, other))
}

// lines are a customer's two ways to be on the phone.
func lines() map[string]func(f *fixture) (contactID string, e *ear) {
	return map[string]func(f *fixture) (string, *ear){
		"a telephone": func(f *fixture) (string, *ear) { return "ctc_CA1", &f.call("CA1", 30, customerTone).ear },
		"a visitor": func(f *fixture) (string, *ear) {
			return "ctc_1", &f.join(f.visitorTicket("ctc_1", 30), customerTone).ear
		},
	}
}

// connected brings an agent and a customer together.
func (f *fixture) connected(line func(*fixture) (string, *ear)) (agent *browser, contactID string, customer *ear) {
	f.t.Helper()
	agent = f.join(f.ticket(nil), agentTone)
	f.eventually("agent.joined")
	contactID, customer = line(f)
	f.eventually("agent.joined", "contact.joined")
	hears(f.t, &agent.ear, customerTone)
	hears(f.t, customer, agentTone)
	return agent, contactID, customer
}

func onEachLine(t *testing.T, test func(t *testing.T, f *fixture, agent *browser, contactID string, customer *ear)) {
	for name, line := range lines() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := start(t)
			agent, contactID, customer := f.connected(line)
			test(t, f, agent, contactID, customer)
		})
	}
}

func TestBothHearTheMessageAndEachOther(t *testing.T) {
	t.Parallel()
	onEachLine(t, func(t *testing.T, f *fixture, agent *browser, contactID string, customer *ear) {
		f.play(contactID, "ply_1", f.tone(messageTone, 2*time.Second))
		hearsBoth(t, customer, messageTone, agentTone)
		hearsBoth(t, &agent.ear, messageTone, customerTone)
		f.eventually("agent.joined", "contact.joined", "contact.played finished")
		hears(t, customer, agentTone)
		hears(t, &agent.ear, customerTone)
		played := f.event(2)
		assert.Equal(t, "ply_1", played.PlaybackID)
		assert.Equal(t, contactID, played.ContactID)
		assert.Equal(t, "agt_1", played.AgentID)
		assert.Equal(t, "1", f.metric(`media_playbacks_total{reason="finished"}`))

		f.play(contactID, "ply_1", f.tone(messageTone, 2*time.Second)) // the same one
		f.play(contactID, "ply_2", f.tone(2100, time.Second))
		hearsBoth(t, customer, 2100, agentTone)
		f.eventually("agent.joined", "contact.joined", "contact.played finished", "contact.played finished")
		assert.Equal(t, "ply_2", f.event(3).PlaybackID)
	})
}

// TestMessageKeepsTimeWhenTheOtherIsSilent: an agent who sends nothing, and a customer who sends nothing.
func TestMessageKeepsTimeWhenTheOtherIsSilent(t *testing.T) {
	t.Parallel()
	f := start(t)
	agent := f.join(f.ticket(nil), agentTone)
	f.eventually("agent.joined")
	phone := f.dial("CA1")
	phone.start(f.streamTicket("CA1", 30))
	f.eventually("agent.joined", "contact.joined")
	agent.muted.Do(func() { close(agent.mute) })
	agent.wg.Wait()
	time.Sleep(300 * time.Millisecond)
	phone.ear.forget()
	agent.ear.forget()
	began := time.Now()
	f.play("ctc_CA1", "ply_1", f.tone(messageTone, 2*time.Second))
	hears(t, &phone.ear, messageTone)
	hears(t, &agent.ear, messageTone)
	phone.wasAsked("message-ply_1")
	assert.GreaterOrEqual(t, time.Since(began), 1900*time.Millisecond)
	phone.send(`{"event":"mark","streamSid":"MZ1","sequenceNumber":"5","mark":{"name":"message-ply_1"}}`)
	f.eventually("agent.joined", "contact.joined", "contact.played finished")
	for who, e := range map[string]*ear{"customer": &phone.ear, "agent": &agent.ear} {
		all := e.last(2 * 8000)
		require.NotNil(t, all, who)
		assert.Greater(t, share(all, messageTone), 0.9, "%s heard all of it, without a gap", who)
		assert.Nil(t, e.last(2*8000+1), "%s heard nothing else", who)
	}
}

func TestFinishedIsReportedWhenTheCustomerHasHeardIt(t *testing.T) {
	t.Parallel()
	for name, returned := range map[string]bool{"the provider says so": true, "the provider says nothing": false} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := start(t)
			f.join(f.ticket(nil), agentTone)
			f.eventually("agent.joined")
			phone := f.call("CA1", 30, customerTone)
			hears(t, &phone.ear, agentTone)
			f.play("ctc_CA1", "ply_1", f.tone(messageTone, 500*time.Millisecond))
			phone.wasAsked("message-ply_1")
			time.Sleep(400 * time.Millisecond)
			assert.Equal(t, []string{"agent.joined", "contact.joined"}, f.story(), "it plays at the provider")
			if returned {
				phone.send(`{"event":"mark","streamSid":"MZ1","sequenceNumber":"5","mark":{"name":"message-ply_1"}}`)
			}
			f.eventually("agent.joined", "contact.joined", "contact.played finished")
		})
	}
}

func TestStopAndReplace(t *testing.T) {
	t.Parallel()
	onEachLine(t, func(t *testing.T, f *fixture, agent *browser, contactID string, customer *ear) {
		f.play(contactID, "ply_1", f.tone(messageTone, time.Minute))
		hearsBoth(t, customer, messageTone, agentTone)
		f.stop(contactID, "ply_9")
		f.play(contactID, "ply_2", f.tone(2100, time.Minute))
		f.eventually("agent.joined", "contact.joined", "contact.played stopped")
		hearsBoth(t, customer, 2100, agentTone)
		hearsBoth(t, &agent.ear, 2100, customerTone)
		f.stop(contactID, "ply_1")
		f.stop(contactID, "ply_2")
		hears(t, customer, agentTone)
		hears(t, &agent.ear, customerTone)
		f.stop(contactID, "ply_2")
		f.eventually("agent.joined", "contact.joined", "contact.played stopped", "contact.played stopped")
		assert.Equal(t, "ply_1", f.event(2).PlaybackID)
		assert.Equal(t, "ply_2", f.event(3).PlaybackID)
	})
}

func TestMessageThatDoesNotCome(t *testing.T) {
	t.Parallel()
	stereo := wavtest.Encode(wav.File{Coding: wav.PCM, Channels: 2, Rate: 44100, Bits: 16, Data: make([]byte, 44100)})
	for name, serve := range map[string]http.HandlerFunc{
		"not there":    http.NotFound,
		"too large":    func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(make([]byte, 3<<20)) },
		"wrong format": func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(stereo) },
		"too slow":     func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := start(t)
			agent, visitor := f.talk()
			f.play("ctc_1", "ply_1", f.store(serve))
			f.eventually("agent.joined", "contact.joined", "contact.played failed")
			assert.Equal(t, "ply_1", f.event(2).PlaybackID)
			hears(t, &agent.ear, customerTone)
			hears(t, &visitor.ear, agentTone)
		})
	}
}

func TestMessageWhileTheAgentIsAway(t *testing.T) {
	t.Parallel()
	onEachLine(t, func(t *testing.T, f *fixture, agent *browser, contactID string, customer *ear) {
		f.play(contactID, "ply_1", f.tone(messageTone, 4*time.Second))
		hearsBoth(t, customer, messageTone, agentTone)
		agent.leave()
		hears(t, customer, messageTone)
		again := f.join(f.ticket(nil), 600)
		hearsBoth(t, customer, messageTone, 600)
		hearsBoth(t, &again.ear, messageTone, customerTone)
		again.leave()
		f.eventually("agent.joined", "contact.joined", "agent.left closed", "contact.parked", "agent.joined", "contact.joined",
			"agent.left closed", "contact.parked", "contact.played finished")
		require.Eventually(t, func() bool {
			last := customer.last(4000)
			return loud(last) && share(last, messageTone) < 0.1
		}, patience, poll, "then music")
	})
}

func TestEndOfTheCallEndsTheMessage(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		end  func(f *fixture, p *phone)
		want []string
	}{
		"hung up": {func(_ *fixture, p *phone) { p.hangUp() }, []string{"contact.played stopped", "contact.left stopped"}},
		"drained": {func(f *fixture, _ *phone) { f.node.Close() }, []string{"contact.played stopped", "contact.left drained", "agent.left drained"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := start(t)
			agent := f.join(f.ticket(nil), agentTone)
			f.eventually("agent.joined")
			phone := f.call("CA1", 30, customerTone)
			f.eventually("agent.joined", "contact.joined")
			f.play("ctc_CA1", "ply_1", f.tone(messageTone, time.Minute))
			hearsBoth(t, &agent.ear, messageTone, customerTone)
			tc.end(f, phone)
			f.eventually(append([]string{"agent.joined", "contact.joined"}, tc.want...)...)
		})
	}
}

func TestMessageGoesOnWhenTheLineIsReplaced(t *testing.T) {
	t.Parallel()
	f := start(t)
	agent, _ := f.talk()
	f.play("ctc_1", "ply_1", f.tone(messageTone, 4*time.Second))
	hearsBoth(t, &agent.ear, messageTone, customerTone)
	second := f.join(f.visitorTicket("ctc_1", 30), 700)
	hearsBoth(t, &second.ear, messageTone, agentTone)
	hearsBoth(t, &agent.ear, messageTone, 700)
	f.eventually("agent.joined", "contact.joined", "contact.joined", "contact.played finished")
}

func TestNodeWithManyMessagesClosesCleanly(t *testing.T) {
	t.Parallel()
	f := start(t, func(c *node.Config) { c.NodeID = "node-2" })
	phone := f.call("CA1", 30, customerTone)
	f.eventually("contact.parked")
	link := f.store(func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
	for i := range 30 {
		f.play("ctc_CA1", fmt.Sprint("ply_", i), link)
	}
	f.node.Close()
	phone.closeStatus()
	assert.Len(t, f.story(), 32, "each is reported as stopped")
}
