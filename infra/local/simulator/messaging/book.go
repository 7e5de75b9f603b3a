package messaging

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"sync"
)

// Errors of what is asked for.
var (
	ErrNoThread    = errors.New("no such conversation")
	ErrNoMessage   = errors.New("no such message")
	ErrNoInbox     = errors.New("no such inbox")
	ErrBadCustomer = errors.New("the channel has no such customer")
	ErrCannot      = errors.New("the channel does not have that")
	ErrBadMessage  = errors.New("the message has nothing in it, or too much")
)

// keptThreads and keptMessages bound what the book remembers, oldest forgotten first.
const (
	keptThreads  = 500
	keptMessages = 2000
)

// Options are what a book needs. The zero value is one for a test.
type Options struct {
	// File keeps the threads between runs; empty keeps nothing.
	File   string
	Logger *slog.Logger // nil: slog.Default
	Client *http.Client // nil: a client of its own
	// FilesURL is where the product fetches customers' files, without a slash at its end.
	FilesURL string
}

// Book has every thread of every provider. Make it with Open; it is safe for concurrent use.
type Book struct {
	Files *Files
	log   *slog.Logger
	http  *http.Client
	file  string

	ctx    context.Context
	cancel context.CancelFunc
	work   sync.WaitGroup

	mu         sync.Mutex
	closed     bool
	registered []Provider
	providers  map[string]Provider // by channel
	threads    map[string]*Thread
	order      []string // by opening
	version    int64
	feeds      map[chan struct{}]struct{}
	faults     map[string]*fault // by channel
}

// Open returns a book. Close it.
func Open(o Options) (*Book, error) {
	if o.Logger == nil {
		o.Logger = slog.Default()
	}
	if o.Client == nil {
		o.Client = &http.Client{Transport: http.DefaultTransport.(*http.Transport).Clone()}
	}
	ctx, cancel := context.WithCancel(context.Background())
	b := &Book{
		Files: newFiles(o.FilesURL), log: o.Logger.With("component", "messaging"), http: o.Client, file: o.File,
		ctx: ctx, cancel: cancel, providers: map[string]Provider{}, threads: map[string]*Thread{},
		feeds: map[chan struct{}]struct{}{}, faults: map[string]*fault{},
	}
	if err := b.restore(); err != nil {
		cancel()
		return nil, err
	}
	if b.file != "" {
		b.Go(b.keep)
	}
	return b, nil
}

// Close ends what is under way, and keeps the threads.
func (b *Book) Close() {
	b.mu.Lock()
	b.closed = true
	b.mu.Unlock()
	b.cancel()
	b.work.Wait()
	b.http.CloseIdleConnections()
}

// Go runs something that Close ends and waits for.
func (b *Book) Go(f func(context.Context)) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.closed {
		return
	}
	b.work.Add(1)
	go func() {
		defer b.work.Done()
		f(b.ctx)
	}()
}

// Register makes a provider carry its inboxes' channels.
func (b *Book) Register(p Provider) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.registered = append(b.registered, p)
	for _, inbox := range p.Inboxes() {
		b.providers[inbox.Channel] = p
	}
}

// OpenThread finds the thread of a customer with an inbox, or makes it. A name that is not empty replaces the old one.
func (b *Book) OpenThread(channel, inbox, customer, name string) Thread {
	id := channel + "-" + inbox + "-" + customer
	b.mu.Lock()
	defer b.mu.Unlock()
	t, known := b.threads[id]
	if !known {
		t = &Thread{ID: id, Channel: channel, Inbox: inbox, Customer: customer, Messages: []Message{}}
		b.threads[id] = t
		b.order = append(b.order, id)
		b.forget()
	}
	if name != "" {
		t.Name = name
	}
	b.changed(t)
	return t.clone()
}

// forget drops the oldest thread when there are too many.
func (b *Book) forget() {
	if len(b.order) > keptThreads {
		delete(b.threads, b.order[0])
		b.order = b.order[1:]
	}
}

// Thread returns a thread as it is now.
func (b *Book) Thread(id string) (Thread, error) { return b.Change(id, nil) }

// Change changes a thread and returns it as it is then. change must not block; nil only reads.
func (b *Book) Change(id string, change func(*Thread)) (Thread, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	t, known := b.threads[id]
	if !known {
		return Thread{}, fmt.Errorf("%s: %w", id, ErrNoThread)
	}
	if change != nil {
		change(t)
		if len(t.Messages) > keptMessages {
			t.Messages = t.Messages[len(t.Messages)-keptMessages:]
		}
		b.changed(t)
	}
	return t.clone(), nil
}

// ChangeMessage changes one message; it does nothing when that is no longer there.
func (b *Book) ChangeMessage(thread, message string, change func(*Message)) {
	_, _ = b.Change(thread, func(t *Thread) {
		if m := t.Message(message); m != nil {
			change(m)
		}
	})
}

// Find returns the first thread that match accepts, and whether there is one.
func (b *Book) Find(match func(*Thread) bool) (Thread, bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, id := range b.order {
		if match(b.threads[id]) {
			return b.threads[id].clone(), true
		}
	}
	return Thread{}, false
}

// changed numbers a change and tells who follows. The caller holds mu.
func (b *Book) changed(t *Thread) {
	b.version++
	t.Version = b.version
	for feed := range b.feeds {
		select {
		case feed <- struct{}{}:
		default:
		}
	}
}

// Since returns the threads that changed after a version, in the order of their opening, and the newest version.
func (b *Book) Since(version int64) ([]Thread, int64) {
	b.mu.Lock()
	defer b.mu.Unlock()
	threads := []Thread{}
	for _, id := range b.order {
		if t := b.threads[id]; t.Version > version {
			threads = append(threads, t.clone())
		}
	}
	return threads, b.version
}

// Follow tells of every change from now on, several at once as one. Call stop in the end.
func (b *Book) Follow() (changes <-chan struct{}, stop func()) {
	feed := make(chan struct{}, 1)
	b.mu.Lock()
	defer b.mu.Unlock()
	b.feeds[feed] = struct{}{}
	return feed, func() {
		b.mu.Lock()
		defer b.mu.Unlock()
		delete(b.feeds, feed)
	}
}
