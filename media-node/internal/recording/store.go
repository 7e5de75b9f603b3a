// Package recording fetches recorded messages from the object store, by links that the control plane has signed. Nothing of
// it runs on the event loop, and it keeps nothing.
package recording

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"sync"
	"time"
)

const (
	// patience is how long a message may take to come, its wait for a slot included: the agent waits for it.
	patience = 5 * time.Second
	// atOnce bounds the messages that are being fetched, and so the memory for them: MaxSize each, and their samples.
	atOnce = 16
)

// Store fetches messages. Create with NewStore, end with Close.
type Store struct {
	post     func(func()) bool
	patience time.Duration
	client   *http.Client
	slots    chan struct{}
	wg       sync.WaitGroup
	running  context.Context //nolint:containedctx // the lifetime of the fetches, ended by Close
	stop     context.CancelFunc
}

// NewStore returns a store whose answers are posted to the event loop.
func NewStore(post func(func()) bool) *Store {
	s := &Store{
		post: post, patience: patience, slots: make(chan struct{}, atOnce),
		client: &http.Client{
			// What is compressed could be larger than it looks.
			Transport: &http.Transport{Proxy: http.ProxyFromEnvironment, DisableCompression: true, IdleConnTimeout: time.Minute},
			// A signed link says where the message is: whoever answers there has nowhere else to send the node.
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		},
	}
	s.running, s.stop = context.WithCancel(context.Background())
	return s
}

// ValidLink tells whether a link is one that can be fetched.
func ValidLink(link string) bool {
	u, err := url.Parse(link)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != ""
}

// Fetch gets the message behind a link, as μ-law, and calls done with it on the event loop, also after cancel.
func (s *Store) Fetch(link string, done func(message []byte, err error)) (cancel func()) {
	ctx, cancel := context.WithTimeout(s.running, s.patience)
	s.wg.Go(func() {
		defer cancel()
		message, err := s.fetch(ctx, link)
		s.post(func() { done(message, err) })
	})
	return cancel
}

// Close gives up what is being fetched. Fetch must not be called any more.
func (s *Store) Close() {
	s.stop()
	s.wg.Wait()
	s.client.CloseIdleConnections()
}

func (s *Store) fetch(ctx context.Context, link string) ([]byte, error) {
	select {
	case s.slots <- struct{}{}:
		defer func() { <-s.slots }()
	case <-ctx.Done():
		return nil, fmt.Errorf("wait to fetch recording: %w", ctx.Err())
	}
	file, err := s.download(ctx, link)
	if err != nil {
		return nil, fmt.Errorf("fetch recording: %w", withoutLink(err))
	}
	return decode(file)
}

func (s *Store) download(ctx context.Context, link string) ([]byte, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, link, nil)
	if err != nil {
		return nil, err
	}
	response, err := s.client.Do(request)
	if err != nil {
		return nil, err
	}
	defer func() { _ = response.Body.Close() }()
	if response.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("answered %s", response.Status)
	}
	file, err := io.ReadAll(io.LimitReader(response.Body, MaxSize+1))
	if err != nil {
		return nil, err
	}
	if len(file) > MaxSize {
		return nil, fmt.Errorf("more than %d bytes", MaxSize)
	}
	return file, nil
}

// withoutLink is an error without the link, which is as good as a password for what it leads to.
func withoutLink(err error) error {
	if u := new(url.Error); errors.As(err, &u) {
		return u.Err
	}
	return err
}
