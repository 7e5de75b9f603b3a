package demo

import (
	"container/heap"
	"time"
)

// clockwork does things at their times, in order; what is due at the same time, in the order in which it was asked for.
type clockwork struct {
	now   time.Time
	due   dues
	asked int
	each  func() // is done after everything
}

type due struct {
	at    time.Time
	order int
	do    func()
}

// at has something done at a time, or at once when that is over.
func (c *clockwork) at(t time.Time, do func()) {
	c.asked++
	heap.Push(&c.due, due{t, c.asked, do})
}

func (c *clockwork) in(d time.Duration, do func()) { c.at(c.now.Add(d), do) }

// run lets the time pass up to a moment. What is due then or later is not done.
func (c *clockwork) run(until time.Time) {
	for len(c.due) > 0 && c.due[0].at.Before(until) {
		next := heap.Pop(&c.due).(due)
		if next.at.After(c.now) {
			c.now = next.at
		}
		next.do()
		c.each()
	}
}

// dues implement heap.Interface.
type dues []due

func (d dues) Len() int      { return len(d) }
func (d dues) Swap(i, j int) { d[i], d[j] = d[j], d[i] }
func (d *dues) Push(x any)   { *d = append(*d, x.(due)) }

func (d dues) Less(i, j int) bool {
	if d[i].at.Equal(d[j].at) {
		return d[i].order < d[j].order
	}
	return d[i].at.Before(d[j].at)
}

func (d *dues) Pop() any {
	last := len(*d) - 1
	x := (*d)[last]
	(*d)[last] = due{}
	*d = (*d)[:last]
	return x
}
