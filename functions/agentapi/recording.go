package agentapi

import (
	"bytes"
	"context"
	"errors"
	"time"

	"guichet/shared/center"
	"guichet/shared/store"
)

// maxRecordings is how many recorded messages one agent has, so that the list stays an answer of bearable size.
const maxRecordings = 100

// RecordingText is what one may write of a recorded message.
type RecordingText struct {
	Name string   `json:"name" minLength:"1" maxLength:"100"`
	Tags []string `json:"tags,omitempty" nullable:"false" maxItems:"10" minLength:"1" maxLength:"40"`
}

// Recording is a recorded message that its owner plays into calls.
type Recording struct {
	ID       string    `json:"id"`
	Name     string    `json:"name"`
	Tags     []string  `json:"tags" nullable:"false"`
	Seconds  float64   `json:"seconds" doc:"How long it sounds."`
	Archived bool      `json:"archived" doc:"Not to be chosen in calls."`
	At       time.Time `json:"at" doc:"When it was recorded."`
	Version  int64     `json:"version"`
}

type recordingList struct {
	Recordings []Recording `json:"recordings" nullable:"false" doc:"The oldest first."`
}

func (a *API) listRecordings(ctx context.Context, me *center.Agent, _ *struct{}) (*output[recordingList], error) {
	all, err := a.dispatcher.Store.Recordings(ctx, me.ID)
	if err != nil {
		return nil, err
	}
	list := recordingList{Recordings: []Recording{}}
	for _, r := range all {
		list.Recordings = append(list.Recordings, viewRecording(r))
	}
	return &output[recordingList]{list}, nil
}

type createRecordingInput struct {
	Body struct {
		RecordingText
		FileID string `json:"fileId" pattern:"^fl_[0-9A-HJKMNP-TV-Z]{26}$" doc:"An announced file that is there: WAV, 8 kHz, mono, 16-bit PCM, two minutes at most."`
	}
}

func (a *API) createRecording(ctx context.Context, me *center.Agent, in *createRecordingInput) (*output[Recording], error) {
	all, err := a.dispatcher.Store.Recordings(ctx, me.ID)
	if err != nil {
		return nil, err
	}
	for _, r := range all {
		if r.FileID == in.Body.FileID {
			return &output[Recording]{viewRecording(r)}, nil // asked again, for want of an answer
		}
	}
	if n := len(all); n >= maxRecordings {
		return nil, center.Errorf(center.Conflict, "recordings-full", "there are %d recorded messages already: delete one first", n)
	}
	r := &center.Recording{ID: center.NewID(center.PrefixSound, a.dispatcher.Now()), OwnerID: me.ID}
	return a.saveRecording(ctx, r, in.Body.RecordingText, in.Body.FileID)
}

type updateRecordingInput struct {
	ID   string `path:"id" maxLength:"64"`
	Body struct {
		RecordingText
		FileID   string `json:"fileId,omitempty" pattern:"^(fl_[0-9A-HJKMNP-TV-Z]{26})?$" doc:"When it was recorded again."`
		Archived bool   `json:"archived,omitempty"`
		Version  int64  `json:"version,omitempty" minimum:"1" doc:"The version that was edited, so that no other change is lost; the newest when absent."`
	}
}

func (a *API) updateRecording(ctx context.Context, me *center.Agent, in *updateRecordingInput) (*output[Recording], error) {
	r, err := a.dispatcher.Store.Recording(ctx, me.ID, in.ID)
	if err != nil {
		return nil, err
	}
	if v := in.Body.Version; v != 0 && v != r.Version {
		return nil, recordingChanged(r.ID)
	}
	r.Archived = in.Body.Archived
	return a.saveRecording(ctx, r, in.Body.RecordingText, in.Body.FileID)
}

// saveRecording writes r with the text and, if one is named, with another sound.
func (a *API) saveRecording(ctx context.Context, r *center.Recording, text RecordingText, fileID string) (*output[Recording], error) {
	if r.Name = plainLine(text.Name); r.Name == "" {
		return nil, invalid("body.name", "a name is expected", text.Name)
	}
	r.SetTags(plainLines(text.Tags))
	before := *r
	if fileID != "" && fileID != r.FileID {
		if err := a.keepSound(ctx, r, fileID); err != nil {
			return nil, err
		}
	}
	err := a.dispatcher.Store.SaveRecording(ctx, r)
	if errors.Is(err, store.ErrStale) {
		return nil, recordingChanged(r.ID)
	}
	if err != nil {
		return nil, err
	}
	if before.FileID != "" && before.FileID != r.FileID {
		a.forgetSound(ctx, &before)
	}
	return &output[Recording]{viewRecording(r)}, nil
}

// keepSound copies an uploaded file to where recordings last.
func (a *API) keepSound(ctx context.Context, r *center.Recording, fileID string) error {
	f, err := a.dispatcher.Store.File(ctx, fileID)
	if err != nil {
		return err
	}
	if f.AgentID != r.OwnerID {
		return center.Errorf(center.NotFound, "file-unknown", "no file %s", fileID)
	}
	content, size, err := a.objects.Read(ctx, f.Key(), maxSound)
	if err != nil {
		return err
	}
	length, err := soundLength(content, size)
	if err != nil {
		return err
	}
	r.FileID, r.Length, r.At = fileID, length, a.dispatcher.Now()
	return a.objects.Put(ctx, r.SoundKey(), soundType, bytes.NewReader(content), size)
}

// forgetSound removes a sound that nothing names any more. Should it fail, the file takes room and does no other harm.
func (a *API) forgetSound(ctx context.Context, r *center.Recording) {
	if err := a.objects.Delete(ctx, r.SoundKey()); err != nil {
		a.log.WarnContext(ctx, "sound of a recording not deleted", "recording", r.ID, "error", err)
	}
}

type recordingInput struct {
	ID string `path:"id" maxLength:"64"`
}

func (a *API) deleteRecording(ctx context.Context, agentID string, in *recordingInput) error {
	r, err := a.dispatcher.Store.Recording(ctx, agentID, in.ID)
	if err != nil {
		return err
	}
	if err := a.dispatcher.Store.DeleteRecording(ctx, agentID, r.ID); err != nil {
		return err
	}
	a.forgetSound(ctx, r)
	return nil
}

func (a *API) linkRecording(ctx context.Context, me *center.Agent, in *recordingInput) (*output[fileLink], error) {
	r, err := a.dispatcher.Store.Recording(ctx, me.ID, in.ID)
	if err != nil {
		return nil, err
	}
	expires := a.dispatcher.Now().Add(linkLifetime)
	url, err := a.objects.PresignGet(ctx, r.SoundKey(), r.Name+".wav", soundType, true, linkLifetime)
	return &output[fileLink]{fileLink{URL: url, ExpiresAt: expires}}, err
}

func recordingChanged(id string) error {
	return center.Errorf(center.Conflict, "recording-changed", "recording %s has been changed meanwhile", id)
}

func viewRecording(r *center.Recording) Recording {
	return Recording{
		ID: r.ID, Name: r.Name, Tags: append([]string{}, r.Tags...), Seconds: r.Length.Seconds(), Archived: r.Archived, At: r.At,
		Version: r.Version,
	}
}
