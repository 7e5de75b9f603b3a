package center

import (
	"crypto/sha256"
	"time"
)

// MaxVoicemail is how long a caller's message may be.
const MaxVoicemail = 2 * time.Minute

// Voicemail is a message that a caller has left for a line: a task for the agents of its queue, or for the agent whose line it is.
// Version counts its writes.
type Voicemail struct {
	ID           string
	LineID       string // a queue's id, or OwnLine of an agent
	RecordingSID string // at the provider, until the sound is here
	CallSID      string
	From         string // E.164; empty when withheld
	CallerName   string
	At           time.Time // when the caller was asked to speak
	Length       time.Duration
	Sound        Sound
	DoneBy       string    // the agent who dealt with it; empty: nobody yet
	DoneAt       time.Time // when
	ExpiresAt    time.Time // then it is gone; zero: never
	Version      int64
}

// Sound says where the sound of a message is.
type Sound string

// Sounds.
const (
	SoundFetching Sound = "fetching" // still at the provider
	SoundKept     Sound = "kept"     // at SoundKey
	SoundLost     Sound = "lost"     // it could not be fetched
)

// VoicemailState is what is to be done about a message.
type VoicemailState string

// States of a message. A failed one has no sound, and still tells who called.
const (
	VoicemailFetching VoicemailState = "fetching"
	VoicemailNew      VoicemailState = "new"
	VoicemailDone     VoicemailState = "done"
	VoicemailFailed   VoicemailState = "failed"
)

// VoicemailIDOf names the message of a provider's recording, so that a repeated webhook makes no second one. In it is the time at
// which the caller was asked to speak, to the millisecond: messages sort by their ids.
func VoicemailIDOf(provider, recordingSID string, at time.Time) string {
	sum := sha256.Sum256([]byte(provider + ":" + recordingSID))
	return PrefixVoicemail + timedULID(at, [10]byte(sum[:10]))
}

// State tells what is to be done.
func (v *Voicemail) State() VoicemailState {
	switch {
	case v.DoneBy != "":
		return VoicemailDone
	case v.Sound == SoundKept:
		return VoicemailNew
	case v.Sound == SoundLost:
		return VoicemailFailed
	default:
		return VoicemailFetching
	}
}

// SoundKey is the name in the object store of the message's sound, a WAV file.
func (v *Voicemail) SoundKey() string { return "voicemail/" + v.ID + ".wav" }

// Done notes that an agent has dealt with the message; the first who says so counts. It tells whether that is news.
func (v *Voicemail) Done(agentID string, now time.Time) (news bool) {
	news = v.DoneBy == ""
	if news {
		v.DoneBy, v.DoneAt = agentID, now
	}
	return news
}

// Reopen notes that the message is still to be dealt with. It tells whether that is news.
func (v *Voicemail) Reopen() (news bool) {
	news = v.DoneBy != ""
	v.DoneBy, v.DoneAt = "", time.Time{}
	return news
}

// Expired tells whether the message is gone, whether or not its record is.
func (v *Voicemail) Expired(now time.Time) bool {
	return !v.ExpiresAt.IsZero() && !now.Before(v.ExpiresAt)
}

// Hears tells whether an agent may hear the messages of a line, and deal with them: of their own one, of their queues, and
// supervisors of every queue.
func (a *Agent) Hears(lineID string) bool {
	if owner, own := OwnerOf(lineID); own {
		return owner == a.ID
	}
	return a.Role.Supervises() || a.Assigned(lineID)
}

// Deletes tells whether an agent who hears the messages of a line may delete them, too.
func (a *Agent) Deletes(lineID string) bool {
	_, own := OwnerOf(lineID)
	return a.Hears(lineID) && (own || a.Role.Supervises())
}
