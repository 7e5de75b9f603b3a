package day

import (
	"fmt"
	"math"
	"math/rand/v2"
	"time"
)

// What customers and agents take, by the median; sigma is that of the logarithm. Handle times of call centres are log-normal, and
// patience is exponential: Brown et al., Statistical Analysis of a Telephone Call Center, JASA 100 (2005).
const (
	talkMedian, talkSigma         = 165 * time.Second, 0.7
	holdMedian, holdSigma         = 35 * time.Second, 0.6
	wrapUpMedian, wrapUpSigma     = 16 * time.Second, 0.6
	reactionMedian, reactionSigma = 3500 * time.Millisecond, 0.4
	patienceMean                  = 4 * time.Minute
)

// Chances.
const (
	holds  = 0.18
	asks   = 0.3 // of those who wait for long
	leaves = 0.6
)

// draw makes up how a visit goes.
func (v *Visit) draw(dice *rand.Rand) {
	v.Reaction = logNormal(dice, reactionMedian, reactionSigma, time.Second, 12*time.Second)
	v.Talk = logNormal(dice, talkMedian, talkSigma, 12*time.Second, 30*time.Minute)
	v.WrapUp = logNormal(dice, wrapUpMedian, wrapUpSigma, 2*time.Second, 2*time.Minute)
	if dice.Float64() < holds {
		v.Hold = min(v.Talk/2, logNormal(dice, holdMedian, holdSigma, 5*time.Second, 5*time.Minute)).Truncate(time.Millisecond)
	}
	v.Patience = milliseconds(dice.ExpFloat64() * float64(patienceMean))
	if dice.Float64() < asks {
		v.AsksAfter = between(dice, 25*time.Second, 75*time.Second)
	}
	v.Answers = []int{1, 1, 1, 1, 1, 1, 2, 2, 3, 0}[dice.IntN(10)]
	v.Leaves = dice.Float64() < leaves
	v.Messages = 1 + dice.IntN(3)
}

func logNormal(dice *rand.Rand, median time.Duration, sigma float64, least, most time.Duration) time.Duration {
	return min(most, max(least, milliseconds(float64(median)*math.Exp(sigma*dice.NormFloat64()))))
}

func between(dice *rand.Rand, least, most time.Duration) time.Duration {
	return least + milliseconds(dice.Float64()*float64(most-least))
}

// Faster is the visit in a life that is so many times faster, once it has begun.
func (v Visit) Faster(times float64) Visit {
	for _, d := range []*time.Duration{&v.Patience, &v.AsksAfter, &v.Reaction, &v.Talk, &v.Hold, &v.WrapUp} {
		*d = milliseconds(float64(*d) / times)
	}
	return v
}

// Names, and the beginnings of numbers for fiction: Arcep's mobile numbers, and Ofcom's.
var (
	frenchFirst = []string{"Marie", "Lucas", "Chloé", "Hugo", "Léa", "Nathan", "Manon", "Jules", "Sarah", "Théo", "Zoé", "Antoine", "Nadia", "Karim"}
	frenchLast  = []string{"Lefèvre", "Garnier", "Roussel", "Chevalier", "Benoît", "Fontaine", "Marchand", "Dufour", "Renaud", "Perrin", "Haddad"}
	britishName = []string{"Oliver", "Amelia", "Harry", "Isla", "George", "Freya", "Arthur", "Poppy", "Priya", "Callum", "Niamh"}
	britishLast = []string{"Hughes", "Whitfield", "Carter", "Ashworth", "Bennett", "Shah", "Fletcher", "O’Neill", "Marsh", "Pryce"}
)

func customer(dice *rand.Rand, french bool) Customer {
	pick := func(from []string) string { return from[dice.IntN(len(from))] }
	if french {
		return Customer{fmt.Sprintf("+3363998%04d", dice.IntN(10_000)), pick(frenchFirst) + " " + pick(frenchLast)}
	}
	return Customer{fmt.Sprintf("+447700900%03d", dice.IntN(1000)), pick(britishName) + " " + pick(britishLast)}
}
