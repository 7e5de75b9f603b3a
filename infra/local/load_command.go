package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"iter"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"guichet/infra/local/day"
	"guichet/infra/local/load"
	"guichet/infra/local/seed"
)

const (
	// opens is when the day of a load begins, by the centre's clock; it is a Tuesday.
	opens = 9 * time.Hour
	// callsAnAgent are as many on a full day as leave agents some time to breathe.
	callsAnAgent = 70
	maxSpeed     = 600
)

// plan is what the flags of a load say.
type plan struct {
	load.Options
	seed  uint64
	calls float64
	file  string
	hours time.Duration
}

func parseLoad(arguments []string) (plan, error) {
	p := plan{Options: load.Options{Settle: true, Reached: true}}
	flags := flag.NewFlagSet("guichet load", flag.ContinueOnError)
	flags.StringVar(&p.URL, "url", "http://localhost:8080", "origin of the centre, which runs on this machine")
	flags.Uint64Var(&p.seed, "seed", 1, "the day that is made up: the same one by the same seed")
	flags.Float64Var(&p.Speed, "speed", 60, "how many times faster than life, 1 to 600; what the centre times itself is not faster")
	flags.DurationVar(&p.hours, "for", 9*time.Hour, "how much of the day is lived, from 9 o'clock, at most 15h")
	flags.Float64Var(&p.calls, "calls", 0, "calls to queues on the whole day; 0: 70 an agent")
	flags.StringVar(&p.Supervisor, "as", "sam", "the supervisor who reads the figures")
	flags.StringVar(&p.file, "centre", "", "file of the centre that runs; empty: guichet.yaml if there is one here, else the made-up shop")
	agents := flags.String("agents", "", "who works, by id, with commas between; empty: all who have no desk open")
	if err := flags.Parse(arguments); err != nil {
		return p, err
	}
	if *agents != "" {
		p.Agents = strings.Split(*agents, ",")
	}
	var err error
	switch p.URL, err = load.Loopback(p.URL); {
	case err != nil:
		return p, err
	case p.Speed < 1 || p.Speed > maxSpeed:
		return p, fmt.Errorf("-speed is 1 to %d", maxSpeed)
	case p.hours <= 0 || opens+p.hours > 24*time.Hour:
		return p, errors.New("-for is more than nothing and ends with the day")
	case p.calls < 0 || p.calls > 100_000:
		return p, errors.New("-calls is 0 to 100000")
	}
	return p, nil
}

// runLoad is the command load: a believable day at speed, against a centre that runs already.
func runLoad(arguments []string) error {
	p, err := parseLoad(arguments)
	if errors.Is(err, flag.ErrHelp) {
		return nil
	}
	if err != nil {
		return err
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, func() {
		stop()
		go killOnSignal()
	})
	c, err := seed.Read(p.file)
	if err != nil {
		return err
	}
	p.Visits = func(agents int) iter.Seq[load.Due] { return p.visits(c, agents) }
	began := time.Now()
	notes, err := load.Run(ctx, p.Options)
	if err != nil {
		return err
	}
	fmt.Printf("\nIn %s:\n\n", time.Since(began).Round(time.Second))
	notes.Print(os.Stdout)
	if n := notes.Broken(); n > 0 {
		return fmt.Errorf("%d times something was lost or broke", n)
	}
	return nil
}

// visits make up the day for so many agents, and tell of it.
func (p plan) visits(c seed.Centre, agents int) iter.Seq[load.Due] {
	if p.calls == 0 {
		p.calls = callsAnAgent * float64(agents)
	}
	o := load.Playable(day.Of(c, p.seed, p.calls))
	from := time.Date(2026, 1, 6, 0, 0, 0, 0, o.Zone).Add(opens)
	visits := o.Between(from, from.Add(p.hours))
	fmt.Printf("%d visits with %d agents, from %s to %s, %g times faster: %s, and what comes of them. Ctrl-C ends it.\n",
		len(visits), agents, from.Format("15:04"), from.Add(p.hours).Format("15:04"), p.Speed, time.Duration(float64(p.hours)/p.Speed).Round(time.Second))
	return load.Compressed(visits, from, time.Now(), p.Speed)
}
