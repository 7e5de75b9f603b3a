package center_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"guichet/shared/center"
)

func TestWhoMayWriteCannedMessages(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		role   center.Role
		public bool
		want   center.Code
	}{
		"an agent for themselves": {center.RoleAgent, false, ""}, "an agent for everybody": {center.RoleAgent, true, center.Forbidden},
		"a supervisor for everybody": {center.RoleSupervisor, true, ""}, "an admin for everybody": {center.RoleAdmin, true, ""},
	} {
		m := &center.CannedMessage{ID: "cn_1", OwnerID: "ada", Public: tc.public}
		assert.Equal(t, tc.want, center.CodeOf(m.MayWrite(&center.Agent{ID: "ada", Role: tc.role})), name)
	}
	m := &center.CannedMessage{ID: "cn_1", OwnerID: "ada", Public: true}
	assert.NoError(t, m.MayChange(&center.Agent{ID: "ada", Role: center.RoleAgent}))
	assert.Equal(t, center.Forbidden, center.CodeOf(m.MayChange(&center.Agent{ID: "sue", Role: center.RoleAdmin})), "not even an admin changes a colleague's")
}

func TestShortcutsCanBeTyped(t *testing.T) {
	t.Parallel()
	for shortcut, ok := range map[string]bool{
		"": true, "a": true, "hello-1_b": true, "abcdefghijklmnopqrstuvwxyz012345": true, "abcdefghijklmnopqrstuvwxyz0123456": false,
		"Hello": false, "a b": false, "/a": false, "é": false, "a\n": false,
	} {
		m := &center.CannedMessage{Shortcut: shortcut}
		assert.Equal(t, ok, m.MayWrite(&center.Agent{Role: center.RoleAgent}) == nil, shortcut)
	}
}

func TestCategoriesAreKeptOnce(t *testing.T) {
	t.Parallel()
	given := []string{"b", "a", "b"}
	var m center.CannedMessage
	m.SetCategories(given)
	assert.Equal(t, []string{"a", "b"}, m.Categories)
	assert.Equal(t, []string{"b", "a", "b"}, given)
}
