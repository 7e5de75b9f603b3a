package simulator

import (
	"context"
	"fmt"
	"net/http"
	"strings"

	"guichet/infra/local/simulator/audio"
)

// play fetches audio and lets the caller hear it. Keys (the digits attribute) go to the far end of the line: to the other call
// between two of the product's own numbers; elsewhere that is a person, to whom they are only noted.
func (x *executor) play(ctx context.Context, v *element) error {
	if keys := v.attr["digits"]; keys != "" {
		x.call.note(Line{Kind: LinePlay, Text: keys})
		x.call.pressFar(keys)
		return nil
	}
	from, err := x.doc.resolve(v.text)
	if err != nil {
		return err
	}
	ulaw, err := x.fetchAudio(ctx, from)
	if err != nil {
		if cause := context.Cause(ctx); cause != nil {
			return cause
		}
		return &fault{code: codeOf(err), url: from, err: err}
	}
	x.call.note(Line{Kind: LinePlay, Text: from})
	for range loops(v) {
		if err := x.playOnce(ctx, ulaw); err != nil {
			return err
		}
	}
	return nil
}

// pressFar presses keys at the other side of a call between the product's own numbers; w is a wait there.
func (c *Call) pressFar(keys string) {
	keys = strings.Map(func(key rune) rune {
		if strings.ContainsRune(keypadKeys, key) {
			return key
		}
		return -1
	}, keys)
	if c.far != nil && keys != "" {
		_ = c.far.Press(keys) // only what is no key can fail
	}
}

func (x *executor) playOnce(ctx context.Context, ulaw []byte) error {
	line := &x.call.line.playout
	heard := make(chan struct{})
	if !line.write(ulaw) {
		return fmt.Errorf("play %d bytes: %w", len(ulaw), errPlayoutFull)
	}
	line.mark(func() { close(heard) })
	select {
	case <-heard:
		return nil
	case <-ctx.Done():
		line.clear()
		return context.Cause(ctx)
	}
}

// fetchAudio gets a file without the parameters of the call, as Twilio does for <Play>, and decodes it by its MIME type.
func (x *executor) fetchAudio(ctx context.Context, from string) ([]byte, error) {
	res, err := x.call.send(ctx, from, http.MethodGet, nil)
	if err != nil {
		return nil, err
	}
	if res.status != http.StatusOK {
		return nil, faultf(codeRetrieval, from, "%s answered HTTP %d", from, res.status)
	}
	if len(res.body) > maxAudio {
		return nil, faultf(codeTooLarge, from, "%s is larger than %d bytes", from, maxAudio)
	}
	switch res.contentType {
	case "audio/ulaw", "audio/basic":
		return res.body, nil
	case "audio/wav", "audio/wave", "audio/x-wav":
		ulaw, err := audio.FromWAV(res.body)
		if err != nil {
			return nil, &fault{code: codeContentType, url: from, err: err}
		}
		return ulaw, nil
	default:
		return nil, faultf(codeContentType, from, "the simulator plays WAV and μ-law, not %q", res.contentType)
	}
}
