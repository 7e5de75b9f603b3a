package simulator

import (
	"math/rand/v2"
	"sync"
	"time"
)

// Faults makes the provider as unkind as networks are. The zero value is a kind one. Probabilities are 0 to 1.
type Faults struct {
	Seed uint64 // of the randomness; the same seed makes the same choices in the same order
	// DuplicateWebhooks is the probability that a TwiML request is sent twice; the answer to the second is executed.
	DuplicateWebhooks float64
	// DuplicateStatus is the probability that a status callback is sent twice.
	DuplicateStatus float64
	// DelayStatus holds every status callback back for up to so long.
	DelayStatus time.Duration
	// ReorderStatus lets delayed status callbacks of one call overtake each other.
	ReorderStatus bool
	// DropStatus is the probability that a status callback is never sent.
	DropStatus float64
	// DelayWebhooks holds every TwiML request back for up to so long.
	DelayWebhooks time.Duration
}

type faults struct {
	mu     sync.Mutex
	Faults Faults
	random *rand.Rand
}

func newFaults(f Faults) *faults {
	return &faults{Faults: f, random: rand.New(rand.NewPCG(f.Seed, 0))}
}

func (f *faults) chance(p float64) bool {
	if p <= 0 {
		return false
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.random.Float64() < p
}

func (f *faults) upTo(d time.Duration) time.Duration {
	if d <= 0 {
		return 0
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	return time.Duration(f.random.Int64N(int64(d)))
}
