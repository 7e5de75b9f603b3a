package center

import (
	"slices"
	"strings"
	"time"
)

// MaxRecording is how long a recorded message may be.
const MaxRecording = 2 * time.Minute

// Recording is a recorded message that its owner plays into calls. Version counts its writes.
type Recording struct {
	ID       string
	OwnerID  string // agent id: who alone sees, changes and plays it
	Name     string
	Tags     []string // sorted
	FileID   string   // of its sound: another one when it was recorded again
	Length   time.Duration
	Archived bool // not to be chosen in calls
	At       time.Time
	Version  int64
}

// SoundKey is the name in the object store of a recording's sound: a WAV file, 8 kHz, mono, 16-bit PCM. Unlike files, it lasts
// until it is deleted.
func (r *Recording) SoundKey() string { return "recordings/" + r.ID + "/" + r.FileID + ".wav" }

// SetTags replaces the tags; they are kept sorted and once each.
func (r *Recording) SetTags(tags []string) {
	tags = slices.Clone(tags)
	slices.SortFunc(tags, func(a, b string) int { return strings.Compare(strings.ToLower(a), strings.ToLower(b)) })
	r.Tags = slices.Compact(tags)
}
