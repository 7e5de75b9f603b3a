// Package center is the whole contact centre on one machine: the product's handlers, the services that they call, a
// telephone provider, and the one origin before them. Tests start it on port 0.
package center

import (
	"context"
	"fmt"
	"io/fs"
	"log/slog"
	"net"

	"github.com/aws/aws-sdk-go-v2/aws"

	"guichet/infra/local/awsapi"
	"guichet/infra/local/objects"
	"guichet/infra/local/seed"
	"guichet/infra/local/simulator"
	"guichet/infra/local/simulator/messaging"
	"guichet/infra/local/simulator/meta"
	"guichet/infra/local/wsapi"
	"guichet/media-node/node"
	"guichet/shared/config"
	"guichet/shared/store"
)

// Options say where the centre runs and with what. The zero value is a centre for a test: a free port, nothing kept.
type Options struct {
	// Host is the name or address to listen on; empty is localhost. Port 0 takes a free one; another that is taken is
	// moved to the next free one.
	Host string
	Port int
	// Dir keeps the data between runs; empty keeps nothing.
	Dir string
	// DynamoDB is the endpoint of a running DynamoDB; empty starts one. Table defaults to "guichet".
	DynamoDB, Table string
	// Dashboard has the built dashboard; nil when there is none.
	Dashboard fs.FS
	// Seed is what the centre opens with; nil is seed.Default.
	Seed *seed.Centre
	// Prepare writes more than the seed, before anything follows the table; nil writes nothing.
	Prepare func(context.Context, *store.Store) error
	// Realtime shortens the WebSocket API's limits in tests; nil is the service's.
	Realtime *wsapi.Limits
	// Observe is told, in tests, of every invocation of a function with its event, of every push ("push") and of what is asked of
	// Step Functions ("states"); nil is nobody.
	Observe func(function string, event any)
	// Log gets what the product logs; nil is slog.Default.
	Log *slog.Logger
}

func (o Options) withDefaults() Options {
	if o.Host == "" {
		o.Host = "localhost"
	}
	if o.Table == "" {
		o.Table = "guichet"
	}
	if o.Seed == nil {
		defaults := seed.Default()
		o.Seed = &defaults
	}
	if o.Realtime == nil {
		limits := wsapi.ServiceLimits()
		o.Realtime = &limits
	}
	if o.Log == nil {
		o.Log = slog.Default()
	}
	return o
}

// Center is a running contact centre.
type Center struct {
	options Options
	dir     string // of this run; removed at the end if nothing is kept
	url     string
	secrets secrets
	// listeners are the origin's, open before anything serves them.
	listeners []net.Listener
	failed    chan error
	closers   []func()

	services  *awsapi.Server
	database  aws.Config
	store     *store.Store
	plan      *config.Plan
	objects   *objects.Store
	functions functions
	realtime  *wsapi.API
	node      *node.Node
	simulator *simulator.Simulator
	messages  *messaging.Book
	meta      *meta.Meta
}

// Start returns when the centre answers. When something fails, what was started is ended again.
func Start(ctx context.Context, options Options) (*Center, error) {
	c := &Center{options: options.withDefaults(), secrets: newSecrets(), failed: make(chan error, 1)}
	// Each step needs the ones before it; Close goes the same way back.
	for _, step := range []func(context.Context) error{
		c.listen, c.openData, c.openServices, c.openStore, c.openObjects, c.openProviders, c.wire, c.openMedia, c.openOrigin,
		c.subscribe, c.openWorkflows, c.followStream, c.keepSweeping,
	} {
		if err := step(ctx); err != nil {
			c.Close()
			return nil, err
		}
	}
	return c, nil
}

// onClose remembers what Close has to do; the last comes first.
func (c *Center) onClose(closer func()) { c.closers = append(c.closers, closer) }

// Close ends everything, in the reverse order of its start.
func (c *Center) Close() {
	for len(c.closers) > 0 {
		last := len(c.closers) - 1
		closer := c.closers[last]
		c.closers = c.closers[:last]
		closer()
	}
}

// URL is the one origin, without a slash at the end.
func (c *Center) URL() string { return c.url }

// Failed tells when a part has ended that the centre can't do without.
func (c *Center) Failed() <-chan error { return c.failed }

// Plan is what the centre's file has changed in the data that were kept, or would have: when something that is to go is in use, the
// centre stays as it was.
func (c *Center) Plan() *config.Plan { return c.plan }

// Store is the centre's store, for tests to look into.
func (c *Center) Store() *store.Store { return c.store }

// Realtime is the WebSocket API, for tests to drop connections of.
func (c *Center) Realtime() *wsapi.API { return c.realtime }

// MediaNode is the centre's media node.
func (c *Center) MediaNode() *node.Node { return c.node }

// Simulator is the telephone provider, for tests to place calls with.
func (c *Center) Simulator() *simulator.Simulator { return c.simulator }

// Messages are the customers' threads at the message providers, for tests to write in.
func (c *Center) Messages() *messaging.Book { return c.messages }

// fail reports the first failure; later ones are likely its consequences.
func (c *Center) fail(err error) {
	select {
	case c.failed <- err:
	default:
	}
}

// watch reports a part that ends before Close ends it.
func (c *Center) watch(name string, done <-chan struct{}) {
	closing := make(chan struct{})
	c.onClose(func() { close(closing) })
	go func() {
		select {
		case <-done:
			c.fail(fmt.Errorf("%s has ended", name))
		case <-closing:
		}
	}()
}
