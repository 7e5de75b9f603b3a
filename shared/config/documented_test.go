package config_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/shared/center"
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

// The settings of a widget work as docs/webchat.md has them.
func TestTheWidgetOfThePage(t *testing.T) {
	t.Parallel()
	page, err := os.ReadFile(filepath.Join("..", "..", "docs", "webchat.md"))
	require.NoError(t, err)
	_, example, _ := strings.Cut(string(page), "```yaml\n")
	example, _, found := strings.Cut(example, "```")
	require.True(t, found)
	before, rest, _ := strings.Cut(shop(t), "channels:\n")
	_, people, _ := strings.Cut(rest, "people:\n")
	d := parse(t, before+example+"people:\n"+people).Directory
	assert.Equal(t, map[string]string{"webchat:shop": "que_chat_support"}, d.Inboxes)
	assert.Equal(t, center.Widget{
		Key: "shop", Name: "Maison Lavande", Origins: []string{"https://shop.example"}, Greeting: map[string]string{"fr": "Bonjour !", "en": "Hello!"}, Colour: "#5b4696",
	}, d.Widgets["shop"])
}
