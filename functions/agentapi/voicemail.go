package agentapi

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"golang.org/x/sync/errgroup"

	"guichet/shared/center"
	"guichet/shared/deskapi"
	"guichet/shared/store"
)

// linesAtOnce is how many lines' messages are read side by side.
const linesAtOnce = 8

type voicemailList struct {
	Voicemails []deskapi.Voicemail `json:"voicemails" nullable:"false" doc:"The newest first: all that are to be dealt with, and of each line the last 100 of the others."`
}

func (a *API) listVoicemails(ctx context.Context, me *center.Agent, _ *struct{}) (*output[voicemailList], error) {
	dir, err := a.dispatcher.Directories.Directory(ctx)
	if err != nil {
		return nil, err
	}
	lines := heardLines(me, dir)
	lists := make([][]*center.Voicemail, len(lines))
	group, both := errgroup.WithContext(ctx)
	group.SetLimit(linesAtOnce)
	for i, line := range lines {
		group.Go(func() (err error) {
			lists[i], err = a.dispatcher.Store.Voicemails(both, line, a.dispatcher.Now())
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	list := voicemailList{Voicemails: []deskapi.Voicemail{}}
	for _, v := range slices.Concat(lists...) {
		list.Voicemails = append(list.Voicemails, deskapi.ViewVoicemail(v))
	}
	slices.SortFunc(list.Voicemails, func(x, y deskapi.Voicemail) int { return cmp.Compare(y.ID, x.ID) })
	return &output[voicemailList]{list}, nil
}

// heardLines are the lines whose messages an agent may hear.
func heardLines(me *center.Agent, dir *store.Directory) []string {
	lines := []string{center.OwnLine(me.ID)}
	for id, q := range dir.Queues {
		if q.Kind != center.QueueChat && me.Hears(id) {
			lines = append(lines, id)
		}
	}
	return lines
}

// VoicemailPath names a caller's message.
type VoicemailPath struct {
	LineID string `path:"lineId" maxLength:"128"`
	ID     string `path:"id" maxLength:"64"`
}

// voicemail reads a message that the agent may hear; another one is as good as none.
func (a *API) voicemail(ctx context.Context, me *center.Agent, in *VoicemailPath) (*center.Voicemail, error) {
	if !me.Hears(in.LineID) {
		return nil, center.Errorf(center.NotFound, "voicemail-unknown", "no message %s", in.ID)
	}
	return a.dispatcher.Store.Voicemail(ctx, in.LineID, in.ID, a.dispatcher.Now())
}

type markVoicemailInput struct {
	VoicemailPath
	Body struct {
		State   string `json:"state" enum:"new,done" doc:"Done: the agent has dealt with it; the first who says so counts. New: it is to be dealt with, after all."`
		Version int64  `json:"version,omitempty" minimum:"1" doc:"The version that was seen, so that no other change is lost; the newest when absent."`
	}
}

// markAttempts bounds how often a mark is tried that somebody else's write comes before.
const markAttempts = 3

func (a *API) markVoicemail(ctx context.Context, me *center.Agent, in *markVoicemailInput) (*output[deskapi.Voicemail], error) {
	for range markAttempts {
		v, err := a.voicemail(ctx, me, &in.VoicemailPath)
		if err != nil {
			return nil, err
		}
		if in.Body.Version != 0 && in.Body.Version != v.Version {
			break
		}
		news := in.Body.State == string(center.VoicemailDone) && v.Done(me.ID, a.dispatcher.Now()) ||
			in.Body.State == string(center.VoicemailNew) && v.Reopen()
		if news {
			err = a.dispatcher.Store.SaveVoicemail(ctx, v)
		}
		if !errors.Is(err, store.ErrStale) {
			return &output[deskapi.Voicemail]{deskapi.ViewVoicemail(v)}, err
		}
	}
	return nil, center.Errorf(center.Conflict, "voicemail-changed", "message %s has been changed meanwhile", in.ID)
}

func (a *API) linkVoicemail(ctx context.Context, me *center.Agent, in *VoicemailPath) (*output[fileLink], error) {
	v, err := a.voicemail(ctx, me, in)
	if err != nil {
		return nil, err
	}
	if v.Sound != center.SoundKept {
		return nil, center.Errorf(center.NotFound, "voicemail-silent", "the sound of message %s is not here", v.ID)
	}
	expires := a.dispatcher.Now().Add(linkLifetime)
	url, err := a.objects.PresignGet(ctx, v.SoundKey(), v.ID+".wav", soundType, true, linkLifetime)
	return &output[fileLink]{fileLink{URL: url, ExpiresAt: expires}}, err
}

// deleteVoicemail removes the sound first: should the rest fail, what is left says that there is something to delete.
func (a *API) deleteVoicemail(ctx context.Context, agentID string, in *VoicemailPath) error {
	me, err := a.me(ctx, agentID)
	if err != nil {
		return err
	}
	v, err := a.voicemail(ctx, me, in)
	if err != nil {
		return err
	}
	if !me.Deletes(v.LineID) {
		return center.Errorf(center.Forbidden, "not-a-supervisor", "only supervisors may delete a queue's messages")
	}
	if err := a.objects.Delete(ctx, v.SoundKey()); err != nil {
		return err
	}
	return a.dispatcher.Store.RemoveVoicemail(ctx, v.LineID, v.ID)
}
