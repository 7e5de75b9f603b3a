package instagram_test

import (
	"testing"
	"time"

	"guichet/shared/center"
	"guichet/shared/channel"
	"guichet/shared/channel/channeltest"
	"guichet/shared/channel/instagram"
	"guichet/shared/channel/internal/meta"
	"guichet/shared/channel/internal/meta/metatest"
)

const (
	account = "17840000000000001"
	igsid   = "3603717463085785"
	mid     = "aWdfZAG1faXRlbToxOklHTWVzc2FnZAUlE"
	cdn     = "https://lookaside.fbsbx.com/ig_messaging_cdn/?asset_id="
)

var at = time.UnixMilli(1569262485349).UTC()

func build(c meta.Config) channel.Channel { return instagram.New(c) }

func event(set func(*channel.Event)) []channel.Event {
	e := channel.Event{Channel: "instagram", Inbox: account, Customer: center.Customer{ID: igsid}, At: at}
	set(&e)
	return []channel.Event{e}
}

func message(in channel.Incoming) []channel.Event {
	if in.ProviderID == "" {
		in.ProviderID = mid
	}
	if in.Kind == "" {
		in.Kind = center.KindText
	}
	return event(func(e *channel.Event) { e.Message = &in })
}

func shared(source, name string) []center.Attachment {
	return []center.Attachment{{Source: source, Name: name}}
}

func TestWebhooks(t *testing.T) {
	t.Parallel()
	unsent := event(func(e *channel.Event) { e.Unsent = &channel.Unsent{ProviderID: mid} })
	reaction := func(emoji string) []channel.Event {
		return event(func(e *channel.Event) { e.Reaction = &channel.Reaction{ProviderID: mid, Emoji: emoji} })
	}
	var cases []channeltest.Incoming
	for name, want := range map[string][]channel.Event{
		"text": message(channel.Incoming{Text: "Bonjour ✨"}),
		"attachments": message(channel.Incoming{Attachments: []center.Attachment{
			{Type: "image/*", Source: cdn + "1"}, {Type: "video/*", Source: cdn + "2"}, {Type: "audio/*", Source: cdn + "3"},
			{Name: "plan.pdf", Source: "https://cdn.fbsbx.com/v/plan.pdf?oh=1"},
		}}),
		"quick-reply":      message(channel.Incoming{Kind: center.KindPostback, Text: "Blue"}),
		"reply":            message(channel.Incoming{Text: "This one", ReplyToID: "aWdfOTHER"}),
		"story-reply":      message(channel.Incoming{Text: "Hello story", Attachments: shared(cdn+"18040775032372871", "story")}),
		"story-mention":    message(channel.Incoming{Attachments: shared(cdn+"4", "story_mention")}),
		"share":            message(channel.Incoming{Attachments: shared(cdn+"5", "share")}),
		"reel":             message(channel.Incoming{Text: "Our new lamp", Attachments: shared(cdn+"6", "ig_reel")}),
		"like":             message(channel.Incoming{Text: "❤️"}),
		"unsupported":      message(channel.Incoming{Kind: center.KindUnsupported, Text: "message"}),
		"unsupported-type": message(channel.Incoming{Kind: center.KindUnsupported, Text: "unsupported_type"}),
		"product":          message(channel.Incoming{Text: "Is it in stock?"}),
		"unsent":           unsent,
		"unsent-as-text":   unsent,
		"unsent-by-us":     unsent,
		"echo": event(func(e *channel.Event) {
			e.Echo = &channel.Incoming{ProviderID: mid, Kind: center.KindText, Text: "from the app"}
		}),
		"echo-of-ours": event(func(e *channel.Event) {
			e.Status = &channel.Status{MessageID: "ms_01HZY0000000000000000000AA", Delivery: center.DeliverySent}
		}),
		"reaction":   reaction("❤️"),
		"unreaction": reaction(""),
		"seen":       event(func(e *channel.Event) { e.Watermark = &channel.Watermark{Seen: at} }),
		"postback":   message(channel.Incoming{Kind: center.KindPostback, Text: "Opening hours"}),
		"referral":   message(channel.Incoming{Kind: center.KindPostback, Text: "leaflet", ProviderID: "referral." + igsid + ".1569262485349"}),
		"handover": message(channel.Incoming{
			Kind: center.KindUnsupported, Text: "take_thread_control", ProviderID: "take_thread_control." + igsid + ".1569262485349",
		}),
		"edit": event(func(e *channel.Event) { e.Edit = &channel.Edit{ProviderID: mid, Text: "Bonsoir"} }),
	} {
		cases = append(cases, channeltest.Incoming{Name: name, Target: "/webhook", Fixture: name + ".json", Want: want})
	}
	for name, reason := range map[string]string{"edit-of-nothing": "without a text", "comments": "change of a field", "page": `"page"`} {
		cases = append(cases, channeltest.Incoming{Name: name, Target: "/webhook", Fixture: name + ".json", Aside: []string{reason}})
	}
	metatest.Provider(build).Run(t, cases)
}

func TestConfirmation(t *testing.T) {
	t.Parallel()
	metatest.Confirm(t, build)
}
