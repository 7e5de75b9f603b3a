package audio

import "math"

const (
	// Floor is the level reported for digital silence, in dBFS.
	Floor = -96.0
	// audible is the level in dBFS under which no frequency is reported: line noise has none.
	audible = -45.0

	lowestHz, highestHz, stepHz = 100, 3800, 20
)

// Sound is what an ear makes of a stretch of audio.
type Sound struct {
	Hz   float64 `json:"hz"`   // dominant frequency; 0 when too quiet to have one
	DBFS float64 `json:"dbfs"` // level (root mean square) relative to full scale, Floor..0
}

// Measure measures level and dominant frequency of samples at Rate. Use 100 ms or more: 1/duration is the resolution.
func Measure(samples []int16) Sound {
	level := levelOf(samples)
	if level < audible {
		return Sound{DBFS: level}
	}
	windowed := hann(samples)
	best := strongest(windowed, lowestHz, highestHz, stepHz)
	best = strongest(windowed, best-stepHz, best+stepHz, 1)
	return Sound{Hz: best, DBFS: level}
}

func levelOf(samples []int16) float64 {
	if len(samples) == 0 {
		return Floor
	}
	var sum float64
	for _, s := range samples {
		sum += float64(s) * float64(s)
	}
	rms := math.Sqrt(sum/float64(len(samples))) / math.MaxInt16
	return math.Max(Floor, 20*math.Log10(rms+1e-9))
}

// hann tapers the ends so that a tone that does not fit the window leaks little into other frequencies.
func hann(samples []int16) []float64 {
	out := make([]float64, len(samples))
	for i, s := range samples {
		out[i] = float64(s) * (0.5 - 0.5*math.Cos(2*math.Pi*float64(i)/float64(len(samples))))
	}
	return out
}

func strongest(samples []float64, from, to, step float64) float64 {
	var bestHz, bestPower float64
	for hz := from; hz <= to; hz += step {
		if p := goertzel(samples, hz); p > bestPower {
			bestHz, bestPower = hz, p
		}
	}
	return bestHz
}

// goertzel is the power of one frequency (G. Goertzel, 1958): a transform where only few frequencies are wanted.
func goertzel(samples []float64, hz float64) float64 {
	coeff := 2 * math.Cos(2*math.Pi*hz/Rate)
	var s1, s2 float64
	for _, x := range samples {
		s1, s2 = x+coeff*s1-s2, s1
	}
	return s1*s1 + s2*s2 - coeff*s1*s2
}
