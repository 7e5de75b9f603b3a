package cards

import (
	"context"
	"log/slog"

	"guichet/shared/logline"
	"guichet/shared/store"
)

// move is a step in the life of a call or a chat: the lines of one tell its story, `filter contact = "ct_…"`. They say who and where,
// and nothing about the customer.
type move struct {
	what  string
	attrs []any
}

func (b *batch) addMoves(img store.Image) {
	if before, after := img.ContactBefore, img.ContactAfter; after != nil &&
		(before == nil || before.State != after.State || before.QueueID != after.QueueID || before.HeldBy() != after.HeldBy()) {
		b.moves = append(b.moves, move{"call moved", []any{
			logline.Contact, after.ID, logline.Queue, after.LineID(), logline.Agent, after.HeldBy(),
			"kind", string(after.Kind), "state", string(after.State), "outcome", string(after.Outcome),
		}})
	}
	if before, after := img.ChatBefore, img.ChatAfter; after != nil &&
		(before == nil || before.State != after.State || before.QueueID != after.QueueID || before.HeldBy() != after.HeldBy()) {
		b.moves = append(b.moves, move{"chat moved", []any{
			logline.Chat, after.ID, logline.Queue, after.QueueID, logline.Agent, after.HeldBy(),
			"channel", after.Channel, "state", string(after.State),
		}})
	}
}

// tell logs what has moved; again, if the batch comes again.
func (h *Handler) tell(ctx context.Context, b *batch) {
	for _, m := range b.moves {
		h.log.Log(ctx, slog.LevelInfo, m.what, m.attrs...)
	}
}
