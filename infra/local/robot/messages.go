package robot

import (
	"context"
	"net/http"

	"guichet/infra/local/simulator/messaging"
)

const threadsPath = "/simulator/api/messages/threads"

// Messages are the customers' threads at the message providers.
type Messages struct{ origin string }

// NewMessages are the threads at the origin, which has no slash at the end.
func NewMessages(origin string) *Messages { return &Messages{origin} }

// Open opens a customer's thread; one without an id gets one that is made up.
func (m *Messages) Open(ctx context.Context, channel, inbox, customer, name string) (t messaging.Thread, err error) {
	err = m.ask(ctx, http.MethodPost, threadsPath, map[string]string{"channel": channel, "inbox": inbox, "customer": customer, "name": name}, &t)
	return t, err
}

// Write sends a message of the customer's, and tells how far it came.
func (m *Messages) Write(ctx context.Context, threadID, text string) (sent messaging.Message, err error) {
	err = m.ask(ctx, http.MethodPost, threadsPath+"/"+threadID+"/write", map[string]string{"text": text}, &sent)
	return sent, err
}

// Thread is a thread as the customer sees it.
func (m *Messages) Thread(ctx context.Context, threadID string) (t messaging.Thread, err error) {
	err = m.ask(ctx, http.MethodGet, threadsPath+"/"+threadID, nil, &t)
	return t, err
}

func (m *Messages) ask(ctx context.Context, method, target string, in, out any) error {
	return do(ctx, m.origin, method, target, in, out, http.Header{"Origin": {m.origin}})
}
