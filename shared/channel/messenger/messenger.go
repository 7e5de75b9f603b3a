// Package messenger carries chats over Facebook Messenger. Inboxes are the ids of pages, customers page-scoped ids.
package messenger

import (
	"context"
	"strings"
	"unicode/utf8"

	"guichet/shared/center"
	"guichet/shared/channel"
	"guichet/shared/channel/internal/meta"
)

// Name is the channel's name.
const Name = "messenger"

// Config is what the channel needs to know; its tokens are those of pages.
type Config = meta.Config

// maxText is how many characters Messenger takes (https://developers.facebook.com/docs/messenger-platform/reference/send-api).
const maxText = 2000

// Channel is Messenger. It implements channel.Channel, Typer, ReadMarker, Profiler and Windowed.
type Channel struct{ *meta.App }

// New returns the channel.
func New(c Config) *Channel {
	return &Channel{meta.New(meta.Dialect{
		Channel: Name,
		Object:  "page",
		Edge:    func(page string) string { return page },
		Event:   event,
		Attach:  attach,
		Fits:    func(text string) bool { return utf8.RuneCountInString(text) <= maxText },
	}, c)}
}

// Name implements channel.Channel.
func (*Channel) Name() string { return Name }

// event understands how far our messages have come: Messenger tells the time of the last one
// (https://developers.facebook.com/docs/messenger-platform/reference/webhook-events/message-reads and message-deliveries).
func event(e meta.Event) (channel.Event, bool) {
	is := e.Is(Name)
	switch {
	case e.Read != nil:
		is.Watermark = &channel.Watermark{Seen: meta.At(e.Read.Watermark)}
	case e.Delivery != nil:
		is.Watermark = &channel.Watermark{Delivered: meta.At(e.Delivery.Watermark)}
	default:
		return is, false
	}
	return is, true
}

// attach adds stickers and places.
func attach(in *channel.Incoming, a meta.Attachment) bool {
	switch {
	case a.Type == "sticker":
		return meta.AddFile(in, a.Payload.URL, "image/*", "sticker")
	case a.Type == "location" && a.Payload.Coordinates != nil:
		at := a.Payload.Coordinates
		in.Location = &center.Location{Latitude: at.Latitude, Longitude: at.Longitude, Label: a.Title}
		return true
	}
	return false
}

// Profile implements channel.Profiler (https://developers.facebook.com/docs/messenger-platform/identity/user-profile).
func (c *Channel) Profile(ctx context.Context, page, customerID string) (center.Customer, error) {
	var who struct {
		First string `json:"first_name"`
		Last  string `json:"last_name"`
	}
	if err := c.Get(ctx, page, customerID, "first_name,last_name", &who); err != nil {
		return center.Customer{}, err
	}
	return center.Customer{ID: customerID, Name: strings.TrimSpace(who.First + " " + who.Last)}, nil
}
