// Command media-node runs one media node: its public side under /media/, metrics and health on an address of their own.
package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/netip"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/caarlos0/env/v11"

	"guichet/media-node/internal/ecs"
	"guichet/media-node/node"
	"guichet/shared/mediaapi"
)

// settings come from the environment.
type settings struct {
	NodeID      string        `env:"MEDIA_NODE_ID"`                              // name in events
	Key         string        `env:"MEDIA_KEY,required,unset"`                   // signs events, verifies tickets: 32 bytes or more
	UDP         string        `env:"MEDIA_UDP" envDefault:"0.0.0.0:3478"`        // the one port of all agents' audio
	PublicIPs   []netip.Addr  `env:"MEDIA_PUBLIC_IPS"`                           // announced to browsers, comma-separated
	PublicIPURL string        `env:"MEDIA_PUBLIC_IP_URL"`                        // tells a node without MEDIA_PUBLIC_IPS its address, in plain text
	PublicPort  uint16        `env:"MEDIA_PUBLIC_PORT"`                          // announced, if not the one of MEDIA_UDP
	RoomUDP     string        `env:"MEDIA_ROOM_UDP" envDefault:"0.0.0.0:3479"`   // the one port of all meeting rooms
	RoomPort    uint16        `env:"MEDIA_ROOM_PUBLIC_PORT"`                     // announced, if not the one of MEDIA_ROOM_UDP
	MaxRooms    int           `env:"MEDIA_MAX_ROOMS" envDefault:"50"`            // of up to 8 people; more are refused
	EventURL    string        `env:"MEDIA_EVENT_URL"`                            // where events are posted
	HTTP        string        `env:"MEDIA_HTTP" envDefault:"0.0.0.0:8081"`       // /media/*, behind the load balancer
	AdminHTTP   string        `env:"MEDIA_ADMIN_HTTP" envDefault:"0.0.0.0:9100"` // /metrics and /healthz
	MaxCalls    int           `env:"MEDIA_MAX_CALLS" envDefault:"1000"`          // more are answered with 503
	DrainLimit  time.Duration `env:"MEDIA_DRAIN_LIMIT" envDefault:"110s"`        // Fargate stops a task after 120 s at most
	FleetName   string        `env:"MEDIA_FLEET_NAME"`                           // host name that has the addresses of all nodes; none: it is alone
	FleetHTTP   string        `env:"MEDIA_FLEET_HTTP" envDefault:"0.0.0.0:8082"` // for the other nodes, which have the same port
	ECSMetadata string        `env:"ECS_CONTAINER_METADATA_URI_V4"`              // set by Amazon ECS
	ECSAgent    string        `env:"ECS_AGENT_URI"`                              // likewise
}

const (
	headerTimeout = 5 * time.Second
	// requestTimeout is how long a request may take to come, with its body of a few KB. Connections that were taken over for
	// lines and rooms have none.
	requestTimeout = 10 * time.Second
	// idleTimeout must be longer than the load balancer's, which is 60 s: it would send requests into a connection that closes.
	idleTimeout     = 2 * time.Minute
	shutdownTimeout = 5 * time.Second
)

func main() {
	log := slog.New(slog.NewJSONHandler(os.Stdout, nil))
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, syscall.SIGINT)
	defer stop()
	if err := run(ctx, log); err != nil {
		log.Error("media node ended", "error", err)
		os.Exit(1) //nolint:gocritic // nothing is left to stop
	}
}

func run(ctx context.Context, log *slog.Logger) error {
	s, err := env.ParseAs[settings]()
	if err != nil {
		return fmt.Errorf("settings: %w", err)
	}
	n, err := s.node(ctx, log)
	if err != nil {
		return err
	}
	servers := []*http.Server{s.server(s.HTTP, n.Handler()), s.server(s.AdminHTTP, n.AdminHandler())}
	if h := n.FleetHandler(); h != nil {
		servers = append(servers, s.server(s.FleetHTTP, h))
	}
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	for _, server := range servers {
		go func() {
			if err := server.ListenAndServe(); !errors.Is(err, http.ErrServerClosed) {
				cancel(err)
			}
		}()
	}
	watching, stopWatching := context.WithCancel(context.WithoutCancel(ctx))
	defer stopWatching()
	go s.watch(watching, n, log)
	err = n.Run(ctx, s.DrainLimit)
	end, stop := context.WithTimeout(context.WithoutCancel(ctx), shutdownTimeout)
	defer stop()
	if cause := context.Cause(ctx); !errors.Is(cause, context.Canceled) {
		err = errors.Join(cause, err)
	}
	for _, server := range servers {
		err = errors.Join(err, server.Shutdown(end))
	}
	return err
}

func (settings) server(address string, h http.Handler) *http.Server {
	return &http.Server{Addr: address, Handler: h, ReadHeaderTimeout: headerTimeout, ReadTimeout: requestTimeout, IdleTimeout: idleTimeout}
}

// node makes the node that the settings describe.
func (s settings) node(ctx context.Context, log *slog.Logger) (*node.Node, error) {
	if len(s.PublicIPs) == 0 && s.PublicIPURL != "" {
		ip, err := publicAddress(ctx, s.PublicIPURL)
		if err != nil {
			return nil, err
		}
		s.PublicIPs = []netip.Addr{ip}
	}
	fleet, err := s.fleet()
	if err != nil {
		return nil, err
	}
	if s.ECSMetadata != "" {
		task, err := ecs.ThisTask(ctx, http.DefaultClient, s.ECSMetadata)
		if err != nil {
			return nil, err
		}
		s.NodeID = cmp.Or(s.NodeID, task.ID)
		if fleet != nil {
			fleet.Version = task.Version
		}
	}
	return node.New(node.Config{
		NodeID: s.NodeID, Key: mediaapi.Key(s.Key), ListenUDP: s.UDP, PublicIPs: s.PublicIPs, PublicPort: s.PublicPort,
		ListenRoomUDP: s.RoomUDP, RoomPublicPort: s.RoomPort, MaxRooms: s.MaxRooms,
		EventURL: s.EventURL, MaxCalls: s.MaxCalls, Fleet: fleet, Log: log,
	})
}
