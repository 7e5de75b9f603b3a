package simulator

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"guichet/infra/local/simulator/audio"
)

// This file is what the person at the other end can do and notice: the interface for tests and for the page.

const keypadKeys = "0123456789*#"

// ErrBadDigits is a key that a telephone does not have.
var ErrBadDigits = errors.New("keys are 0 to 9, * and #")

// Press presses keys of the caller's telephone.
func (c *Call) Press(keys string) error {
	if keys == "" || strings.Trim(keys, keypadKeys) != "" {
		return fmt.Errorf("press %q: %w", keys, ErrBadDigits)
	}
	c.note(Line{Kind: LineDigits, Text: keys})
	c.mu.Lock()
	keypad := c.keypad
	c.mu.Unlock()
	for _, key := range keys {
		if keypad != nil && keypad(key) {
			continue
		}
		select {
		case c.digits <- key:
		default: // nobody gathers: the keys are lost, as on a real line
		}
	}
	return nil
}

// Answer takes an outgoing call that rings.
func (c *Call) Answer() { c.respond(person) }

// AnswerByMachine lets an answering machine take an outgoing call that rings.
func (c *Call) AnswerByMachine() { c.respond(voicemail) }

// Decline refuses an outgoing call that rings: the product is told busy.
func (c *Call) Decline() { c.respond(declinesCall) }

func (c *Call) respond(a answer) {
	select {
	case c.answered <- a:
	default: // already answered or declined
	}
}

// WaitStatus waits until the call is in one of the states.
func (c *Call) WaitStatus(ctx context.Context, states ...Status) error {
	if err := c.wait(ctx, func() bool { return slices.Contains(states, c.status) }); err != nil {
		return fmt.Errorf("call %s is %s, not %v: %w", c.sid, c.Status(), states, err)
	}
	return nil
}

// WaitLine waits until the transcript has a line of the kind whose text contains text, and returns it.
func (c *Call) WaitLine(ctx context.Context, kind LineKind, text string) (Line, error) {
	var found Line
	err := c.wait(ctx, func() bool {
		i := slices.IndexFunc(c.transcript, func(l Line) bool { return l.Kind == kind && strings.Contains(l.Text, text) })
		if i >= 0 {
			found = c.transcript[i]
		}
		return i >= 0
	})
	if err != nil {
		return Line{}, fmt.Errorf("call %s: no line %q of %q in %v: %w", c.sid, kind, text, c.Transcript(), err)
	}
	return found, nil
}

func (c *Call) wait(ctx context.Context, until func() bool) error {
	for {
		c.mu.Lock()
		done, changed := until(), c.changed
		c.mu.Unlock()
		if done {
			return nil
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return context.Cause(ctx)
		}
	}
}

// Heard measures the last 200 ms of what the caller heard.
func (c *Call) Heard() audio.Sound { return c.line.heard(200 * time.Millisecond) }

// WaitHeard waits until the caller hears a tone within 15 hertz of hz; 0 waits for silence.
func (c *Call) WaitHeard(ctx context.Context, hz float64) error {
	const tolerance = 15
	ticker := time.NewTicker(2 * frameTime)
	defer ticker.Stop()
	for {
		sound := c.Heard()
		if sound.Hz >= hz-tolerance && sound.Hz <= hz+tolerance {
			return nil
		}
		select {
		case <-ticker.C:
		case <-ctx.Done():
			return fmt.Errorf("call %s hears %.0f Hz at %.0f dBFS, not %.0f Hz: %w", c.sid, sound.Hz, sound.DBFS, hz, context.Cause(ctx))
		}
	}
}
