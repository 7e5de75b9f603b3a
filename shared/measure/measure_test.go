package measure_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/shared/measure"
)

var now = time.Date(2026, 11, 22, 9, 0, 0, 5e6, time.UTC)

func written(t *testing.T, v measure.Values) []string {
	t.Helper()
	var out bytes.Buffer
	measure.New(&out, "acme", func() time.Time { return now }).Write(v)
	return strings.Split(strings.TrimSuffix(out.String(), "\n"), "\n")
}

// TestFormat holds a line to the specification's document structure.
func TestFormat(t *testing.T) {
	t.Parallel()
	lines := written(t, measure.Values{measure.SecondsToAnswer: {3, 8.5}})
	require.Len(t, lines, 1)
	assert.JSONEq(t, `{
		"_aws": {
			"Timestamp": 1795338000005,
			"CloudWatchMetrics": [{
				"Namespace": "Guichet", "Dimensions": [["Centre"]], "Metrics": [{"Name": "SecondsToAnswer", "Unit": "Seconds"}]
			}]
		},
		"Centre": "acme",
		"SecondsToAnswer": [3, 8.5]
	}`, lines[0])
}

func TestEveryMetricThatIsDefinedHasItsValues(t *testing.T) {
	t.Parallel()
	values := measure.Values{}
	for i, m := range measure.All() {
		values.Set(m, float64(i)) // the first is zero
	}
	lines := written(t, values)
	require.Len(t, lines, 1)
	var line map[string]any
	require.NoError(t, json.Unmarshal([]byte(lines[0]), &line))
	defined := line["_aws"].(map[string]any)["CloudWatchMetrics"].([]any)[0].(map[string]any)["Metrics"].([]any)
	assert.Len(t, defined, len(measure.All())-1, "zero is left out")
	for _, d := range defined {
		assert.Len(t, line[d.(map[string]any)["Name"].(string)], 1)
	}
}

func TestMoreValuesThanALineMayHave(t *testing.T) {
	t.Parallel()
	lines := written(t, measure.Values{measure.SecondsToAnswer: make([]float64, 230), measure.CallsAnswered: {230}})
	require.Len(t, lines, 3)
	total, answered := 0, 0
	for _, text := range lines {
		var line struct{ SecondsToAnswer, CallsAnswered []float64 }
		require.NoError(t, json.Unmarshal([]byte(text), &line))
		assert.LessOrEqual(t, len(line.SecondsToAnswer), 100)
		total += len(line.SecondsToAnswer)
		answered += len(line.CallsAnswered)
	}
	assert.Equal(t, 230, total)
	assert.Equal(t, 1, answered, "once, not on every line")
}

func TestNothingMakesNoLine(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	measure.New(&out, "acme", time.Now).Write(measure.Values{})
	assert.Empty(t, out.String())
	var nobody *measure.Writer
	assert.NotPanics(t, func() { nobody.Write(measure.Values{measure.CallsOffered: {1}}) })
}

func TestNamesDiffer(t *testing.T) {
	t.Parallel()
	names := map[string]bool{}
	for _, m := range measure.All() {
		names[m.Name] = true
	}
	assert.Len(t, names, len(measure.All()))
}
