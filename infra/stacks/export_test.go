package stacks

import (
	"maps"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// exports are the names under which a stack tells others something.
func exports(template object) []string {
	names := map[string]bool{}
	all, _ := template["Outputs"].(object)
	for _, o := range all {
		if export, ok := o.(object)["Export"].(object); ok {
			names[export["Name"].(string)] = true
		}
	}
	return slices.Sorted(maps.Keys(names))
}

// CloudFormation refuses to take back what a stack that is deployed still asks for, and who tells is deployed before who asks. So a centre
// that gets a domain, or whose alarms are to tell nobody any more, must tell what it told before. A key of the centre's own is for good.
func TestNoSettingTakesBackWhatStacksTellEachOther(t *testing.T) {
	t.Parallel()
	one, err := center()
	require.NoError(t, err)
	two, err := other()
	require.NoError(t, err)
	for name, template := range two.templates {
		assert.Subset(t, exports(template), exports(one[name]), name)
		if name != "data" {
			assert.Subset(t, exports(one[name]), exports(template), name)
		}
	}
	assert.NotEmpty(t, exports(one["front"]))
}
