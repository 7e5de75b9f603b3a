package conversation

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"

	"guichet/shared/center"
	"guichet/shared/channel"
)

// FetchPatience is how long a provider may take to hand out one attachment: the workflow's task lasts longer.
const FetchPatience = 40 * time.Second

// Fetch copies a message's attachments from the provider, whose links expire. It is a workflow's task: an error asks for
// another try, and a file that may not be here is refused instead.
func (s *Service) Fetch(ctx context.Context, chatID, key string) error {
	m, err := s.Store.Message(ctx, chatID, key, true)
	if err != nil {
		return err
	}
	c, err := s.Store.Chat(ctx, chatID, false)
	if err != nil {
		return err
	}
	dir, err := s.Directories.Directory(ctx)
	if err != nil {
		return err
	}
	var failed error
	for _, a := range m.Attachments {
		if a.State != center.AttachmentFetching {
			continue
		}
		if err := s.copy(ctx, c.Channel, &a, dir.Settings); err != nil {
			failed = errors.Join(failed, err)
			continue
		}
		if err := s.fetched(ctx, m, a); err != nil {
			return err
		}
	}
	return failed
}

// Abandon marks the attachments that could not be fetched as missing.
func (s *Service) Abandon(ctx context.Context, chatID, key string) error {
	m, err := s.Store.Message(ctx, chatID, key, true)
	if err != nil {
		return err
	}
	for _, a := range m.Attachments {
		if a.State != center.AttachmentFetching {
			continue
		}
		a.State, a.Reason = center.AttachmentRefused, center.RefusedMissing
		if err := s.fetched(ctx, m, a); err != nil {
			return err
		}
	}
	return nil
}

// fetched writes what became of one attachment.
func (s *Service) fetched(ctx context.Context, m *center.Message, a center.Attachment) error {
	_, err := s.change(ctx, s.byKey(ctx, m.ChatID, m.Key()), func(m *center.Message) bool {
		for i := range m.Attachments {
			if m.Attachments[i].ID == a.ID && m.Attachments[i].State == center.AttachmentFetching {
				m.Attachments[i] = a
				return true
			}
		}
		return false
	})
	return err
}

// copy brings one file into the object store, or says why not.
func (s *Service) copy(ctx context.Context, channelName string, a *center.Attachment, settings center.Settings) error {
	body, err := s.download(ctx, channelName, a, settings.AttachmentLimit())
	if err != nil || a.Reason != "" {
		return err
	}
	a.Type, a.Bytes = center.AttachmentType(s.Objects.Sniff(body[:min(len(body), sniffed)])), int64(len(body))
	if !center.AttachmentAllowed(a.Type) {
		a.State, a.Reason = center.AttachmentRefused, center.RefusedType
		return nil
	}
	if err := s.Objects.Put(ctx, FileKey(a.ID), a.Type, bytes.NewReader(body), a.Bytes); err != nil {
		return err
	}
	a.State, a.Key, a.Source = center.AttachmentStored, FileKey(a.ID), ""
	return nil
}

// download reads a file from its provider. A refusal for good is noted on the attachment.
func (s *Service) download(ctx context.Context, channelName string, a *center.Attachment, limit int64) ([]byte, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, a.Source, nil)
	if err != nil {
		a.State, a.Reason = center.AttachmentRefused, center.RefusedMissing
		return nil, nil
	}
	ch, _ := s.Channels.Get(channelName)
	if f, ok := ch.(channel.Fetcher); ok {
		f.Authorize(request)
	}
	response, err := s.Fetcher.Do(request)
	if err != nil {
		return nil, fmt.Errorf("fetch an attachment of %s: %w", channelName, err)
	}
	defer func() { _ = response.Body.Close() }()
	switch {
	case response.StatusCode == http.StatusForbidden, response.StatusCode == http.StatusNotFound, response.StatusCode == http.StatusGone:
		a.State, a.Reason = center.AttachmentRefused, center.RefusedMissing
		return nil, nil
	case response.StatusCode != http.StatusOK:
		return nil, fmt.Errorf("fetch an attachment of %s: HTTP %d", channelName, response.StatusCode)
	}
	body, err := io.ReadAll(io.LimitReader(response.Body, limit+1))
	if err != nil {
		return nil, fmt.Errorf("fetch an attachment of %s: %w", channelName, err)
	}
	if int64(len(body)) > limit {
		a.State, a.Reason, a.Bytes = center.AttachmentRefused, center.RefusedSize, max(response.ContentLength, limit+1)
		return nil, nil
	}
	return body, nil
}
