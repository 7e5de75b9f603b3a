// Command workflow is the bootstrap of timers and schedules.
package main

import (
	"context"

	"guichet/functions/internal/boot"
	"guichet/functions/workflow"
	"guichet/shared/timers"
)

type handler = func(context.Context, timers.Task) (struct{}, error)

func main() {
	boot.Start(func(ctx context.Context, d *boot.Dependencies) (handler, error) {
		c, err := d.Centre(ctx)
		if err != nil {
			return nil, err
		}
		chats, err := d.Conversations(c)
		if err != nil {
			return nil, err
		}
		h := workflow.New(c.Dispatcher, chats, d.Timers(), d.Voicemail(c))
		h.Measures = d.Measures()
		return func(ctx context.Context, t timers.Task) (struct{}, error) { return struct{}{}, h.Handle(ctx, t) }, nil
	})
}
