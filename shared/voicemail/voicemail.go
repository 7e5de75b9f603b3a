// Package voicemail brings the sound of callers' messages from the provider to where it lasts. Who may hear a message, and what
// becomes of it, is no business of it.
package voicemail

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"guichet/shared/center"
	"guichet/shared/store"
	"guichet/shared/wav"
)

// Recordings are the provider's. telephony.Recordings implements it.
type Recordings interface {
	// Fetch reads a recording as WAV; one of more than limit bytes is an error.
	Fetch(ctx context.Context, sid string, limit int64) ([]byte, error)
	// Delete removes a recording; one that is not there is no failure.
	Delete(ctx context.Context, sid string) error
}

// Objects keeps files.
type Objects interface {
	Put(ctx context.Context, key, mediaType string, body io.Reader, bytes int64) error
	Delete(ctx context.Context, key string) error
}

// Fetcher does what the workflow of a message asks for. Doing it again is harmless.
type Fetcher struct {
	Store      *store.Store
	Recordings Recordings
	Objects    Objects
	Now        func() time.Time
}

// SoundType is the media type of a message's sound.
const SoundType = "audio/wav"

const (
	bytesPerSecond = 8000 * 2 // 8 kHz, mono, 16-bit PCM (https://www.twilio.com/docs/voice/api/recording#fetch-a-recording-media-file)
	// overtime is what a provider may record beyond the greatest length until it notices.
	overtime = 5 * time.Second
	// maxBytes is the size of the longest message, with room for a header.
	maxBytes = int64((center.MaxVoicemail+overtime)/time.Second)*bytesPerSecond + 4096
	// attempts bounds how often a write is tried that somebody else's comes before.
	attempts = 5
)

// Fetch keeps the sound of a message, and then has the provider delete it. An error asks for another try. The recording of a
// message that somebody has deleted meanwhile is deleted, too.
func (f *Fetcher) Fetch(ctx context.Context, lineID, id, recordingSID string) error {
	v, err := f.Store.Voicemail(ctx, lineID, id, f.Now())
	if center.CodeOf(err) == center.NotFound {
		return f.Recordings.Delete(ctx, recordingSID)
	}
	if err != nil {
		return err
	}
	if v.Sound == center.SoundFetching {
		if err := f.keep(ctx, v); err != nil {
			return err
		}
	}
	return f.Recordings.Delete(ctx, v.RecordingSID)
}

// keep copies the sound and says so.
func (f *Fetcher) keep(ctx context.Context, v *center.Voicemail) error {
	content, err := f.Recordings.Fetch(ctx, v.RecordingSID, maxBytes)
	if err != nil {
		return err
	}
	sound, err := wav.Parse(content)
	if err != nil {
		return fmt.Errorf("sound of voicemail %s: %w", v.ID, err)
	}
	if err := f.Objects.Put(ctx, v.SoundKey(), SoundType, bytes.NewReader(content), int64(len(content))); err != nil {
		return err
	}
	err = f.settle(ctx, v, func(v *center.Voicemail) { v.Sound, v.Length = center.SoundKept, sound.Duration() })
	if center.CodeOf(err) == center.NotFound { // deleted while its sound was on the way
		return f.Objects.Delete(ctx, v.SoundKey())
	}
	return err
}

// Abandon says of a message that its sound cannot be had. It stays with the provider.
func (f *Fetcher) Abandon(ctx context.Context, lineID, id string) error {
	v, err := f.Store.Voicemail(ctx, lineID, id, f.Now())
	if err != nil {
		return err
	}
	return f.settle(ctx, v, func(v *center.Voicemail) { v.Sound = center.SoundLost })
}

// settle changes a message whose sound is being fetched.
func (f *Fetcher) settle(ctx context.Context, v *center.Voicemail, change func(*center.Voicemail)) error {
	for range attempts {
		if v.Sound != center.SoundFetching {
			return nil
		}
		change(v)
		err := f.Store.SaveVoicemail(ctx, v)
		if !errors.Is(err, store.ErrStale) {
			return err
		}
		if v, err = f.Store.Voicemail(ctx, v.LineID, v.ID, f.Now()); err != nil {
			return err
		}
	}
	return fmt.Errorf("voicemail %s: %w", v.ID, store.ErrStale)
}
