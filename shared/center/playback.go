package center

import "time"

// Playback is a recorded message that plays into a call, heard by both.
type Playback struct {
	ID          string
	RecordingID string
	Name        string    // of the recording
	At          time.Time // when it began
	Until       time.Time // when it will be over
	ThenEnd     bool      // the call ends with it
}

// Play begins a recorded message in a call that is connected with the agent; one that played before is over. It tells whether
// that is news.
func (c *Contact) Play(agentID string, p Playback) (news bool, err error) {
	if err := c.ConnectedWith(agentID); err != nil || c.Playing(p.ID) {
		return false, err
	}
	c.Playback = &p
	return true, nil
}

// Playing tells whether the named recorded message plays.
func (c *Contact) Playing(playbackID string) bool {
	return c.Playback != nil && c.Playback.ID == playbackID
}

// Played notes that the named recorded message is over; it tells whether it had played.
func (c *Contact) Played(playbackID string) bool {
	had := c.Playing(playbackID)
	if had {
		c.Playback = nil
	}
	return had
}
