// Package logline makes the functions' logs: a JSON object a line. It adds what a context says of the request, and masks telephone
// numbers wherever they stand. Names it cannot know: nobody is to log them.
package logline

import (
	"context"
	"io"
	"log/slog"
	"slices"
)

// The keys under which lines say whom they are about.
const (
	Contact = "contact"
	Chat    = "chat"
	Message = "message"
	Agent   = "agent"
	Queue   = "queue"
	Request = "request" // the invocation's id, as Lambda's own lines have it
	Trace   = "trace"   // X-Ray's
)

// New returns a logger that writes to out. of is asked with each line's context for what else the line is to say; what a line says
// itself goes before.
func New(out io.Writer, of func(context.Context) []slog.Attr) *slog.Logger {
	lines := slog.NewJSONHandler(out, &slog.HandlerOptions{ReplaceAttr: masked})
	return slog.New(handler{lines, of})
}

type handler struct {
	slog.Handler
	of func(context.Context) []slog.Attr
}

// Handle implements slog.Handler.
func (h handler) Handle(ctx context.Context, r slog.Record) error {
	said := map[string]bool{}
	r.Attrs(func(a slog.Attr) bool { said[a.Key] = true; return true })
	more := slices.DeleteFunc(h.of(ctx), func(a slog.Attr) bool { return said[a.Key] })
	return h.Handler.WithAttrs(more).Handle(ctx, r)
}

// WithAttrs implements slog.Handler.
func (h handler) WithAttrs(attrs []slog.Attr) slog.Handler {
	return handler{h.Handler.WithAttrs(attrs), h.of}
}

// WithGroup implements slog.Handler.
func (h handler) WithGroup(name string) slog.Handler {
	return handler{h.Handler.WithGroup(name), h.of}
}
