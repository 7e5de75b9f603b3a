// Package channel is the contract between conversations and the providers that carry them. Each provider is a folder
// below this one; what a message does to a chat is conversation's business, and no channel knows another.
package channel

import (
	"context"
	"errors"
	"net/http"
	"time"

	"guichet/shared/center"
)

// Channel is one provider of messages.
type Channel interface {
	// Name is the channel's path segment under /channels/, and what chats and desks call it.
	Name() string
	// Routes registers the webhooks, given the way into the conversations.
	Routes(Router, Receiver)
	// Send hands one message to the provider and returns the provider's id of it. Its errors are *SendError; any other
	// error counts as ErrUnreachable.
	Send(context.Context, Outgoing) (providerID string, err error)
}

// Typer is a channel that can show the customer that an agent is typing.
type Typer interface {
	Typing(ctx context.Context, c *center.Chat, on bool) error
}

// ReadMarker is a channel that can show the customer that their messages have been read.
type ReadMarker interface {
	MarkRead(ctx context.Context, c *center.Chat) error
}

// Fetcher is a channel whose attachments need credentials to be fetched. Others are fetched with a plain GET.
type Fetcher interface {
	// Authorize adds them to a request for an attachment's Source, if that is an address of the provider's.
	Authorize(*http.Request)
}

// Profiler is a channel that can look up who a customer is.
type Profiler interface {
	Profile(ctx context.Context, inbox, customerID string) (center.Customer, error)
}

// Windowed is a channel on which writing is allowed only for a while after the customer's last message.
type Windowed interface {
	// Window is until when free answers are allowed, and until when answers by a human agent are.
	Window(c *center.Chat) (standard, human time.Time)
}

// Visited is a channel whose customers have realtime connections of ours.
type Visited interface {
	// Patch is what a visitor's connection is told of new and changed messages, or nil for nothing.
	Patch(c *center.Chat, messages []*center.Message) any
	// TypingPatch is what it is told while the agent types.
	TypingPatch() any
	// CallPatch is what it is told of a call that rings there.
	CallPatch(c *center.Contact) any
}

// Outgoing is one message to send. Attachments have short-lived URLs that the provider can fetch.
type Outgoing struct {
	Chat        *center.Chat
	Message     *center.Message
	Attachments []OutgoingAttachment
	// ReplyToProviderID is the provider's id of the message that this one answers; empty when none.
	ReplyToProviderID string
	// StatusURL is where the provider may report the message's delivery, if it takes an address with each message.
	StatusURL string
}

// OutgoingAttachment is a stored file as the provider fetches it.
type OutgoingAttachment struct {
	center.Attachment
	URL string
}

// Router takes routes under /channels/{name}. Patterns are net/http's, without the prefix: "POST /incoming".
type Router interface {
	Handle(pattern string, handler http.Handler)
}

// Receiver takes what the customers' side did. A nil error means that it is stored for good: only then may the provider
// get its 200. An error of class center.Invalid will never succeed: the event is to be set aside.
type Receiver interface {
	Receive(context.Context, Event) error
	// SetAside keeps a payload that could not be understood, with the reason, for admins to see.
	SetAside(ctx context.Context, channel string, payload []byte, reason error) error
}

// Event is one thing that a provider reported of one conversation. Exactly one of the pointers is set.
type Event struct {
	Channel  string
	Inbox    string // our side: a number, a page's id
	Customer center.Customer
	// At is the provider's own time, the same in every repeat; zero when it tells none.
	At time.Time

	Message   *Incoming
	Echo      *Incoming // written on our side, but not by us
	Edit      *Edit
	Reaction  *Reaction
	Unsent    *Unsent
	Status    *Status
	Watermark *Watermark
	Typing    *Typing
	Consent   *Consent
}

// Incoming is a message. Its ProviderID is the same in every repeat.
type Incoming struct {
	ProviderID  string
	Kind        center.MessageKind
	Text        string
	Attachments []center.Attachment // with Source, and Type and Name as far as the provider tells
	Location    *center.Location
	ReplyToID   string // the provider's id of the message that it answers
}

// Edit is a new text for a message.
type Edit struct{ ProviderID, Text string }

// Reaction is an emoji on a message, or its removal. ByUs tells that our side reacted, elsewhere.
type Reaction struct {
	ProviderID string
	Emoji      string // empty: taken back
	ByUs       bool
}

// Unsent is a message that its sender took back.
type Unsent struct{ ProviderID string }

// Status is how far one message of ours has come.
type Status struct {
	MessageID string // ours
	Delivery  center.Delivery
	Failure   string // slug, when failed
}

// Watermark is how far all our messages have come: those sent until then.
type Watermark struct{ Delivered, Seen time.Time }

// Typing is the customer, typing or not.
type Typing struct{ On bool }

// Consent is the customer's wish to get messages, or to get no more. The message that said so comes as a Message too.
type Consent struct {
	OptedOut   bool
	ProviderID string // of that message: it tells repeats from news where there is no time
}

// SendError is why a message was not sent. Slug is its name for programs and translations.
type SendError struct {
	Slug      string
	Retryable bool
	Detail    string // for logs; never the customer's data
}

func (e *SendError) Error() string { return e.Slug + ": " + e.Detail }

// With returns the error with a detail.
func (e *SendError) With(detail string) *SendError {
	return &SendError{Slug: e.Slug, Retryable: e.Retryable, Detail: detail}
}

// Is tells errors of one name to be the same.
func (e *SendError) Is(target error) bool {
	var other *SendError
	return errors.As(target, &other) && other.Slug == e.Slug
}

// Reasons for which a message is not sent.
var (
	ErrUnreachable  = &SendError{Slug: "unreachable", Retryable: true} // the provider does not answer, or with 5xx
	ErrThrottled    = &SendError{Slug: "throttled", Retryable: true}   // too many at once
	ErrOptedOut     = &SendError{Slug: "opted-out"}                    // the customer said STOP
	ErrNoRecipient  = &SendError{Slug: "no-recipient"}                 // no such number, or who blocked us
	ErrWindowClosed = &SendError{Slug: "window-closed"}                // the customer wrote too long ago
	ErrContent      = &SendError{Slug: "content"}                      // too long, or of a kind that it does not take
	ErrUnauthorized = &SendError{Slug: "unauthorized"}                 // our credentials or permissions
	ErrRefused      = &SendError{Slug: "refused"}                      // filtered, or for any other reason of its own
)

// AsSendError classifies any error of Send.
func AsSendError(err error) *SendError {
	var s *SendError
	if errors.As(err, &s) {
		return s
	}
	return ErrUnreachable.With(err.Error())
}
