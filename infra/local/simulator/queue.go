package simulator

import (
	"slices"
	"sync"
	"time"

	"guichet/infra/local/simulator/twilio"
)

// maxQueueSize is Twilio's default (https://www.twilio.com/docs/voice/twiml/enqueue).
const maxQueueSize = 1000

// queues are the <Enqueue> queues of the account, made on demand.
type queues struct {
	mu     sync.Mutex
	byName map[string]*queue
}

type queue struct {
	sid     string
	waiting []*queued
}

// queued is one call's stay in a queue.
type queued struct {
	queues *queues
	queue  *queue
	since  time.Time
}

func newQueues() *queues { return &queues{byName: make(map[string]*queue)} }

// join puts a call at the end; false when the queue is full.
func (q *queues) join(name string) (*queued, bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	line, ok := q.byName[name]
	if !ok {
		line = &queue{sid: twilio.NewSID("QU")}
		q.byName[name] = line
	}
	if len(line.waiting) >= maxQueueSize {
		return nil, false
	}
	stay := &queued{queues: q, queue: line, since: time.Now()}
	line.waiting = append(line.waiting, stay)
	return stay, true
}

func (s *queued) leave() {
	s.queues.mu.Lock()
	defer s.queues.mu.Unlock()
	if i := slices.Index(s.queue.waiting, s); i >= 0 {
		s.queue.waiting = slices.Delete(s.queue.waiting, i, i+1)
	}
}

func (s *queued) seconds() int { return int(time.Since(s.since).Seconds()) }

// place returns the position from 1, how many wait, and how long they have waited on average, in seconds.
func (s *queued) place() (position, size, average int) {
	s.queues.mu.Lock()
	defer s.queues.mu.Unlock()
	for i, other := range s.queue.waiting {
		average += other.seconds()
		if other == s {
			position = i + 1
		}
	}
	size = len(s.queue.waiting)
	return position, size, average / max(size, 1)
}
