// Command cards is the bootstrap of the function that counts what the table's stream tells and pushes cards.
package main

import (
	"context"

	"github.com/aws/aws-lambda-go/events"

	"guichet/functions/cards"
	"guichet/functions/internal/boot"
	"guichet/shared/dispatch"
	"guichet/shared/store"
	"guichet/shared/wallboard"
)

type handler = func(context.Context, cards.Event) (events.DynamoDBTimeWindowEventResponse, error)

func main() {
	boot.Start(func(_ context.Context, d *boot.Dependencies) (handler, error) {
		board := &wallboard.Board{Store: d.Store, Directories: store.NewDirectories(d.Store), Now: dispatch.Clock}
		h := cards.New(board, d.Pusher, cards.Pause, d.Log)
		h.Measures = d.Measures()
		return h.HandleEvent, nil
	})
}
