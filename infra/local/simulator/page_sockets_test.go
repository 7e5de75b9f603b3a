package simulator_test

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"github.com/coder/websocket"
	"github.com/stretchr/testify/require"

	"guichet/infra/local/simulator/audio"
)

// TestPageSockets: the page sees calls change, hears what the caller hears and speaks for the caller.
func TestPageSockets(t *testing.T) {
	t.Parallel()
	url := startNode(t, echo)
	product := start(t, map[string]http.HandlerFunc{"/voice/incoming": streamTo(url)})
	p := product.page()
	events := p.socket("/events")
	_, raw, err := events.Read(patience(t))
	require.NoError(t, err)
	require.JSONEq(t, `{"all":true,"calls":[],"phones":[]}`, string(raw))

	status, call := p.post("/calls", `{"from":"anonymous","to":"`+support+`","source":"microphone"}`)
	require.Equal(t, http.StatusCreated, status)
	sid := call["sid"].(string)
	line := p.socket("/calls/" + sid + "/audio")
	whistle := audio.NewTone(1111)
	var heard []byte
	for audio.Measure(audio.DecodeAll(heard)).Hz < 1100 {
		frame := make([]byte, audio.FrameBytes)
		whistle.Fill(frame)
		require.NoError(t, line.Write(patience(t), websocket.MessageBinary, frame))
		kind, ulaw, err := line.Read(patience(t))
		require.NoError(t, err)
		require.Equal(t, websocket.MessageBinary, kind)
		if heard = append(heard, ulaw...); len(heard) > audio.Rate/5 {
			heard = heard[audio.FrameBytes:]
		}
	}
	require.InDelta(t, 1111, audio.Measure(audio.DecodeAll(heard)).Hz, 15)

	_, _ = p.post("/calls/"+sid+"/hangup", `{}`)
	for ended := false; !ended; {
		_, raw, err := events.Read(patience(t))
		require.NoError(t, err)
		ended = strings.Contains(string(raw), `"status":"completed"`)
	}
	for err = nil; err == nil; {
		_, _, err = line.Read(patience(t))
	}
	require.Equal(t, websocket.StatusNormalClosure, websocket.CloseStatus(err))
}

// echo sends the caller's sound back.
func echo(ctx context.Context, n *node) {
	for {
		m, ok := n.read(ctx)
		if !ok {
			return
		}
		if m.Event == "media" {
			n.send(ctx, map[string]any{"event": "media", "media": map[string]string{"payload": m.Media.Payload}})
		}
	}
}
