package simulator

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"syscall"
	"time"

	"github.com/coder/websocket"

	"guichet/infra/local/simulator/twilio"
)

// streamDialTime is how long a media stream may take to open.
const streamDialTime = 10 * time.Second

// maxStreamMessage bounds one message of the product, in bytes: Twilio sets no size, and this is minutes of audio.
const maxStreamMessage = 4 << 20

// connect opens the bidirectional media stream of <Connect><Stream>; the document goes on when the product closes it
// (https://www.twilio.com/docs/voice/twiml/stream).
func (x *executor) connect(ctx context.Context, v *element) (*request, error) {
	if len(v.children) != 1 || v.children[0].name != "Stream" {
		return nil, faultf(codeSchema, "", "the simulator has <Connect> with one <Stream> only")
	}
	if err := x.stream(ctx, v.children[0]); err != nil {
		return nil, err
	}
	return x.action(v, nil)
}

// stream runs one media stream until the product closes it, which is no error, or the context ends.
func (x *executor) stream(ctx context.Context, noun *element) error {
	c := x.call
	target, err := x.streamURL(noun)
	if err != nil {
		return err
	}
	conn, code, err := c.dialStream(ctx, target)
	if err != nil {
		if cause := context.Cause(ctx); cause != nil {
			return cause
		}
		// Twilio logs the error and goes on with the next verb.
		c.note(Line{Kind: LineError, Code: code, Text: err.Error()})
		return nil
	}
	c.note(Line{Kind: LineStream, Text: target})
	s := newMediaStream(c, conn, parameters(noun))
	ended, err := s.run(ctx)
	c.note(Line{Kind: LineStreamEnd, Text: ended})
	return err
}

// streamURL checks the scheme. Twilio takes wss only; ws is for one machine, where there is no certificate.
func (x *executor) streamURL(noun *element) (string, error) {
	to, err := x.doc.resolve(noun.attr["url"])
	if err != nil {
		return "", err
	}
	target, err := url.Parse(to)
	if err != nil || target.Host == "" {
		return "", faultf(codeStreamURL, to, "bad stream URL %q", to)
	}
	if target.Scheme != "wss" && target.Scheme != "ws" {
		return "", faultf(codeStreamScheme, to, "stream URL %q is not wss", to)
	}
	if target.RawQuery != "" {
		x.call.warn(0, "the query string of a stream URL is not supported: use <Parameter>")
		target.RawQuery = ""
	}
	return target.String(), nil
}

func (c *Call) dialStream(ctx context.Context, target string) (*websocket.Conn, int, error) {
	ctx, cancel := context.WithTimeout(ctx, streamDialTime)
	defer cancel()
	conn, res, err := websocket.Dial(ctx, target, &websocket.DialOptions{ //nolint:bodyclose // Dial has closed it
		HTTPClient: c.client,
		HTTPHeader: http.Header{
			twilio.SignatureHeader: {c.sim.account.Sign(target, nil)},
			"User-Agent":           {"TwilioProxy/1.1"},
		},
	})
	if err == nil {
		conn.SetReadLimit(maxStreamMessage)
		return conn, 0, nil
	}
	switch {
	case res != nil:
		return nil, codeHandshake, err
	case errors.Is(err, syscall.ECONNREFUSED):
		return nil, codeStreamRefused, err
	default:
		return nil, codeStreamTimeout, err
	}
}

// parameters are the custom parameters of a <Stream>.
func parameters(noun *element) map[string]string {
	out := make(map[string]string)
	for _, p := range noun.children {
		if p.name == "Parameter" {
			out[p.attr["name"]] = p.attr["value"]
		}
	}
	return out
}
