// Command local runs a whole contact centre on one machine: make run. See infra/local/center.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"log/slog"
	"net"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
	"time"

	"guichet/infra/local/center"
	"guichet/infra/local/demo"
	"guichet/infra/local/seed"
)

// exitInterrupted is what shells use for a program that Ctrl-C ended.
const exitInterrupted = 130

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintf(os.Stderr, "\nguichet: %v\n", err)
		os.Exit(1)
	}
}

func run(arguments []string) error {
	if len(arguments) > 0 && arguments[0] == "load" {
		return runLoad(arguments[1:])
	}
	options, level, played, err := parse(arguments)
	if errors.Is(err, flag.ErrHelp) {
		return nil
	}
	if err != nil {
		return err
	}
	slog.SetDefault(slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: level})))

	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	said := sentencesFor(os.Getenv)
	fmt.Println(said.starting)
	c, err := center.Start(ctx, options)
	if err != nil {
		return err
	}
	said.changed(os.Stdout, c.Plan())
	said.ready(os.Stdout, c.URL(), options, played)
	leave := play(ctx, c, played)

	select {
	case <-ctx.Done():
		// From here on the signals are a second one's.
		stop()
		go killOnSignal()
		fmt.Println(said.stopping)
	case err = <-c.Failed():
	}
	leave()
	c.Close()
	return err
}

// play lets a demo go on until it is to leave. What goes wrong with it is no matter of the centre's.
func play(ctx context.Context, c *center.Center, d *demo.Demo) (leave func()) {
	if d == nil {
		return func() {}
	}
	ctx, stop := context.WithCancel(ctx)
	done := make(chan struct{})
	go func() {
		defer close(done)
		if err := d.Play(ctx, c.Store(), c.URL()); err != nil {
			slog.Error("the demo has ended", "component", "demo", "error", err)
		}
	}()
	return func() {
		stop()
		<-done
	}
}

// killOnSignal gives up waiting. The children end with this process.
func killOnSignal() {
	again := make(chan os.Signal, 1)
	signal.Notify(again, os.Interrupt, syscall.SIGTERM)
	<-again
	os.Exit(exitInterrupted)
}

// parse reads the flags. The demo is nil when none is wanted.
func parse(arguments []string) (center.Options, slog.Level, *demo.Demo, error) {
	var options center.Options
	level := slog.LevelWarn
	flags := flag.NewFlagSet("guichet", flag.ContinueOnError)
	file := flags.String("centre", "", "file of the centre; empty: guichet.yaml if there is one here, else a made-up shop")
	flags.StringVar(&options.Host, "host", "localhost", "name or address to listen on; browsers give the microphone to localhost and to https only")
	flags.IntVar(&options.Port, "port", 8080, "port to listen on; if it is taken, the next free one")
	flags.StringVar(&options.Dir, "data", ".guichet", "folder that keeps the data between runs; empty keeps nothing")
	dashboard := flags.String("dashboard", filepath.Join("dashboard", "dist"), "folder of the built dashboard")
	ring := flags.Duration("ring", 0, "how long a call rings at an agent before the next one; 0 leaves it to each queue")
	wrapUp := flags.Duration("wrap-up", 0, "how long wrap-up lasts; 0 leaves it to each queue")
	spacing := flags.Duration("spacing", 0, "how far apart attempts to call a customer back are; 0 leaves it to each queue")
	demonstrates := flags.Bool("demo", false, "show a centre with a past of three weeks, more agents and customers, who are played; nothing is kept")
	flags.TextVar(&level, "log", slog.LevelWarn, "least level that is logged: debug, info, warn or error")
	if err := flags.Parse(arguments); err != nil {
		return options, level, nil, err
	}
	opened, err := seed.Read(*file)
	if err != nil {
		return options, level, nil, err
	}
	options.Seed = &opened
	var played *demo.Demo
	if *demonstrates {
		if played, err = openDemo(flags, &options); err != nil {
			return options, level, nil, err
		}
	}
	options.Seed.SetTimes(*ring, *wrapUp, *spacing)
	files := os.DirFS(*dashboard)
	if _, err := fs.Stat(files, "index.html"); err == nil {
		options.Dashboard = files
	}
	return options, level, played, nil
}

// openDemo makes the options those of a demo.
func openDemo(flags *flag.FlagSet, options *center.Options) (*demo.Demo, error) {
	kept := false
	flags.Visit(func(f *flag.Flag) { kept = kept || f.Name == "data" && f.Value.String() != "" })
	if kept {
		return nil, errors.New("a demo keeps nothing, since its past is made anew each time: leave out -data or -demo")
	}
	if ip := net.ParseIP(options.Host); options.Host != "localhost" && (ip == nil || !ip.IsLoopback() && !ip.IsUnspecified()) {
		return nil, fmt.Errorf("a demo is for this machine, not for %s: leave out -host or -demo", options.Host)
	}
	d := demo.New(time.Now())
	options.Dir, options.Seed, options.Prepare = "", &d.Centre, d.Prepare
	return d, nil
}
