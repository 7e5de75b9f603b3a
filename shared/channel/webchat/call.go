package webchat

import (
	"context"
	"errors"
	"time"

	"guichet/shared/center"
	"guichet/shared/dispatch"
	"guichet/shared/mediaapi"
	"guichet/shared/store"
)

// typeCall is a message on the realtime connection.
const typeCall = "call" // server → page: callNews

// States of a call as a page shows it.
const (
	callRinging = "ringing"
	callLive    = "live"
	callOver    = "over"
)

// call is a call that an agent makes to the visitor. A page keeps, for each id, the one with the highest version.
type call struct {
	ID      string `json:"id"`
	State   string `json:"state"`           // ringing, live, over
	Agent   string `json:"agent,omitempty"` // first name
	Version int64  `json:"version"`
}

type callNews struct {
	Type string `json:"type"`
	Call call   `json:"call"`
}

func (n *names) callNews(ctx context.Context, c *center.Contact) callNews {
	return callNews{typeCall, n.call(ctx, c)}
}

func (n *names) call(ctx context.Context, c *center.Contact) call {
	view := call{ID: c.ID, State: callRinging, Agent: n.firstName(ctx, c.AgentID), Version: c.Version}
	switch {
	case c.Ended():
		view.State = callOver
	case c.State == center.StateConnected:
		view.State = callLive
	}
	return view
}

// CallPatch implements channel.Visited.
func (c *Channel) CallPatch(contact *center.Contact) any {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	return c.names.callNews(ctx, contact)
}

// callOf is the call that rings for the chat's visitor or is live, or nil.
func (c *Channel) callOf(ctx context.Context, chat *center.Chat) (*call, error) {
	if chat.CallID == "" {
		return nil, nil
	}
	contact, err := c.Store.Contact(ctx, chat.CallID, true)
	if err != nil || !contact.InWidget || contact.Ended() {
		return nil, err
	}
	view := c.names.call(ctx, contact)
	return &view, nil
}

// Calls is what visitors do about calls. dispatch.Dispatcher does it.
type Calls interface {
	VisitorAnswers(ctx context.Context, chatID, contactID string) (ticket string, err error)
	VisitorLeft(ctx context.Context, chatID, contactID string) error
}

type postedCall struct {
	ID string `json:"id"`
}

// postAnswer lets a page into a call: its audio is opened at the media node with the ticket.
func (c *Channel) postAnswer(v visit) (answer, error) {
	posted, err := decode[postedCall](v)
	if err != nil {
		return nil, err
	}
	ticket, err := c.Calls.VisitorAnswers(v.Context(), chatID(v.session), posted.ID)
	if err != nil {
		return nil, err
	}
	return ticketView{ticket, c.Now().Add(mediaapi.TicketLifetime)}, nil
}

// postEnd declines a call, or hangs up.
func (c *Channel) postEnd(v visit) (answer, error) {
	posted, err := decode[postedCall](v)
	if err != nil {
		return nil, err
	}
	return nil, c.Calls.VisitorLeft(v.Context(), chatID(v.session), posted.ID)
}

// Phone calls visitors in their pages. It implements dispatch.Phone for contacts in the widget: the media node takes the
// provider's place, and a call has its contact's id.
type Phone struct {
	store  *store.Store
	pusher dispatch.Pusher
	nodes  *mediaapi.Client
	names  *names
}

// NewPhone returns the phone.
func NewPhone(s *store.Store, p dispatch.Pusher, nodes *mediaapi.Client, now func() time.Time) *Phone {
	return &Phone{s, p, nodes, newNames(s, now)}
}

// Dial rings on every page that the visitor has open. It is a conflict when there is none.
func (p *Phone) Dial(ctx context.Context, c *center.Contact) (string, error) {
	chat, err := p.store.Chat(ctx, c.ChatID, true)
	if err != nil {
		return "", err
	}
	news := p.names.callNews(ctx, c)
	rings := false
	var failures error
	for _, id := range chat.Visitors {
		err := p.pusher.Push(ctx, id, news)
		rings = rings || err == nil
		if err != nil && !errors.Is(err, dispatch.ErrConnectionGone) {
			failures = errors.Join(failures, err)
		}
	}
	if rings {
		return c.ID, nil
	}
	return "", errors.Join(center.Errorf(center.Conflict, "visitor-away", "the visitor has no page open"), failures)
}

// Join has nothing to do: the page opens its audio itself.
func (p *Phone) Join(context.Context, *center.Contact, string) error { return nil }

// HangUp closes the visitor's line at the media node; a page that still rings is told by the stream.
func (p *Phone) HangUp(ctx context.Context, c *center.Contact) error {
	return asGone(p.nodes.Command(ctx, mediaapi.Command{ContactID: c.ID, Action: mediaapi.ActionEnd}))
}

// Ended tells whether no node has the visitor's line. Whoever asks has given the visitor time to answer.
func (p *Phone) Ended(ctx context.Context, c *center.Contact) (bool, error) {
	err := asGone(p.nodes.Command(ctx, mediaapi.Command{ContactID: c.ID, Action: mediaapi.ActionFind}))
	if errors.Is(err, dispatch.ErrCallGone) {
		return true, nil
	}
	return false, err
}

func asGone(err error) error {
	if errors.Is(err, mediaapi.ErrNoCall) {
		return dispatch.ErrCallGone
	}
	return err
}
