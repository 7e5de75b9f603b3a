package privacy

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"guichet/shared/center"
	"guichet/shared/store"
)

const (
	// DocumentName is the file of an export that has everything but the files.
	DocumentName = "export.json"
	// filesFolder is where those are, each named by its id and as its sender called it.
	filesFolder = "files"
	// maxFile is far above any file that goes in or out, in bytes.
	maxFile = 200 << 20
)

// Export writes what was found into a new folder: one JSON document, and the files of messages and the sound of voicemail beside it.
func Export(ctx context.Context, s *store.Store, files Files, f *Found, folder string, now time.Time) error {
	if err := os.MkdirAll(filepath.Dir(folder), 0o700); err != nil {
		return err
	}
	if err := os.Mkdir(folder, 0o700); err != nil { // what is there already may be somebody else's
		return fmt.Errorf("make the folder of the export: %w", err)
	}
	if err := os.Mkdir(filepath.Join(folder, filesFolder), 0o700); err != nil {
		return err
	}
	x := &exporter{files: files, folder: folder}
	d := f.document(now)
	for _, c := range f.Chats {
		messages, _, err := s.Messages(ctx, c.ID, store.Page{})
		if err != nil {
			return fmt.Errorf("conversation %s: %w", c.ID, err)
		}
		chat := newChat(c)
		for _, m := range messages {
			if err := x.add(ctx, &chat, m); err != nil {
				return err
			}
		}
		d.Conversations = append(d.Conversations, chat)
	}
	for _, v := range f.Voicemails {
		one := newVoicemail(v)
		if v.Sound == center.SoundKept {
			var err error
			if one.File, err = x.save(ctx, v.SoundKey(), v.ID+".wav"); err != nil {
				return err
			}
		}
		d.Voicemails = append(d.Voicemails, one)
	}
	text, err := json.MarshalIndent(d, "", "  ")
	if err != nil {
		return fmt.Errorf("encode the export: %w", err)
	}
	return os.WriteFile(filepath.Join(folder, DocumentName), append(text, '\n'), 0o600)
}

type exporter struct {
	files  Files
	folder string
}

// add adds a message and saves its files.
func (x *exporter) add(ctx context.Context, chat *Conversation, m *center.Message) error {
	one := newMessage(m)
	for _, a := range m.Attachments {
		file := File{Name: a.Name, Type: a.Type}
		if a.State == center.AttachmentStored {
			var err error
			if file.File, err = x.save(ctx, a.Key, a.ID+"-"+a.Name); err != nil {
				return fmt.Errorf("file %s of conversation %s: %w", a.ID, m.ChatID, err)
			}
		}
		one.Files = append(one.Files, file)
	}
	chat.Messages = append(chat.Messages, one)
	return nil
}

// save brings a file into the folder and tells its place there; nothing when it has gone from the object store before its message.
func (x *exporter) save(ctx context.Context, key, name string) (string, error) {
	content, size, err := x.files.Read(ctx, key, maxFile)
	if center.CodeOf(err) == center.NotFound {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	if int64(len(content)) < size {
		return "", fmt.Errorf("%s has %d bytes, more than %d", key, size, maxFile)
	}
	place := filepath.Join(filesFolder, plain(name))
	return filepath.ToSlash(place), os.WriteFile(filepath.Join(x.folder, place), content, 0o600)
}

// plain makes a file's name of one that a customer chose.
func plain(name string) string {
	name = strings.Map(func(r rune) rune {
		if r < ' ' || strings.ContainsRune(`/\:*?"<>|`, r) {
			return '_'
		}
		return r
	}, strings.TrimRight(name, "-. "))
	if runes := []rune(name); len(runes) > 100 {
		name = string(runes[:70]) + string(runes[len(runes)-30:])
	}
	return name
}
