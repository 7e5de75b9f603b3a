package privacy

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"guichet/shared/center"
	"guichet/shared/store"
)

// Files are where the centre's files are. objects.Bucket is one.
type Files interface {
	Read(ctx context.Context, key string, limit int64) (content []byte, size int64, err error)
	Delete(ctx context.Context, key string) error // one that is not there is no failure
}

// rounds bounds how often it is looked for what was written while it was erased.
const rounds = 3

// Erase takes out what was found, looks again, and goes on until there is nothing. It refuses while something goes on with the person. It
// may be repeated, and a run that was cut off is completed by the next: what leads to the rest goes last.
func Erase(ctx context.Context, s *store.Store, files Files, f *Found, now func() time.Time) error {
	for range rounds {
		if reasons := f.GoesOn(); len(reasons) > 0 {
			return errors.New("nothing more was erased:\n  " + strings.Join(reasons, "\n  "))
		}
		err := f.erase(ctx, s, files, now)
		if err != nil && !errors.Is(err, store.ErrStale) { // what has changed since is read again
			return err
		}
		if f, err = Find(ctx, s, f.Person); err != nil || f.None() {
			return err
		}
	}
	return fmt.Errorf("%s: something was written again and again meanwhile; try once more", f.Person)
}

func (f *Found) erase(ctx context.Context, s *store.Store, files Files, now func() time.Time) error {
	for _, v := range f.Voicemails {
		if err := errors.Join(files.Delete(ctx, v.SoundKey()), s.RemoveVoicemail(ctx, v.LineID, v.ID)); err != nil {
			return fmt.Errorf("voicemail %s: %w", v.ID, err)
		}
	}
	for _, a := range f.SetAside {
		if err := s.RemoveSetAside(ctx, a.ID); err != nil {
			return err
		}
	}
	for _, c := range f.Contacts { // before their lines: those that are still to be written are made of them
		if err := eraseContact(ctx, s, c, now()); err != nil {
			return fmt.Errorf("call %s: %w", c.ID, err)
		}
	}
	others := map[string]string{}
	for _, e := range f.Entries {
		id := e.Line.ContactID
		if others[id] == "" {
			others[id] = center.NewID(center.PrefixChat, now())
		}
		if err := s.EraseEntry(ctx, e, others[id]); err != nil {
			return err
		}
	}
	for _, c := range f.Claims {
		if err := s.Release(ctx, c); err != nil {
			return err
		}
	}
	return f.eraseChats(ctx, s, files)
}

// eraseContact also calls off a call that is still to be made. A campaign that takes missed calls takes none without a number.
func eraseContact(ctx context.Context, s *store.Store, c *center.Contact, now time.Time) error {
	ch := store.Change{Contact: c}
	if before := *c; c.CallOff(now) {
		ch.Leave = &before
	}
	news, err := c.Erase()
	if err != nil || !news {
		return err
	}
	return s.Commit(ctx, ch)
}

// eraseChats also takes the chats off the calls that were made from them: their ids follow from who the customer is.
func (f *Found) eraseChats(ctx context.Context, s *store.Store, files Files) error {
	for _, c := range f.Contacts {
		if c.ChatID == "" {
			continue
		}
		c.ChatID = ""
		if err := s.Commit(ctx, store.Change{Contact: c}); err != nil {
			return fmt.Errorf("call %s: %w", c.ID, err)
		}
	}
	for _, q := range f.states {
		if err := s.ForgetChatInQueue(ctx, q); err != nil {
			return err
		}
	}
	for _, c := range f.Chats {
		err := s.EmptyChat(ctx, c.ID, func(m *center.Message) error {
			for _, a := range m.Attachments {
				if err := files.Delete(ctx, center.FileKey(a.ID)); err != nil {
					return err
				}
			}
			return nil
		})
		if err == nil {
			err = s.RemoveChat(ctx, c)
		}
		if err != nil {
			return fmt.Errorf("conversation %s: %w", c.ID, err)
		}
	}
	return nil
}
