package phonenumber

import (
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// patternsOfPlans gives every pattern of plans.txt, as it is written there.
func patternsOfPlans() []string {
	var all []string
	for line := range strings.Lines(planText) {
		key, value, _ := strings.Cut(strings.TrimSuffix(line, "\n"), " ")
		switch key {
		case "", "#", "plan", "local", "same-lines", "transform":
		case "idd", "trunk", "leading", "short", "emergency":
			all = append(all, value)
		default:
			_, text, _ := strings.Cut(value, " ")
			all = append(all, text)
		}
	}
	return all
}

// TestPatternsAreOfTheLanguage: what compile reads is all that the plans have.
func TestPatternsAreOfTheLanguage(t *testing.T) {
	t.Parallel()
	language := regexp.MustCompile(`^(?:\\d|\[(?:\d-\d|\d)+\]|\(\?:|\(|\)|\||\d|\?|\{\d+(?:,\d+)?\}|\$)+$`)
	patterns := patternsOfPlans()
	require.Greater(t, len(patterns), 2000)
	for _, text := range patterns {
		require.Regexp(t, language, text)
		require.NotContains(t, text, "[^")
	}
}

// TestPatternsMatchAsRegexpDoes compares this matcher with the standard library's on the plans' patterns.
func TestPatternsMatchAsRegexpDoes(t *testing.T) {
	t.Parallel()
	patterns := patternsOfPlans()
	whole, prefix := make([]*regexp.Regexp, len(patterns)), make([]*regexp.Regexp, len(patterns))
	rapid.Check(t, func(t *rapid.T) {
		i := rapid.IntRange(0, len(patterns)-1).Draw(t, "pattern")
		if whole[i] == nil {
			whole[i] = regexp.MustCompile(`^(?:` + patterns[i] + `)$`)
			prefix[i] = regexp.MustCompile(`^(?:` + patterns[i] + `)`)
		}
		p := compile(patterns[i])
		for _, digits := range []string{
			rapid.StringMatching(`[0-9]{0,16}`).Draw(t, "digits"),
			rapid.StringMatching(patterns[i]).Draw(t, "digits that match"),
			rapid.StringMatching(patterns[i]).Draw(t, "digits that match") + rapid.StringMatching(`[0-9]{0,3}`).Draw(t, "more"),
		} {
			require.Equal(t, whole[i].MatchString(digits), p.whole(digits), "%s of %s", digits, patterns[i])
			var flat []int
			for _, bounds := range p.prefix(digits) {
				flat = append(flat, bounds[:]...)
			}
			require.Equal(t, prefix[i].FindStringSubmatchIndex(digits), flat, "%s of %s", digits, patterns[i])
		}
	})
}
