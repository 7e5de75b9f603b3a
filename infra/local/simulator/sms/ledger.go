package sms

import (
	"sync"

	"guichet/infra/local/simulator/twilio"
)

// keptMessages bounds what the ledger remembers, oldest forgotten first.
const keptMessages = 5000

// ledger has what the REST API tells of messages: Message resources that the product made, and the media of all.
type ledger struct {
	mu        sync.Mutex
	resources map[string]messageResource // by message SID
	order     []string
	files     map[mediaKey]string // file in the book
}

type mediaKey struct{ message, media string }

func newLedger() *ledger {
	return &ledger{resources: map[string]messageResource{}, files: map[mediaKey]string{}}
}

// media gives a file of a message an SID.
func (l *ledger) media(message, file string) string {
	l.mu.Lock()
	defer l.mu.Unlock()
	sid := twilio.NewSID("ME")
	l.files[mediaKey{message, sid}] = file
	return sid
}

func (l *ledger) file(message, media string) (string, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	file, known := l.files[mediaKey{message, media}]
	return file, known
}

func (l *ledger) put(m messageResource) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if _, known := l.resources[m.SID]; !known {
		l.order = append(l.order, m.SID)
	}
	l.resources[m.SID] = m
	if len(l.order) > keptMessages {
		delete(l.resources, l.order[0])
		l.order = l.order[1:]
	}
}

func (l *ledger) find(sid string) (messageResource, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	m, known := l.resources[sid]
	return m, known
}
