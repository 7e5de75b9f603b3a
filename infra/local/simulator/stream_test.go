package simulator_test

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"

	"github.com/coder/websocket"
	"github.com/stretchr/testify/require"
	twilioclient "github.com/twilio/twilio-go/client"
	api "github.com/twilio/twilio-go/rest/api/v2010"

	"guichet/infra/local/simulator"
	"guichet/infra/local/simulator/audio"
)

// message is a media stream's message as a product reads it, written from Twilio's documentation.
type message struct {
	Event          string `json:"event"`
	Protocol       string `json:"protocol"`
	Version        string `json:"version"`
	SequenceNumber string `json:"sequenceNumber"`
	StreamSID      string `json:"streamSid"`
	Start          struct {
		StreamSID        string            `json:"streamSid"`
		AccountSID       string            `json:"accountSid"`
		CallSID          string            `json:"callSid"`
		Tracks           []string          `json:"tracks"`
		CustomParameters map[string]string `json:"customParameters"`
		MediaFormat      struct {
			Encoding   string `json:"encoding"`
			SampleRate int    `json:"sampleRate"`
			Channels   int    `json:"channels"`
		} `json:"mediaFormat"`
	} `json:"start"`
	Media struct{ Track, Chunk, Timestamp, Payload string } `json:"media"`
	Mark  struct{ Name string }                             `json:"mark"`
	DTMF  struct{ Track, Digit string }                     `json:"dtmf"`
	Stop  struct {
		AccountSID string `json:"accountSid"`
		CallSID    string `json:"callSid"`
	} `json:"stop"`
}

// node is a media server: each stream runs talk.
type node struct {
	t    *testing.T
	conn *websocket.Conn
	sid  string
	next int
}

func startNode(t *testing.T, talk func(ctx context.Context, n *node)) string {
	t.Helper()
	var target string
	validator := twilioclient.NewRequestValidator(authToken)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		require.True(t, validator.Validate(target, nil, r.Header.Get("X-Twilio-Signature")))
		conn, err := websocket.Accept(w, r, nil)
		require.NoError(t, err)
		defer func() { _ = conn.CloseNow() }()
		ctx, cancel := context.WithCancel(context.Background())
		defer cancel()
		n := &node{t: t, conn: conn, next: 1}
		talk(ctx, n)
	}))
	t.Cleanup(server.Close)
	target = "ws" + strings.TrimPrefix(server.URL, "http") + "/media/twilio"
	return target
}

// read returns the next message and checks its number; false at the end of the stream.
func (n *node) read(ctx context.Context) (message, bool) {
	_, raw, err := n.conn.Read(ctx)
	if err != nil {
		return message{}, false
	}
	var m message
	require.NoError(n.t, json.Unmarshal(raw, &m))
	if m.Event != "connected" {
		require.Equal(n.t, strconv.Itoa(n.next), m.SequenceNumber)
		n.next++
		n.sid = m.StreamSID
	}
	return m, true
}

func (n *node) send(ctx context.Context, m map[string]any) {
	m["streamSid"] = n.sid
	raw, err := json.Marshal(m)
	require.NoError(n.t, err)
	_ = n.conn.Write(ctx, websocket.MessageText, raw)
}

func (n *node) say(ctx context.Context, ulaw []byte) {
	n.send(ctx, map[string]any{"event": "media", "media": map[string]string{"payload": base64.StdEncoding.EncodeToString(ulaw)}})
}

func tone(hz float64, milliseconds int) []byte {
	ulaw := make([]byte, audio.Rate/1000*milliseconds)
	audio.NewTone(hz).Fill(ulaw)
	return ulaw
}

func streamTo(url string) http.HandlerFunc {
	return twiml(`<Connect><Stream url="` + url + `"><Parameter name="ticket" value="t&amp;1"/></Stream></Connect><Say>after</Say>`)
}

// TestStreamCarriesSoundBothWays finds by frequency what each side plays.
func TestStreamCarriesSoundBothWays(t *testing.T) {
	t.Parallel()
	start1, heard, stopped := make(chan message, 1), make(chan audio.Sound, 1), make(chan message, 1)
	url := startNode(t, func(ctx context.Context, n *node) {
		m, _ := n.read(ctx)
		require.Equal(t, []string{"connected", "Call", "1.0.0"}, []string{m.Event, m.Protocol, m.Version})
		m, _ = n.read(ctx)
		start1 <- m
		n.say(ctx, tone(1234, 20_000)) // any size: it is played in real time
		var said []byte
		for chunk := 1; ; chunk++ {
			m, ok := n.read(ctx)
			if !ok || m.Event == "stop" {
				stopped <- m
				return
			}
			require.Equal(t, []string{"media", "inbound", strconv.Itoa(chunk), strconv.Itoa(20 * (chunk - 1))},
				[]string{m.Event, m.Media.Track, m.Media.Chunk, m.Media.Timestamp})
			frame, err := base64.StdEncoding.DecodeString(m.Media.Payload)
			require.NoError(t, err)
			require.Len(t, frame, 160)
			if said = append(said, frame...); chunk == 20 {
				heard <- audio.Measure(audio.DecodeAll(said))
			}
		}
	})
	p := start(t, map[string]http.HandlerFunc{"/voice/incoming": streamTo(url)})
	c := p.call(simulator.ToneSource(567))

	m := <-start1
	require.Equal(t, "start", m.Event)
	require.Regexp(t, `^MZ[0-9a-f]{32}$`, m.StreamSID)
	require.Equal(t, []string{m.StreamSID, accountSID, c.SID(), "inbound", "t&1", "audio/x-mulaw"},
		[]string{m.Start.StreamSID, m.Start.AccountSID, m.Start.CallSID, m.Start.Tracks[0], m.Start.CustomParameters["ticket"], m.Start.MediaFormat.Encoding})
	require.Equal(t, []int{8000, 1}, []int{m.Start.MediaFormat.SampleRate, m.Start.MediaFormat.Channels})
	require.InDelta(t, 567, (<-heard).Hz, 5)
	require.NoError(t, c.WaitHeard(patience(t), 1234))

	c.HangUp()
	m = <-stopped
	require.Equal(t, []string{"stop", accountSID, c.SID()}, []string{m.Event, m.Stop.AccountSID, m.Stop.CallSID})
	p.ended(c, simulator.Completed)
	require.NotContains(t, texts(c, simulator.LineSay), "after")
	require.Empty(t, texts(c, simulator.LineWarning))
}

func TestStreamMarksAndClear(t *testing.T) {
	t.Parallel()
	ready := make(chan struct{})
	marks := make(chan []string, 1)
	url := startNode(t, func(ctx context.Context, n *node) {
		var got []string
		for {
			m, ok := n.read(ctx)
			switch {
			case !ok:
				return
			case m.Event == "start":
				mark(ctx, n, "nothing waits")
				n.say(ctx, tone(500, 300))
				mark(ctx, n, "played")
			case m.Event == "mark":
				got = append(got, m.Mark.Name)
				if m.Mark.Name == "played" {
					n.say(ctx, tone(900, 60_000))
					mark(ctx, n, "cleared")
					close(ready)
				}
				if m.Mark.Name == "cleared" {
					marks <- got
				}
			case m.Event == "dtmf":
				got = append(got, m.DTMF.Track+m.DTMF.Digit)
				n.send(ctx, map[string]any{"event": "clear"})
			}
		}
	})
	p := start(t, map[string]http.HandlerFunc{"/voice/incoming": streamTo(url)})
	c := p.call(nil)
	<-ready
	require.NoError(t, c.WaitHeard(patience(t), 900))
	require.NoError(t, c.Press("5"))
	require.Equal(t, []string{"nothing waits", "played", "inbound_track5", "cleared"}, <-marks)
	require.NoError(t, c.WaitHeard(patience(t), 0))
}

func mark(ctx context.Context, n *node, name string) {
	n.send(ctx, map[string]any{"event": "mark", "mark": map[string]string{"name": name}})
}

// TestStreamEnds checks what follows each way a stream can end.
func TestStreamEnds(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		talk func(ctx context.Context, n *node)
		code int // of the warning or error; 0 for none
	}{
		"closed":   {func(_ context.Context, n *node) { _ = n.conn.Close(websocket.StatusNormalClosure, "") }, 0},
		"broken":   {func(context.Context, *node) {}, 31921},
		"rejected": {func(_ context.Context, n *node) { _ = n.conn.Close(websocket.StatusPolicyViolation, "no") }, 31921},
		"binary": {func(ctx context.Context, n *node) {
			_ = n.conn.Write(ctx, websocket.MessageBinary, []byte{1})
			_ = n.conn.Close(websocket.StatusNormalClosure, "")
		}, 31950},
		"not JSON": {func(ctx context.Context, n *node) {
			for range 2 { // warned of once
				_ = n.conn.Write(ctx, websocket.MessageText, []byte("{"))
			}
			_ = n.conn.Close(websocket.StatusNormalClosure, "")
		}, 31951},
		"other stream": {func(ctx context.Context, n *node) {
			n.sid = "MZ00"
			n.say(ctx, tone(440, 20))
			_ = n.conn.Close(websocket.StatusNormalClosure, "")
		}, 31951},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := start(t, map[string]http.HandlerFunc{"/voice/incoming": streamTo(startNode(t, tt.talk))})
			c := p.call(nil)
			p.ended(c, simulator.Completed)
			require.Equal(t, []string{"after"}, texts(c, simulator.LineSay))
			var codes []int
			for _, l := range c.Transcript() {
				if l.Kind == simulator.LineWarning {
					codes = append(codes, l.Code)
				}
			}
			if tt.code == 0 {
				require.Empty(t, codes)
				return
			}
			require.Equal(t, []int{tt.code}, codes)
		})
	}
}

func TestStreamDoesNotOpen(t *testing.T) {
	t.Parallel()
	gone := httptest.NewServer(http.NotFoundHandler())
	there := httptest.NewServer(http.NotFoundHandler())
	t.Cleanup(there.Close)
	gone.Close()
	for server, code := range map[*httptest.Server]int{gone: 31902, there: 31920} {
		p := start(t, map[string]http.HandlerFunc{"/voice/incoming": streamTo("ws" + strings.TrimPrefix(server.URL, "http"))})
		c := p.call(nil)
		p.ended(c, simulator.Completed)
		line, err := c.WaitLine(patience(t), simulator.LineError, "")
		require.NoError(t, err)
		require.Equal(t, code, line.Code, line.Text)
		require.Equal(t, []string{"after"}, texts(c, simulator.LineSay))
	}
}

// TestStreamIsRedirected: the product takes a bridged caller elsewhere.
func TestStreamIsRedirected(t *testing.T) {
	t.Parallel()
	stopped := make(chan bool, 1)
	url := startNode(t, func(ctx context.Context, n *node) {
		for {
			m, ok := n.read(ctx)
			if !ok || m.Event == "stop" {
				stopped <- ok
				_, _ = n.read(ctx) // answers the close
				return
			}
			if m.Event == "start" {
				n.say(ctx, tone(800, 60_000))
			}
		}
	})
	p := start(t, map[string]http.HandlerFunc{"/voice/incoming": streamTo(url)})
	c := p.call(nil)
	require.NoError(t, c.WaitHeard(patience(t), 800))
	_, err := p.rest(authToken).UpdateCall(c.SID(), (&api.UpdateCallParams{}).
		SetTwiml(`<Response><Say>hold on</Say><Pause length="60"/></Response>`))
	require.NoError(t, err)
	require.True(t, <-stopped)
	_, err = c.WaitLine(patience(t), simulator.LineSay, "hold on")
	require.NoError(t, err)
	require.NoError(t, c.WaitHeard(patience(t), 0), "what was buffered is not heard")
	require.Empty(t, texts(c, simulator.LineWarning))
}
