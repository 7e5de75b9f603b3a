package center

import (
	"regexp"
	"slices"
)

// CannedMessage is a text that agents put into their messages. Version counts its writes.
type CannedMessage struct {
	ID         string
	OwnerID    string // agent id: who alone may change it
	Title      string
	Text       string
	Shortcut   string // typed after a slash; empty: none. Unique among its owner's own messages, or among the public ones
	Categories []string
	Public     bool // for everybody, not for its owner alone
	Version    int64
}

// shortcutPattern is what can be typed after a slash.
var shortcutPattern = regexp.MustCompile(`^[a-z0-9_-]{1,32}$`)

// MayChange tells whether the agent may change or delete the message as it is.
func (m *CannedMessage) MayChange(a *Agent) error {
	if m.OwnerID != a.ID {
		return Errorf(Forbidden, "canned-message-not-yours", "canned message %s is a colleague's", m.ID)
	}
	return nil
}

// MayWrite tells whether the agent may save the message as it is to be.
func (m *CannedMessage) MayWrite(a *Agent) error {
	if m.Public && !a.Role.Supervises() {
		return Errorf(Forbidden, "public-canned-message", "only supervisors and admins make canned messages public")
	}
	if m.Shortcut != "" && !shortcutPattern.MatchString(m.Shortcut) {
		return Errorf(Invalid, "shortcut-invalid", "a shortcut has 1 to 32 small letters, digits, - and _")
	}
	return nil
}

// SetCategories replaces the categories; they are kept sorted and once each.
func (m *CannedMessage) SetCategories(categories []string) {
	categories = slices.Clone(categories)
	slices.Sort(categories)
	m.Categories = slices.Compact(categories)
}
