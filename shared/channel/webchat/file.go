package webchat

import (
	"context"
	"time"
	"unicode/utf8"

	"guichet/shared/center"
)

const (
	uploadLifetime = 10 * time.Minute // of an address to upload to
	linkLifetime   = 10 * time.Minute // of an address to fetch from

	maxFileName = 200
	sniffed     = 4096 // bytes that tell what a file is
)

type postedFile struct {
	Name  string `json:"name"`
	Type  string `json:"type"`
	Bytes int64  `json:"bytes"`
}

type uploadView struct {
	ID      string            `json:"id"`
	URL     string            `json:"url"`
	Headers map[string]string `json:"headers"`
}

// postFile announces a file and tells where to put it. Its type and size are bound to that address.
func (c *Channel) postFile(v visit) (answer, error) {
	posted, err := decode[postedFile](v)
	if err != nil {
		return nil, err
	}
	limit := v.directory.Settings.AttachmentLimit()
	switch {
	case utf8.RuneCountInString(posted.Name) > maxFileName:
		return nil, center.Errorf(center.Invalid, "name-too-long", "a file's name has at most %d characters", maxFileName)
	case !center.AttachmentAllowed(posted.Type):
		return nil, center.Errorf(center.Invalid, "file-type", "files of this type are not taken")
	case posted.Bytes < 1 || posted.Bytes > limit:
		return nil, center.Errorf(center.Invalid, "file-size", "a file has 1 to %d bytes", limit)
	}
	now := c.Now()
	f := &center.File{
		ID: center.NewID(center.PrefixFile, now), AgentID: v.Visitor, Name: posted.Name,
		Type: center.AttachmentType(posted.Type), Bytes: posted.Bytes, At: now,
	}
	url, headers, err := c.Objects.PresignPut(v.Context(), f.Key(), f.Type, f.Bytes, uploadLifetime)
	if err != nil {
		return nil, err
	}
	return uploadView{f.ID, url, headers}, c.Store.AddFile(v.Context(), f)
}

// attachments are the files that a message names. They must be the visitor's own, and there.
func (c *Channel) attachments(v visit, ids []string) ([]center.Attachment, error) {
	var all []center.Attachment
	for _, id := range ids {
		f, err := c.Store.File(v.Context(), id)
		if err == nil && f.AgentID != v.Visitor {
			err = center.Errorf(center.NotFound, "file-unknown", "no file %s", id)
		}
		if err != nil {
			return nil, err
		}
		a, err := c.attachment(v.Context(), f)
		if err != nil {
			return nil, err
		}
		all = append(all, a)
	}
	return all, nil
}

// attachment is what has been uploaded: what it is counts, not what it was called.
func (c *Channel) attachment(ctx context.Context, f *center.File) (center.Attachment, error) {
	head, size, err := c.Objects.Read(ctx, f.Key(), sniffed)
	if err != nil {
		return center.Attachment{}, err
	}
	a := center.Attachment{
		ID: f.ID, Name: f.Name, Type: c.Objects.Sniff(head), Bytes: size, State: center.AttachmentStored, Key: f.Key(),
	}
	if !center.AttachmentAllowed(a.Type) {
		a.State, a.Reason, a.Key = center.AttachmentRefused, center.RefusedType, ""
	}
	return a, nil
}

type linkView struct {
	URL       string    `json:"url"`
	ExpiresAt time.Time `json:"expiresAt"`
}

// getFile makes a link to a file of a message that the visitor sees.
func (c *Channel) getFile(v visit) (answer, error) {
	missing := center.Errorf(center.NotFound, "file-unknown", "there is no such file in this chat")
	key := v.URL.Query().Get("message")
	if !keyPattern.MatchString(key) {
		return nil, missing
	}
	m, err := c.Store.Message(v.Context(), chatID(v.session), key, true)
	if err != nil {
		return nil, err
	}
	for _, a := range m.Attachments {
		if a.ID == v.PathValue("id") && a.State == center.AttachmentStored && visible(m) {
			url, err := c.Objects.PresignGet(v.Context(), a.Key, a.Name, a.Type, true, linkLifetime)
			return linkView{url, c.Now().Add(linkLifetime)}, err
		}
	}
	return nil, missing
}
