package simulator

import (
	"context"
	"errors"
	"net/url"
	"strings"
	"time"
)

const defaultGatherSeconds = 5

// gather plays what is nested in it while it collects keys (https://www.twilio.com/docs/voice/twiml/gather). Speech is not
// understood: the caller is taken to have said nothing.
func (x *executor) gather(ctx context.Context, v *element) (*request, error) {
	c := x.call
	c.forgetDigits()
	c.note(Line{Kind: LineGather})
	first, err := x.prompt(ctx, v)
	if err != nil {
		return nil, err
	}
	digits, err := c.collect(ctx, v, first)
	if err != nil {
		return nil, err
	}
	if digits == "" && v.attr["actionOnEmptyResult"] != "true" {
		return nil, nil
	}
	params := url.Values{"Digits": {digits}}
	if _, ok := v.attr["action"]; !ok {
		to, err := x.doc.resolve("")
		return &request{url: to, method: v.attr["method"], params: params}, err
	}
	return x.action(v, params)
}

// forgetDigits drops keys that were pressed before anybody asked.
func (c *Call) forgetDigits() {
	for {
		select {
		case <-c.digits:
		default:
			return
		}
	}
}

// prompt runs the nested verbs until they end or a key interrupts them; it returns that key, or 0.
func (x *executor) prompt(ctx context.Context, v *element) (rune, error) {
	interrupted := errors.New("key pressed")
	promptCtx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	key := make(chan rune, 1)
	finished := make(chan struct{})
	go func() {
		defer close(key)
		select {
		case k := <-x.call.digits:
			key <- k
			stop(interrupted)
		case <-promptCtx.Done():
		case <-finished:
		}
	}()
	err := x.runPrompt(promptCtx, v)
	close(finished)
	pressed := <-key
	if err != nil && !errors.Is(err, interrupted) {
		return 0, err
	}
	return pressed, nil
}

func (x *executor) runPrompt(ctx context.Context, v *element) error {
	for _, nested := range v.children {
		var err error
		switch nested.name {
		case "Say":
			err = x.say(ctx, nested)
		case "Play":
			err = x.play(ctx, nested)
		case "Pause":
			err = x.pause(ctx, nested)
		default:
			err = faultf(codeSchema, "", "<%s> is not allowed in <Gather>", nested.name)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// collect reads keys until finishOnKey, numDigits, or silence for timeout seconds. first was pressed already, or is 0.
func (c *Call) collect(ctx context.Context, v *element, first rune) (string, error) {
	finish, ok := v.attr["finishOnKey"]
	if !ok {
		finish = "#"
	}
	most, patience := v.whole("numDigits", 0), v.seconds("timeout", defaultGatherSeconds)
	var digits strings.Builder
	for key := first; ; {
		if key != 0 {
			if strings.ContainsRune(finish, key) {
				return digits.String(), nil
			}
			digits.WriteRune(key)
			if most > 0 && digits.Len() >= most {
				return digits.String(), nil
			}
		}
		timer := time.NewTimer(patience)
		select {
		case key = <-c.digits:
			timer.Stop()
		case <-timer.C:
			return digits.String(), nil
		case <-ctx.Done():
			timer.Stop()
			return "", context.Cause(ctx)
		}
	}
}
