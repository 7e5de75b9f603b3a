package cost

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "write the tables in docs/cost.md")

// bar is what a five-minute call may cost at AWS, in dollars, Twilio aside.
const bar = 0.0005

// callMinutes is how long the call is that the bar is for.
const callMinutes = 5

// oneMore is what one call more costs, while its audio going out is within what is free.
func oneMore() float64 {
	in, _ := Audio()
	return Call.Marginal() + callMinutes*in
}

// TestACallIsCheap holds what one call more costs to the bar. The page says what is not in it: audio and traces beyond what is free, and the node.
func TestACallIsCheap(t *testing.T) {
	t.Parallel()
	_, out := Audio()
	t.Logf("a five-minute call costs $%.6f, $%.6f of it requests (bar: $%.4f); $%.6f more when its audio is beyond what is free a month, and its share of the node",
		oneMore(), Call.Marginal(), bar, callMinutes*out)
	assert.LessOrEqual(t, oneMore(), bar)
	assert.InDelta(t, Call.Marginal(), Sum(Call.Parts()), 1e-12)
	assert.Greater(t, callMinutes*connectMinute.USD/oneMore(), 100.0)
}

func TestBillsAddUp(t *testing.T) {
	t.Parallel()
	assert.InDelta(t, 730*(0.03238+2*0.00356+0.0225+0.005), Sum(Node()), 0.01)
	for _, p := range append(All(), Others()...) {
		assert.Positive(t, p.USD, p.Of)
		assert.True(t, strings.HasPrefix(p.Source, "https://"), p.Of)
	}
	empty := Of(0)
	for _, p := range empty.Bill() {
		assert.GreaterOrEqual(t, p.USD, 0.0, p.What)
	}
	assert.Less(t, Sum(Of(5).Bill()), Sum(Of(50).Bill()))
	assert.Zero(t, Sum(empty.Elsewhere()))
}

// go test ./infra/cost -run TestPage -update
func TestPage(t *testing.T) {
	t.Parallel()
	const page = "../../docs/cost.md"
	text, err := os.ReadFile(page)
	require.NoError(t, err)
	want := string(text)
	for name, table := range map[string]string{"call": callTable(), "centres": centresTable(), "others": othersTable(), "prices": pricesTable()} {
		begin, end := "<!-- "+name+": infra/cost writes this -->\n", "<!-- "+name+" ends -->\n"
		before, rest, ok := strings.Cut(want, begin)
		require.True(t, ok, begin)
		_, after, ok := strings.Cut(rest, end)
		require.True(t, ok, end)
		want = before + begin + table + end + after
	}
	if *update {
		require.NoError(t, os.WriteFile(page, []byte(want), 0o600))
		return
	}
	assert.Equal(t, want, string(text), "run this test with -update")
}

func callTable() string {
	var b strings.Builder
	b.WriteString("| a call of five minutes | at most | US$ |\n| --- | --- | ---: |\n")
	counts := []string{
		fmt.Sprintf("%.0f state transitions", Call.Transitions),
		fmt.Sprintf("%.0f requests, and %.0f changes seen by two functions", Call.Requests, Call.Changes),
		fmt.Sprintf("%.0f messages to and from desks", Call.Messages),
		fmt.Sprintf("%.0f requests", Call.Requests),
		fmt.Sprintf("%.0f write units, %.0f read units", Call.Writes, Call.Reads),
	}
	for i, p := range Call.Parts() {
		fmt.Fprintf(&b, "| %s | %s | %.6f |\n", p.What, counts[i], p.USD)
	}
	in, out := Audio()
	const frames = callMinutes * framesAMinute / 1e6
	fmt.Fprintf(&b, "| audio coming in: CloudFront to the node, load balancer | %.1f MB from Twilio | %.6f |\n", frames*fromTwilio, callMinutes*in)
	fmt.Fprintf(&b, "| **together** (bar: %.4f) | | **%.6f** |\n", bar, oneMore())
	fmt.Fprintf(&b, "| audio going out, beyond what is free a month | %.1f MB to Twilio, %.1f MB to the agent | %.6f |\n", frames*toTwilio, frames*toAgent, callMinutes*out)
	for _, agents := range sizes {
		c := Of(agents)
		fmt.Fprintf(&b, "| its share of the media node, with %d agents | | %.6f |\n", agents, Sum(Node())/c.calls())
	}
	return b.String()
}

var sizes = []int{5, 50, 500}

func centresTable() string {
	var b strings.Builder
	row := func(what string, of func(Centre) float64) {
		fmt.Fprintf(&b, "| %s |", what)
		for _, agents := range sizes {
			fmt.Fprintf(&b, " %.2f |", of(Of(agents)))
		}
		b.WriteString("\n")
	}
	b.WriteString("| US$ a month | 5 agents | 50 agents | 500 agents |\n| --- | ---: | ---: | ---: |\n")
	for i, p := range Of(sizes[0]).Bill() {
		row(p.What, func(c Centre) float64 { return c.Bill()[i].USD })
	}
	row("**together**", func(c Centre) float64 { return Sum(c.Bill()) })
	row("for each agent", func(c Centre) float64 { return Sum(c.Bill()) / float64(c.Agents) })
	row("while nobody calls, writes or has a desk open", func(Centre) float64 { return Sum(Of(0).Bill()) })
	return b.String()
}

func othersTable() string {
	var b strings.Builder
	b.WriteString("| US$ a month, telephony aside | 5 agents | 50 agents | 500 agents |\n| --- | ---: | ---: | ---: |\n")
	line := func(what string, of func(Centre) float64) {
		fmt.Fprintf(&b, "| %s |", what)
		for _, agents := range sizes {
			fmt.Fprintf(&b, " %.0f |", of(Of(agents)))
		}
		b.WriteString("\n")
	}
	line("**Guichet**", func(c Centre) float64 { return Sum(c.Bill()) })
	for i, p := range Of(sizes[0]).Elsewhere() {
		line(p.What, func(c Centre) float64 { return c.Elsewhere()[i].USD })
	}
	return b.String()
}

func pricesTable() string {
	var b strings.Builder
	b.WriteString("| price | US$ | per | read |\n| --- | ---: | --- | --- |\n")
	for _, p := range append(All(), Others()...) {
		read := p.Read
		switch {
		case read == "":
			read = "not verified"
		case p.Quoted != "":
			read += ", [quoted](" + p.Quoted + ")"
		}
		fmt.Fprintf(&b, "| [%s](%s) | %s | %s | %s |\n", p.Of, p.Source, dollars(p.USD), p.Per, read)
	}
	return b.String()
}

// dollars writes an amount without noughts at its end.
func dollars(usd float64) string {
	text := strings.TrimRight(fmt.Sprintf("%.10f", usd), "0")
	return strings.TrimSuffix(text, ".")
}
