package agentapi

import (
	"context"
	"fmt"
	"io"
	"path"
	"strings"
	"time"

	"guichet/shared/center"
	"guichet/shared/store"
)

// Objects keeps files, and makes links to them, short-lived ones.
type Objects interface {
	Put(ctx context.Context, key, mediaType string, body io.Reader, bytes int64) error
	Read(ctx context.Context, key string, limit int64) (head []byte, bytes int64, err error)
	Delete(ctx context.Context, key string) error
	PresignPut(ctx context.Context, key, mediaType string, bytes int64, lifetime time.Duration) (url string, headers map[string]string, err error)
	PresignGet(ctx context.Context, key, name, mediaType string, inline bool, lifetime time.Duration) (string, error)
}

const (
	uploadLifetime = 15 * time.Minute // a large file on a slow line
	linkLifetime   = 5 * time.Minute
)

type fileInput struct {
	Body struct {
		Name  string `json:"name" minLength:"1" maxLength:"255"`
		Type  string `json:"type" maxLength:"100" doc:"Media type: one of the desk's settings.attachmentTypes."`
		Bytes int64  `json:"bytes" minimum:"1" doc:"At most the desk's settings.attachmentBytes."`
	}
}

// upload is where to put a file.
type upload struct {
	ID      string            `json:"id" doc:"To be named in a message, within a day."`
	URL     string            `json:"url" doc:"PUT the file there."`
	Headers map[string]string `json:"headers" doc:"With these headers."`
}

func (a *API) createFile(ctx context.Context, me *center.Agent, in *fileInput) (*output[upload], error) {
	dir, err := a.dispatcher.Directories.Directory(ctx)
	if err != nil {
		return nil, err
	}
	now := a.dispatcher.Now()
	f := &center.File{
		ID: center.NewID(center.PrefixFile, now), AgentID: me.ID, Name: fileName(in.Body.Name),
		Type: center.AttachmentType(in.Body.Type), Bytes: in.Body.Bytes, At: now,
	}
	if strings.Trim(f.Name, "./") == "" {
		return nil, invalid("body.name", "the name of a file is expected", in.Body.Name)
	}
	if !center.AttachmentAllowed(f.Type) {
		return nil, invalid("body.type", "files of this type may not be sent", in.Body.Type)
	}
	if limit := dir.Settings.AttachmentLimit(); f.Bytes > limit {
		return nil, invalid("body.bytes", fmt.Sprintf("a file has at most %d bytes", limit), in.Body.Bytes)
	}
	url, headers, err := a.objects.PresignPut(ctx, f.Key(), f.Type, f.Bytes, uploadLifetime)
	if err != nil {
		return nil, err
	}
	return &output[upload]{upload{ID: f.ID, URL: url, Headers: headers}}, a.dispatcher.Store.AddFile(ctx, f)
}

// fileName is the last part of a path, on whatever system it was chosen.
func fileName(name string) string {
	return path.Base("/" + strings.ReplaceAll(plainLine(name), `\`, "/"))
}

type fileLinkInput struct {
	ChatID  string     `path:"chatId" maxLength:"64"`
	FileID  string     `path:"fileId" maxLength:"64"`
	Message messageKey `query:"message" doc:"Key of the message that has the file: it is found faster."`
}

// fileLink is where to get a file.
type fileLink struct {
	URL       string    `json:"url"`
	ExpiresAt time.Time `json:"expiresAt"`
}

func (a *API) linkFile(ctx context.Context, me *center.Agent, in *fileLinkInput) (*output[fileLink], error) {
	if _, err := a.chats.Visible(ctx, me, in.ChatID); err != nil {
		return nil, err
	}
	f, err := a.attachment(ctx, in)
	if err != nil {
		return nil, err
	}
	expires := a.dispatcher.Now().Add(linkLifetime)
	url, err := a.objects.PresignGet(ctx, f.Key, f.Name, f.Type, center.ShownInline(f.Type), linkLifetime)
	return &output[fileLink]{fileLink{URL: url, ExpiresAt: expires}}, err
}

// searchPage is how many messages are looked through at a time: a read costs by the size of what is read.
const searchPage = 25

// attachment finds a stored file in its message, or else in the thread, from its end back.
func (a *API) attachment(ctx context.Context, in *fileLinkInput) (center.Attachment, error) {
	if in.Message != "" {
		m, err := a.dispatcher.Store.Message(ctx, in.ChatID, string(in.Message), true)
		if err != nil {
			return center.Attachment{}, err
		}
		return storedIn(in.FileID, m)
	}
	page := store.Page{Limit: searchPage}
	for {
		messages, more, err := a.chats.Messages(ctx, in.ChatID, page)
		if err != nil {
			return center.Attachment{}, err
		}
		f, err := storedIn(in.FileID, messages...)
		if err == nil || !more {
			return f, err
		}
		page.Before = messages[0].Key()
	}
}

// storedIn finds a file among those of messages; one that is not with us is as good as none.
func storedIn(fileID string, messages ...*center.Message) (center.Attachment, error) {
	for _, m := range messages {
		for _, f := range m.Attachments {
			if f.ID == fileID && f.State == center.AttachmentStored {
				return f, nil
			}
		}
	}
	return center.Attachment{}, center.Errorf(center.NotFound, "file-unknown", "no file %s in this chat", fileID)
}
