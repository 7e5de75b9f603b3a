package stacks

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestPagesAreAskedForEachTimeAndFilesKept(t *testing.T) {
	t.Parallel()
	got := map[string]string{}
	for _, deployment := range resources(stack(t, "dashboard"), "Custom::CDKBucketDeployment") {
		properties := deployment["Properties"].(object)
		cacheControl := properties["SystemMetadata"].(object)["cache-control"].(string)
		got[cacheControl] = text(t, []any{properties["Exclude"], properties["Include"]})
		assert.Equal(t, false, properties["Prune"], "an open page still needs its release's files")
	}
	assert.Equal(t, map[string]string{
		"no-cache":                            `[["assets/*"],null]`,
		"public, max-age=31536000, immutable": `[["*"],["assets/*"]]`,
	}, got)
}

func TestSiteIsToldWhereToSignIn(t *testing.T) {
	t.Parallel()
	for _, deployment := range resources(stack(t, "dashboard"), "Custom::CDKBucketDeployment") {
		if markers := text(t, deployment["Properties"].(object)["SourceMarkers"]); markers != "null" && len(markers) > 10 {
			assert.Contains(t, markers, "acme-identity:")
			assert.Contains(t, markers, "acme-front:")
			return
		}
	}
	t.Fatal("no deployment writes config.json")
}
