package node_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/shared/mediaapi"
)

// digits posts digits to sound and returns the status of the answer.
func (f *fixture) digits(contactID, id, digits string) int {
	f.t.Helper()
	return f.commandOf(mediaapi.Command{ContactID: contactID, Action: mediaapi.ActionDigits, PlaybackID: id, Digits: digits})
}

// recognised is what a DTMF receiver makes of the audio: a digit is 40 ms of its two tones, with hardly anything else in them
// (ITU-T Q.24), after something else.
func recognised(audio []byte) string {
	const window, hop, needed = 160, 80, 4 // 20 ms, every 10 ms
	var digits strings.Builder
	before, lasts := byte(0), 0
	for at := 0; at+window <= len(audio); at += hop {
		now := digitIn(audio[at : at+window])
		if now != before {
			before, lasts = now, 0
		}
		if lasts++; lasts == needed && now != 0 {
			digits.WriteByte(now)
		}
	}
	return digits.String()
}

func digitIn(audio []byte) byte {
	row, low := loudest(audio, 697, 770, 852, 941)
	column, high := loudest(audio, 1209, 1336, 1477)
	if !loud(audio) || low < 0.25 || high < 0.25 || low+high < 0.85 {
		return 0
	}
	return "123456789*0#"[row*3+column]
}

func loudest(audio []byte, frequencies ...float64) (which int, most float64) {
	for i, frequency := range frequencies {
		if s := share(audio, frequency); s > most {
			which, most = i, s
		}
	}
	return which, most
}

// hearsDigits waits until a receiver has recognised them since the ear forgot, and no other.
func hearsDigits(t *testing.T, e *ear, want string) {
	t.Helper()
	require.EventuallyWithT(t, func(c *assert.CollectT) { assert.Equal(c, want, recognised(e.all())) }, patience, 5*poll)
}

func TestDigitsAreRecognised(t *testing.T) {
	t.Parallel()
	onEachLine(t, func(t *testing.T, f *fixture, agent *browser, contactID string, customer *ear) {
		customer.forget()
		require.Equal(t, http.StatusNoContent, f.digits(contactID, "dig_1", "0123456789*#"))
		require.Equal(t, http.StatusNoContent, f.digits(contactID, "dig_2", "11"))
		require.Equal(t, http.StatusNoContent, f.digits(contactID, "dig_1", "0123456789*#"))
		hearsDigits(t, customer, "0123456789*#11") // though the agent's tone goes on
		hears(t, customer, agentTone)
		hears(t, &agent.ear, customerTone)
		assert.Equal(t, "0123456789*#11", recognised(customer.all()), "once")
		assert.Equal(t, []string{"agent.joined", "contact.joined"}, f.story(), "nothing is reported")
	})
}

func TestTheAgentHearsTheDigitsAndTheCustomer(t *testing.T) {
	t.Parallel()
	onEachLine(t, func(t *testing.T, f *fixture, agent *browser, contactID string, _ *ear) {
		require.Equal(t, http.StatusNoContent, f.digits(contactID, "dig_1", strings.Repeat("1", 15)))
		require.Eventually(t, func() bool {
			last := agent.ear.last(1600) // one digit and its pause: an eighth each is what two tones of half the time make
			return share(last, 697) > 0.1 && share(last, 1209) > 0.1 && share(last, customerTone) > 0.3
		}, patience, poll)
		hears(t, &agent.ear, customerTone)
	})
}

func TestDigitsOnHold(t *testing.T) {
	t.Parallel()
	onEachLine(t, func(t *testing.T, f *fixture, agent *browser, contactID string, customer *ear) {
		f.hold(contactID, mediaapi.ActionHold, 1)
		hearsMusic(t, customer, agentTone)
		customer.forget()
		agent.ear.forget()
		require.Equal(t, http.StatusNoContent, f.digits(contactID, "dig_1", "42#"))
		hearsDigits(t, customer, "42#")
		hearsDigits(t, &agent.ear, "42#")
		hearsMusic(t, customer, agentTone)
		hearsNothing(t, &agent.ear)
	})
}

func TestAMessageGoesOnAfterDigits(t *testing.T) {
	t.Parallel()
	onEachLine(t, func(t *testing.T, f *fixture, _ *browser, contactID string, customer *ear) {
		f.play(contactID, "ply_1", f.tone(messageTone, 2*time.Second))
		hearsBoth(t, customer, messageTone, agentTone)
		customer.forget()
		require.Equal(t, http.StatusNoContent, f.digits(contactID, "dig_1", "5309"))
		hearsDigits(t, customer, "5309")
		hearsBoth(t, customer, messageTone, agentTone)
		f.eventually("agent.joined", "contact.joined", "contact.played finished")
	})
}

func TestDigitsThatAreTooMany(t *testing.T) {
	t.Parallel()
	f := start(t)
	f.call("CA1", 30, customerTone)
	f.eventually("contact.parked")
	assert.Equal(t, http.StatusUnprocessableEntity, f.digits("ctc_CA1", "dig_1", strings.Repeat("1", 65)))
	assert.Equal(t, http.StatusNoContent, f.digits("ctc_CA1", "dig_2", strings.Repeat("1", 64)))
	assert.Equal(t, http.StatusUnprocessableEntity, f.digits("ctc_CA1", "dig_3", "12345678901234567890"))
	assert.Equal(t, http.StatusNoContent, f.digits("ctc_CA1", "dig_2", strings.Repeat("1", 64)), "repeated")
	assert.Equal(t, http.StatusNotFound, f.digits("ctc_2", "dig_1", "1"))
}
