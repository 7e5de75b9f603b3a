// Package cards follows the table's changes for what is counted and shown: it counts calls and chats by queue and hour, keeps the
// contact log and what is going on in each queue, and pushes cards to the desks that watch. It starts nothing and moves nothing.
package cards

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"github.com/aws/aws-lambda-go/events"

	"guichet/shared/dispatch"
	"guichet/shared/measure"
	"guichet/shared/metrics"
	"guichet/shared/store"
	"guichet/shared/wallboard"
)

// Handler is the Lambda function on the table's stream. Its batches come with the shard's id, which only an event source mapping
// with a tumbling window tells: https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-windows.html
type Handler struct {
	store    *store.Store
	counters *store.Counters
	board    *wallboard.Board
	pusher   dispatch.Pusher
	pause    func(context.Context, time.Duration)
	log      *slog.Logger
	// Measures takes what is measured for alarms; nil where nobody is alarmed.
	Measures *measure.Writer

	mu     sync.Mutex
	desks  []store.Connection
	until  time.Time            // the desks are read again then
	pushed map[string]time.Time // by queue: when its card was pushed last
}

// New returns the handler. pause waits, or returns early when the context ends.
func New(b *wallboard.Board, p dispatch.Pusher, pause func(context.Context, time.Duration), log *slog.Logger) *Handler {
	return &Handler{
		store: b.Store, counters: store.NewCounters(b.Store), board: b, pusher: p, pause: pause,
		log: log.With("component", "cards"), pushed: map[string]time.Time{},
	}
}

// Pause waits on the real clock.
func Pause(ctx context.Context, d time.Duration) {
	select {
	case <-ctx.Done():
	case <-time.After(d):
	}
}

// Handle works through a batch. A record that cannot be understood ends it: what comes before it counts, and the batch starts
// again from there, until the record is set aside.
func (h *Handler) Handle(ctx context.Context, e events.DynamoDBTimeWindowEvent) (events.DynamoDBTimeWindowEventResponse, error) {
	var response events.DynamoDBTimeWindowEventResponse
	response.State = map[string]string{} // without it, Lambda takes the answer for a failure
	if len(e.Records) == 0 {
		return response, nil // a window has ended
	}
	dir, err := h.board.Directories.Directory(ctx)
	if err != nil {
		return response, err
	}
	b := newBatch(metrics.NewRules(dir.Queues, dir.Settings))
	for _, r := range e.Records {
		img, err := store.DecodeImage(r)
		if err != nil {
			h.log.ErrorContext(ctx, "stream record failed", "event", r.EventID, "error", err)
			response.BatchItemFailures = []events.DynamoDBBatchItemFailure{{ItemIdentifier: r.Change.SequenceNumber}}
			break
		}
		b.add(img, r.Change.SequenceNumber)
	}
	counted, err := h.write(ctx, e.ShardID, b)
	h.Measures.Write(valuesOf(counted))
	if err != nil {
		return response, err
	}
	h.Measures.Write(b.values()) // not before: the batch comes again
	h.tell(ctx, b)
	if b.watches {
		h.forgetDesks()
	}
	h.push(ctx, b)
	return response, nil
}
