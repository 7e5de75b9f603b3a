// Package instagram carries chats over Instagram's direct messages. Inboxes are the ids of professional accounts, customers
// Instagram-scoped ids.
package instagram

import (
	"context"

	"guichet/shared/center"
	"guichet/shared/channel"
	"guichet/shared/channel/internal/meta"
)

// Name is the channel's name.
const Name = "instagram"

// Config is what the channel needs to know; its tokens are those of the pages that the accounts are linked to.
type Config = meta.Config

// maxText is how many bytes Instagram takes
// (https://developers.facebook.com/docs/instagram-platform/instagram-api-with-instagram-login/messaging-api).
const maxText = 1000

// Channel is Instagram. It implements channel.Channel, Typer, ReadMarker, Profiler and Windowed.
type Channel struct{ *meta.App }

// New returns the channel.
func New(c Config) *Channel {
	return &Channel{meta.New(meta.Dialect{
		Channel: Name,
		Object:  "instagram",
		Edge:    func(string) string { return "me" }, // whoever the token is of: a page, for an account
		Event:   event,
		Attach:  attach,
		Fits:    func(text string) bool { return len(text) <= maxText },
	}, c)}
}

// Name implements channel.Channel.
func (*Channel) Name() string { return Name }

// event understands what was seen, of which Instagram names the last message but not its time, and what was unsent
// (https://developers.facebook.com/docs/messenger-platform/instagram/features/webhook).
func event(e meta.Event) (channel.Event, bool) {
	is := e.Is(Name)
	switch {
	case e.Read != nil:
		is.Watermark = &channel.Watermark{Seen: e.At} // whoever reads has seen all until then
	case e.Message != nil && bool(e.Message.Deleted) && e.Message.MID != "":
		is.Unsent = &channel.Unsent{ProviderID: e.Message.MID}
	default:
		return is, false
	}
	return is, true
}

// attach adds hearts, and what customers share: it comes as the picture or video itself.
func attach(in *channel.Incoming, a meta.Attachment) bool {
	switch a.Type {
	case "like_heart":
		meta.AddLine(in, "❤️")
		return true
	case "story_mention", "ig_story", "share", "ig_post", "ig_reel", "reel":
		meta.AddLine(in, a.Payload.Title)
		return meta.AddFile(in, a.Payload.URL, "", a.Type)
	}
	return false
}

// Profile implements channel.Profiler
// (https://developers.facebook.com/docs/messenger-platform/instagram/features/user-profile).
func (c *Channel) Profile(ctx context.Context, account, customerID string) (center.Customer, error) {
	var who struct {
		Name     string `json:"name"`
		Username string `json:"username"`
	}
	if err := c.Get(ctx, account, customerID, "name,username", &who); err != nil {
		return center.Customer{}, err
	}
	if who.Name == "" {
		who.Name = who.Username
	}
	return center.Customer{ID: customerID, Name: who.Name}, nil
}
