package main

import (
	"context"
	"log/slog"
	"net/http"
	"time"

	"guichet/media-node/internal/ecs"
	"guichet/media-node/node"
)

const (
	lookEvery = time.Second
	// tellLoadEvery is how often the load is logged: CloudWatch makes a metric of it with a resolution of a minute.
	tellLoadEvery = time.Minute
)

// watch looks after what goes on, until ctx is done: it logs the load, and asks Amazon ECS, where the node runs there, not to end
// it while calls are live.
func (s settings) watch(ctx context.Context, n *node.Node, log *slog.Logger) {
	log = log.With("component", "media-node", "node", n.ID())
	protection := &ecs.Protection{Agent: s.ECSAgent, Client: http.DefaultClient, Log: log}
	look, tell := time.NewTicker(lookEvery), time.NewTicker(tellLoadEvery)
	defer look.Stop()
	defer tell.Stop()
	for {
		select {
		case now := <-look.C:
			if s.ECSAgent != "" {
				protection.Update(ctx, n.Live(), now)
			}
		case <-tell.C:
			log.Info(loadMessage, "calls", n.Live())
		case <-ctx.Done():
			return
		}
	}
}

// loadMessage is what the metric filter of the media stack looks for.
const loadMessage = "load"
