package center_test

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/infra/local/simulator"
	"guichet/infra/local/simulator/audio"
	domain "guichet/shared/center"
	"guichet/shared/deskapi"
	"guichet/shared/wav"
)

// speaker speaks for good, and tells when it has spoken for so many frames of 20 ms.
type speaker struct {
	tone   *audio.Tone
	frames int
	spoken chan struct{}
}

func (s *speaker) Fill(frame []byte) {
	s.tone.Fill(frame)
	if s.frames--; s.frames == 0 {
		close(s.spoken)
	}
}

func TestP6AMessageThroughTheWholeCentre(t *testing.T) {
	t.Parallel()
	c := startWith(t, func(support *domain.Queue) { support.Hours = &domain.Hours{} }) // never open
	camille := signIn(t, c, "camille")
	camille.connect()
	call, err := c.Simulator().Call(simulator.Dial{From: "+33612345678", To: "+33199001000"})
	require.NoError(t, err)
	_, err = call.WaitLine(t.Context(), simulator.LineRecord, "")
	require.NoError(t, err)
	caller := &speaker{tone: audio.NewTone(600), frames: 75, spoken: make(chan struct{})}
	call.SetSource(caller)
	<-caller.spoken
	call.HangUp() // a message, all the same

	var message deskapi.Voicemail
	camille.sees("the message", func(p deskapi.Patch) bool {
		for _, v := range p.Voicemails {
			message = v
		}
		return message.Sound
	})
	assert.Equal(t, []string{"que_support", "+33612345678", "new"}, []string{message.LineID, message.From, message.State})
	assert.InDelta(t, 1.5, message.Seconds, 1)
	path := "/api/voicemails/que_support/" + message.ID
	var sound struct{ URL string }
	require.Equal(t, http.StatusOK, camille.call(http.MethodGet, path+"/sound", nil, &sound))
	file, err := wav.Parse([]byte(get(t, sound.URL)))
	require.NoError(t, err)
	assert.InDelta(t, message.Seconds, file.Duration().Seconds(), 0.001)
	require.Equal(t, http.StatusOK, camille.call(http.MethodPut, path, map[string]any{"state": "done"}, nil))
	camille.sees("that it is done", func(p deskapi.Patch) bool {
		return len(p.Voicemails) > 0 && p.Voicemails[0].DoneBy == "camille"
	})
}
