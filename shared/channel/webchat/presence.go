package webchat

import (
	"context"
	"errors"
	"time"

	"guichet/shared/center"
	"guichet/shared/deskapi"
	"guichet/shared/store"
)

// Chats notes on each chat whom to tell of news. conversation.Service does.
type Chats interface {
	// VisitorConnected is NotFound when there is no such chat.
	VisitorConnected(ctx context.Context, chatID, connectionID string) error
	VisitorGone(ctx context.Context, chatID, connectionID string) error
}

// Presence keeps the realtime connections of visitors' pages.
type Presence struct {
	Store *store.Store
	Chats Chats
	Now   func() time.Time
}

// Connect records the connection of a page of the chat's visitor.
func (p *Presence) Connect(ctx context.Context, chatID, connectionID string) error {
	v := store.Visitor{ConnectionID: connectionID, ChatID: chatID, LeaseUntil: p.lease()}
	if err := p.Store.AddVisitor(ctx, v); err != nil {
		return err
	}
	if err := p.Chats.VisitorConnected(ctx, chatID, connectionID); err != nil {
		return errors.Join(err, p.Store.RemoveVisitor(ctx, connectionID))
	}
	return nil
}

// Pong answers a page's ping with the version of its chat: a page that has an older one asks for what it missed.
type Pong struct {
	Type    string `json:"type"`
	Version int64  `json:"version"`
}

// Heartbeat renews a connection's lease. An unknown connection is NotFound: the page should open another.
func (p *Presence) Heartbeat(ctx context.Context, connectionID string) (Pong, error) {
	v, err := p.Store.RenewVisitor(ctx, connectionID, p.lease())
	if err != nil {
		return Pong{}, err
	}
	c, err := p.Store.Chat(ctx, v.ChatID, false)
	if err != nil {
		return Pong{}, err
	}
	return Pong{deskapi.TypePong, c.Version}, nil
}

// Disconnect forgets a connection, if it is a visitor's. It goes off the chat first: a crash then leaves a connection that
// expires, and not a visitor who seems to be there.
func (p *Presence) Disconnect(ctx context.Context, connectionID string) error {
	v, err := p.Store.Visitor(ctx, connectionID)
	if center.CodeOf(err) == center.NotFound {
		return nil
	}
	if err != nil {
		return err
	}
	return p.gone(ctx, v)
}

func (p *Presence) gone(ctx context.Context, v store.Visitor) error {
	if err := p.Chats.VisitorGone(ctx, v.ChatID, v.ConnectionID); err != nil {
		return err
	}
	return p.Store.RemoveVisitor(ctx, v.ConnectionID)
}

// Sweep forgets the connections whose lease has run out, because the end of one may go unreported.
func (p *Presence) Sweep(ctx context.Context) error {
	visitors, err := p.Store.Visitors(ctx)
	for _, v := range visitors {
		if p.Now().After(v.LeaseUntil) {
			err = errors.Join(err, p.gone(ctx, v))
		}
	}
	return err
}

func (p *Presence) lease() time.Time { return p.Now().Add(deskapi.LeaseSeconds * time.Second) }
