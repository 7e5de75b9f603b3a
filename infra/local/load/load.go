// Package load runs a centre on this machine as customers and agents do: through the telephone's and the message providers' pages,
// the public API and realtime connections. It lives what infra/local/day makes up, and tells what was refused, lost or broken.
package load

import (
	"context"
	"fmt"
	"iter"
	"net"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"guichet/infra/local/day"
	"guichet/infra/local/robot"
)

// Due is a visit, and when it begins.
type Due struct {
	At time.Time
	day.Visit
}

// Options say what is run against which centre.
type Options struct {
	// URL is the centre's origin, on this machine.
	URL string
	// Supervisor reads the figures; Agents are who works, empty for all who have no desk open.
	Supervisor string
	Agents     []string
	// Visits are asked for when the agents are at their desks. They come in order, and their durations are those that they take.
	Visits func(agents int) iter.Seq[Due]
	// Speed is how many times faster than life they are. Reached has everybody answer who is called.
	Speed   float64
	Reached bool
	// Settle waits until what came of the visits is over, and compares the centre's figures with what was done.
	Settle bool
}

// Loopback checks that an origin is on this machine: a load is nothing for others.
func Loopback(origin string) (string, error) {
	u, err := url.Parse(origin)
	if err != nil || u.Scheme != "http" || u.Host == "" || strings.Trim(u.Path, "/") != "" {
		return "", fmt.Errorf("%q is no origin of a centre on this machine, such as http://localhost:8080", origin)
	}
	if ip := net.ParseIP(u.Hostname()); u.Hostname() != "localhost" && (ip == nil || !ip.IsLoopback()) {
		return "", fmt.Errorf("%s is not this machine: a load is for a centre that runs here", u.Host)
	}
	return "http://" + u.Host, nil
}

// Run lives the visits until they are over or the context ends. Then every call has been ended, and the agents are as they were
// before. The error says why it could not be run; what went wrong while it ran is in the notes.
func Run(ctx context.Context, o Options) (*Notes, error) {
	origin, err := Loopback(o.URL)
	if err != nil {
		return nil, err
	}
	supervisor, err := robot.SignIn(ctx, origin, o.Supervisor)
	if err != nil {
		return nil, fmt.Errorf("no centre answers at %s, or not to %s: %w", origin, o.Supervisor, err)
	}
	all, err := team(ctx, supervisor)
	if err != nil {
		return nil, err
	}
	chosen, err := choose(all, o.Agents)
	if err != nil {
		return nil, err
	}
	w := newWorld(origin, o.Speed, o.Reached)
	before, err := figuresOf(ctx, supervisor)
	if err != nil {
		return nil, err
	}
	was, err := open(ctx, supervisor)
	if err != nil {
		return nil, err
	}
	s := &staff{supervisor: supervisor}
	err = s.opens(ctx, w, origin, chosen)
	if err == nil {
		err = w.live(ctx, o, s, was)
	}
	s.close(w.notes)
	if err == nil && o.Settle && ctx.Err() == nil {
		err = w.check(ctx, supervisor, before)
	}
	if ctx.Err() != nil {
		err = nil
	}
	return w.notes, err
}

// live lets the visits begin at their times, and waits for their ends.
func (w *world) live(ctx context.Context, o Options, s *staff, was int) error {
	followed, stop := context.WithCancel(context.WithoutCancel(ctx))
	var following, customers sync.WaitGroup
	following.Go(func() {
		for followed.Err() == nil {
			if err := w.phones.Follow(followed); followed.Err() == nil {
				w.notes.problem("%v", err)
			}
			pause(followed, reconnects)
		}
	})
	defer following.Wait()
	defer stop()
	for v := range o.Visits(len(s.agents)) {
		if !pause(ctx, time.Until(v.At)) {
			break
		}
		customers.Go(func() { w.visited(ctx, s.agents, v.Visit) })
	}
	customers.Wait()
	if !o.Settle || ctx.Err() != nil {
		return nil
	}
	return w.drain(ctx, s.supervisor, was)
}

func (w *world) visited(ctx context.Context, agents []*agent, v day.Visit) {
	switch v.Kind {
	case day.Chat:
		w.writes(ctx, v)
	case day.Made:
		w.makes(ctx, agents, v)
	case day.Call, day.Direct:
		w.calls(ctx, v)
	}
}

// Compressed are visits of a time that begins at from, so many times faster and beginning at start.
func Compressed(visits []day.Visit, from, start time.Time, speed float64) iter.Seq[Due] {
	return func(yield func(Due) bool) {
		for _, v := range visits {
			into := time.Duration(float64(v.At.Sub(from)) / speed)
			if !yield(Due{start.Add(into), v.Faster(speed)}) {
				return
			}
		}
	}
}

// Endless are visits from now on, as they come.
func Endless(o day.Options, now time.Time) iter.Seq[Due] {
	return func(yield func(Due) bool) {
		for hour := now; ; hour = hour.Add(time.Hour) {
			for _, v := range o.Between(hour, hour.Add(time.Hour)) {
				if !yield(Due{v.At, v}) {
					return
				}
			}
		}
	}
}

// Playable leaves out what needs more than this package: visitors of the widget.
func Playable(o day.Options) day.Options {
	o.Chats = slices.DeleteFunc(slices.Clone(o.Chats), func(p day.Place) bool { return p.Channel == "webchat" })
	return o
}
