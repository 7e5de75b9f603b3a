// Package measure writes CloudWatch metrics as lines of a function's log, in the embedded metric format: CloudWatch takes the values
// out of them, no request is made and no permission needed. What is counted for people is in shared/metrics; these are for alarms.
// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
package measure

import (
	"encoding/json"
	"io"
	"time"
)

// Values are measured together.
type Values map[Metric][]float64

// Set gives a metric one value; zero is left out, since nothing is what a missing value means.
func (v Values) Set(m Metric, value float64) {
	if value != 0 {
		v[m] = []float64{value}
	}
}

// Writer writes the values of one centre. A nil one writes none: where there is no CloudWatch, nobody measures.
type Writer struct {
	out    io.Writer
	centre string
	now    func() time.Time
}

// New returns a writer to a function's standard output.
func New(out io.Writer, centre string, now func() time.Time) *Writer {
	return &Writer{out, centre, now}
}

// mostValues is how many values of one metric a line may have.
const mostValues = 100

// Write writes values, in as many lines as they need. No values make no line. A line that cannot be written is lost: what it measured
// has happened all the same.
func (w *Writer) Write(values Values) {
	for w != nil && len(values) > 0 {
		line, rest := w.document(values)
		if text, err := json.Marshal(line); err == nil {
			_, _ = w.out.Write(append(text, '\n'))
		}
		values = rest
	}
}

// document is one line, and the values that found no room in it.
func (w *Writer) document(values Values) (line map[string]any, rest Values) {
	type definition struct {
		Name string
		Unit Unit
	}
	var defined []definition
	line, rest = map[string]any{Dimension: w.centre}, Values{}
	for m, all := range values {
		room := min(len(all), mostValues)
		if room < len(all) {
			rest[m] = all[room:]
		}
		if room == 0 {
			continue
		}
		defined = append(defined, definition(m))
		line[m.Name] = all[:room]
	}
	type directive struct {
		Namespace  string
		Dimensions [][]string
		Metrics    []definition
	}
	line["_aws"] = struct {
		Timestamp         int64 // milliseconds
		CloudWatchMetrics []directive
	}{w.now().UnixMilli(), []directive{{Namespace, [][]string{{Dimension}}, defined}}}
	return line, rest
}
