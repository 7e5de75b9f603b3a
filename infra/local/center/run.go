package center

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/dynamodbstreams"

	"guichet/functions/agentapi"
	"guichet/infra/local/awsapi"
	"guichet/infra/local/gateway"
	"guichet/infra/local/openid"
	"guichet/infra/local/stepfunctions"
	"guichet/infra/local/streams"
	"guichet/infra/local/wsapi"
	"guichet/infra/workflows"
)

const (
	// shutdownGrace is for requests that are being answered.
	shutdownGrace = time.Second
	// sweepInterval and sweepLimit are those of infra/stacks.
	sweepInterval = time.Minute
	sweepLimit    = 55 * time.Second
)

// openOrigin serves the one origin.
func (c *Center) openOrigin(context.Context) error {
	provider, err := openid.New(openid.Options{Origin: c.url, Dir: c.dir, People: c.options.Seed.People()})
	if err != nil {
		return err
	}
	c.realtime = wsapi.New(realtimeStage, *c.options.Realtime, c.functions.realtime)
	c.services.Mount(realtimePrefix, observing("push", c.options.Observe, c.realtime.Management()))
	server := &http.Server{ReadHeaderTimeout: 10 * time.Second, Handler: gateway.New(gateway.Parts{
		Dashboard: c.options.Dashboard,
		Widget:    c.options.Seed.DemoWidget(),
		Site:      gateway.Site{Issuer: openid.Issuer(c.url), ClientID: openid.ClientID, Scope: openid.Scope},
		API:       c.functions.api,
		Reports:   c.functions.reports,
		Authorize: gateway.Authorizer{
			Issuer: openid.Issuer(c.url), ClientID: openid.ClientID, Keys: provider.Keys(), WithClaims: agentapi.WithClaims,
		},
		Voice: c.functions.voice, Channels: c.functions.channelHook, MediaHook: c.functions.mediaHook, Media: c.node.Handler(), Realtime: c.realtime,
		OpenID: provider, Objects: c.objects, Simulator: c.simulator.Page(),
	})}
	for _, listener := range c.listeners {
		go func() {
			if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
				c.fail(fmt.Errorf("the origin has ended: %w", err))
			}
		}()
	}
	c.onClose(func() {
		ctx, cancel := context.WithTimeout(context.Background(), shutdownGrace)
		defer cancel()
		if err := server.Shutdown(ctx); err != nil {
			_ = server.Close()
		}
	})
	// While the origin still answers, so that calls end, desks disconnect and the node's last reports arrive as they would elsewhere.
	c.onClose(c.node.Close)
	c.onClose(c.realtime.Close)
	c.onClose(c.simulator.Close)
	return nil
}

// openWorkflows starts Step Functions, and goes on with the timers of the last run.
func (c *Center) openWorkflows(ctx context.Context) error {
	service, err := stepfunctions.Start(ctx, stepfunctions.Options{
		Workflows: workflows.Definitions, Functions: map[string]stepfunctions.Function{"WorkflowFunctionArn": c.functions.workflow},
		Journal: c.file("executions.jsonl"), Region: awsapi.Region,
	})
	if err != nil {
		return err
	}
	c.onClose(service.Close)
	c.watch("the state-machine interpreter", service.Done())
	c.services.Mount(statesPrefix, observing("states", c.options.Observe, service.Handler()))
	return nil
}

// followStream hands the table's changes to the two functions that follow them, each with its own checkpoints.
func (c *Center) followStream(ctx context.Context) error {
	client := dynamodbstreams.NewFromConfig(c.database)
	options := func(file string) (streams.Options, error) {
		checkpoints, err := streams.OpenCheckpoints(c.file(file))
		return streams.Options{Table: c.options.Table, Region: awsapi.Region, Checkpoints: checkpoints}, err
	}
	o, err := options("checkpoints.json")
	if err != nil {
		return err
	}
	source, err := streams.Open(ctx, client, o, c.functions.stream)
	if err != nil {
		return err
	}
	c.background(source.Run)
	if o, err = options("checkpoints-cards.json"); err != nil {
		return err
	}
	if source, err = streams.OpenWindowed(ctx, client, o, c.functions.cards); err != nil {
		return err
	}
	c.background(source.Run)
	return nil
}

// keepSweeping is EventBridge's schedule. The first sweep comes at once: nobody knows for how long the centre was off.
func (c *Center) keepSweeping(context.Context) error {
	c.background(func(ctx context.Context) {
		tick := time.NewTicker(sweepInterval)
		defer tick.Stop()
		for {
			c.sweep(ctx)
			select {
			case <-ctx.Done():
				return
			case <-tick.C:
			}
		}
	})
	return nil
}

func (c *Center) sweep(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, sweepLimit)
	defer cancel()
	if err := c.functions.sweep(ctx); err != nil && !errors.Is(ctx.Err(), context.Canceled) {
		c.options.Log.Error("sweep failed", "component", "center", "error", err)
	}
}

// background runs something until Close, which waits for it.
func (c *Center) background(run func(context.Context)) {
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() {
		defer close(done)
		run(ctx)
	}()
	c.onClose(func() {
		cancel()
		<-done
	})
}
