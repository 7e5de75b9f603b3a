package config_test

import (
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// docs/centre.md has every setting that a file may have, as `setting` or `section.setting`.
func TestEverySettingIsDocumented(t *testing.T) {
	t.Parallel()
	source, err := os.ReadFile("file.go")
	require.NoError(t, err)
	page, err := os.ReadFile(filepath.Join("..", "..", "docs", "centre.md"))
	require.NoError(t, err)
	tags := regexp.MustCompile("`yaml:\"([a-z_]+)\"`").FindAllSubmatch(source, -1)
	require.Greater(t, len(tags), 60)
	for _, tag := range tags {
		assert.Regexp(t, "[`.]"+string(tag[1])+"[`.:]", string(page))
	}
}
