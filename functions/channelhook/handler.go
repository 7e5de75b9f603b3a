// Package channelhook takes the webhooks of every messaging channel. Channels check signatures and translate; what a message
// does is conversation's business.
package channelhook

import (
	"context"
	"log/slog"
	"net/http"

	"guichet/shared/center"
	"guichet/shared/channel"
	"guichet/shared/logline"
)

// maxBody is far above any webhook: providers send addresses of files, not files.
const maxBody = 1 << 20

// New returns the handler of /channels/.
func New(set *channel.Set, r channel.Receiver, log *slog.Logger) http.Handler {
	mux := http.NewServeMux()
	set.Mount(mux, journal{r, log.With("component", "channelhook")})
	return limited(mux)
}

// limited keeps long bodies out.
func limited(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.Body = http.MaxBytesReader(w, r.Body, maxBody)
		next.ServeHTTP(w, r)
	})
}

// journal logs what a receiver could not take, since the provider is only told to repeat it.
type journal struct {
	channel.Receiver
	log *slog.Logger
}

func (j journal) Receive(ctx context.Context, e channel.Event) error {
	err := j.Receiver.Receive(ctx, e)
	if err != nil && center.CodeOf(err) != center.Invalid {
		j.log.ErrorContext(ctx, "event not taken", "channel", e.Channel, "inbox", e.Inbox,
			logline.Chat, center.ChatIDOf(e.Channel, e.Inbox, e.Customer.ID), "error", err)
	}
	return err
}

func (j journal) SetAside(ctx context.Context, name string, payload []byte, reason error) error {
	err := j.Receiver.SetAside(ctx, name, payload, reason)
	if err != nil {
		j.log.ErrorContext(ctx, "payload not set aside", "channel", name, "reason", reason, "error", err)
	}
	return err
}
