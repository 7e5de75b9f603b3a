package logline_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/shared/logline"
)

func TestMask(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"+33612345678": "+…78",
		"the number +33612345678 is not valid, +33612345679 is": "the number +…78 is not valid, +…79 is",
		"GET https://api.example/Calls?To=%2B33612345678&x=1":   "GET https://api.example/Calls?To=%2B…78&x=1",
		"a%2b33612345678":     "a%2b…78",
		"2026-11-22T09:00:00": "2026-11-22T09:00:00",
		"5+12 = 17, C++":      "5+12 = 17, C++",
		"+123456":             "+123456",           // too short for a number
		"+1234567890123456":   "+1234567890123456", // too long
		"%":                   "%",
		"+":                   "+",
		"":                    "",
		"é+33612345678é":      "é+…78é",
	} {
		assert.Equal(t, want, logline.Mask(text), text)
	}
}

type key struct{}

// line logs and returns what was written.
func line(t *testing.T, log func(context.Context, *slog.Logger)) map[string]any {
	t.Helper()
	var out bytes.Buffer
	l := logline.New(&out, func(ctx context.Context) []slog.Attr {
		if id, ok := ctx.Value(key{}).(string); ok {
			return []slog.Attr{slog.String(logline.Request, id), slog.String(logline.Contact, "ct_of_the_request")}
		}
		return nil
	})
	log(context.WithValue(t.Context(), key{}, "r-1"), l.With("component", "test"))
	var written map[string]any
	require.NoError(t, json.Unmarshal(out.Bytes(), &written), out.String())
	return written
}

func TestNumbersAreMaskedWhereverTheyStand(t *testing.T) {
	t.Parallel()
	err := fmt.Errorf("create call: %w", errors.New("no +33612345678"))
	got := line(t, func(ctx context.Context, l *slog.Logger) {
		l.WarnContext(ctx, "call to +33612345678", "to", "+33612345678", "error", err)
	})
	assert.Equal(t, "call to +…78", got["msg"])
	assert.Equal(t, "+…78", got["to"])
	assert.Equal(t, "create call: no +…78", got["error"])
	assert.Equal(t, "test", got["component"])
}

func TestTheRequestIsOnEveryLine(t *testing.T) {
	t.Parallel()
	got := line(t, func(ctx context.Context, l *slog.Logger) { l.InfoContext(ctx, "something") })
	assert.Equal(t, "r-1", got[logline.Request])
	assert.Equal(t, "ct_of_the_request", got[logline.Contact])
	own := line(t, func(ctx context.Context, l *slog.Logger) { l.InfoContext(ctx, "something", logline.Contact, "ct_own") })
	assert.Equal(t, "ct_own", own[logline.Contact], "what a line says itself goes before")
	without := line(t, func(_ context.Context, l *slog.Logger) { l.Info("something") })
	assert.NotContains(t, without, logline.Request)
}
