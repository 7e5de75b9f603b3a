package messenger_test

import (
	"testing"
	"time"

	"guichet/shared/center"
	"guichet/shared/channel"
	"guichet/shared/channel/channeltest"
	"guichet/shared/channel/internal/meta"
	"guichet/shared/channel/internal/meta/metatest"
	"guichet/shared/channel/messenger"
)

const (
	page = "1000000000001"
	psid = "24680135791"
	mid  = "mid.1457764197618:41d102a3e1ae206a38"
	cdn  = "https://scontent.xx.fbcdn.net/v/t1.15752-9/"
)

var at = time.UnixMilli(1458692752478).UTC()

func build(c meta.Config) channel.Channel { return messenger.New(c) }

func event(set func(*channel.Event)) channel.Event {
	e := channel.Event{Channel: "messenger", Inbox: page, Customer: center.Customer{ID: psid}, At: at}
	set(&e)
	return e
}

func incoming(in channel.Incoming) *channel.Incoming {
	if in.ProviderID == "" {
		in.ProviderID = mid
	}
	if in.Kind == "" {
		in.Kind = center.KindText
	}
	return &in
}

func message(in channel.Incoming) []channel.Event {
	return []channel.Event{event(func(e *channel.Event) { e.Message = incoming(in) })}
}

func echo(in channel.Incoming) []channel.Event {
	return []channel.Event{event(func(e *channel.Event) { e.Echo = incoming(in) })}
}

func reaction(emoji string, byUs bool) []channel.Event {
	return []channel.Event{event(func(e *channel.Event) {
		e.Reaction = &channel.Reaction{ProviderID: mid, Emoji: emoji, ByUs: byUs}
	})}
}

func TestMessages(t *testing.T) {
	t.Parallel()
	run(t, map[string]expectation{
		"text":        {want: message(channel.Incoming{Text: "hello, world! é"})},
		"quick-reply": {want: message(channel.Incoming{Kind: center.KindPostback, Text: "Red"})},
		"reply":       {want: message(channel.Incoming{Text: "hello, world!", ReplyToID: "m_1fTq8oLumEyIp3Q2MR-aY7IfLZDamVrALniheU"})},
		"attachments": {want: message(channel.Incoming{Attachments: []center.Attachment{
			{Type: "image/*", Source: cdn + "one.jpg?oh=1"}, {Type: "video/*", Source: cdn + "two.mp4?oh=1"}, {Type: "audio/*", Source: cdn + "three.aac"},
			{Name: "devis.pdf", Source: "https://cdn.fbsbx.com/v/t59.2708-21/devis.pdf/devis.pdf?oh=1"},
		}})},
		"sticker":                 {want: message(channel.Incoming{Attachments: []center.Attachment{{Type: "image/*", Name: "sticker", Source: cdn + "thumb.png"}}})},
		"sticker-without-picture": {want: message(channel.Incoming{Kind: center.KindUnsupported, Text: "sticker"})},
		"location":                {want: message(channel.Incoming{Location: &center.Location{Latitude: 48.85, Longitude: 2.35, Label: "Bob's Location"}})},
		"fallback":                {want: message(channel.Incoming{Text: "https://example.com/shop is nice\nThe shop"})},
		"fallback-empty":          {want: message(channel.Incoming{Kind: center.KindUnsupported, Text: "fallback"})},
		"reel":                    {want: message(channel.Incoming{Text: "A reel\nhttps://www.facebook.com/reel/123/"})},
		"product":                 {want: message(channel.Incoming{Text: "Lamp\n49 €"})},
		"appointment":             {want: message(channel.Incoming{Text: "See you\n[appointment_booking]"})},
		"unknown-attachment":      {want: message(channel.Incoming{Kind: center.KindUnsupported, Text: "hologram"})},
		"nothing":                 {want: message(channel.Incoming{Kind: center.KindUnsupported, Text: "message"})},
		"postback": {want: message(channel.Incoming{
			Kind: center.KindPostback, Text: "Get started",
			ProviderID: "m_AG5Hz2Uq7tuwNEhXfYYKj8mJEM_QPpz5jdCK48PnKAjSdjfipqxqMvK8ma6AC8fplwlqLP_5cgXIbu7I3rBN0P",
		})},
		"postback-without-mid": {want: message(channel.Incoming{Kind: center.KindPostback, Text: "GET_STARTED", ProviderID: "postback." + psid + ".1458692752478"})},
		"referral":             {want: message(channel.Incoming{Kind: center.KindPostback, Text: "from-the-leaflet", ProviderID: "referral." + psid + ".1458692752478"})},
		"optin":                {want: message(channel.Incoming{Kind: center.KindPostback, Text: "Daily news", ProviderID: "optin." + psid + ".1458692752478"})},
		"handover": {want: message(channel.Incoming{
			Kind: center.KindUnsupported, Text: "pass_thread_control", ProviderID: "pass_thread_control." + psid + ".1458692752478",
		})},
		"seconds": {want: []channel.Event{event(func(e *channel.Event) {
			e.At = time.Unix(1458692752, 0).UTC()
			e.Message = &channel.Incoming{Kind: center.KindUnsupported, Text: "account_linking", ProviderID: "account_linking." + psid + ".1458692752000"}
		})}},
	})
}

func TestWhatHappensToMessages(t *testing.T) {
	t.Parallel()
	mark := time.UnixMilli(1458668856253).UTC()
	run(t, map[string]expectation{
		"reaction":               {want: reaction("❤️", false)},
		"reaction-without-emoji": {want: reaction("😮", false)},
		"unreaction":             {want: reaction("", false)},
		"reaction-of-ours":       {want: reaction("👍", true)},
		"edit":                   {want: []channel.Event{event(func(e *channel.Event) { e.Edit = &channel.Edit{ProviderID: mid, Text: "hello, moon!"} })}},
		"read":                   {want: []channel.Event{event(func(e *channel.Event) { e.Watermark = &channel.Watermark{Seen: mark} })}},
		"delivery": {want: []channel.Event{event(func(e *channel.Event) {
			e.At, e.Watermark = time.Time{}, &channel.Watermark{Delivered: mark}
		})}},
		"echo": {want: echo(channel.Incoming{Text: "from the page's inbox"})},
		"echo-of-ours": {want: []channel.Event{event(func(e *channel.Event) {
			e.Status = &channel.Status{MessageID: "ms_01HZY0000000000000000000AA", Delivery: center.DeliverySent}
		})}},
		"echo-of-a-part": {},
		"standby-echo":   {want: echo(channel.Incoming{Text: "https://www.facebook.com/commerce/update/"})},
	})
}

func TestWhatIsSetAside(t *testing.T) {
	t.Parallel()
	first := channel.Event{Channel: "messenger", Inbox: page, Customer: center.Customer{ID: psid}, At: at, Message: incoming(channel.Incoming{ProviderID: "m_1", Text: "one"})}
	third, fourth := first, first
	third.Message = incoming(channel.Incoming{ProviderID: "m_3", Text: "three"})
	fourth.Inbox, fourth.At, fourth.Message = "1000000000002", at.Add(time.Millisecond), incoming(channel.Incoming{ProviderID: "m_4", Text: "to another page"})
	run(t, map[string]expectation{
		"batch":              {want: []channel.Event{first, third, fourth}, aside: []string{"no event", "without an id"}},
		"policy-enforcement": {aside: []string{"of nobody"}},
		"user-ref":           {aside: []string{"of nobody"}},
		"feed":               {aside: []string{"change of a field"}},
		"other-object":       {aside: []string{`"instagram"`}},
	})
	metatest.Provider(build).Run(t, []channeltest.Incoming{
		{Name: "no JSON", Target: "/webhook", Body: "{", Aside: []string{"no batch"}},
		{Name: "no events", Target: "/webhook", Body: `{"object":"page","entry":[]}`, Aside: []string{"without events"}},
		{Name: "null events", Target: "/webhook", Body: `{"object":"page","entry":[{"id":"1","messaging":[null,{},[],{"message":null}]}]}`,
			Aside: []string{"says nothing", "says nothing", "no event", "of nobody"}},
		{Name: "a reaction to nothing", Target: "/webhook", Aside: []string{"about no message"},
			Body: `{"object":"page","entry":[{"id":"1","messaging":[{"sender":{"id":"2"},"recipient":{"id":"1"},"timestamp":1,"reaction":{"action":"react"}}]}]}`},
	})
}

type expectation struct {
	want  []channel.Event
	aside []string
}

// run checks fixtures by name.
func run(t *testing.T, fixtures map[string]expectation) {
	t.Helper()
	var cases []channeltest.Incoming
	for name, x := range fixtures {
		cases = append(cases, channeltest.Incoming{Name: name, Target: "/webhook", Fixture: name + ".json", Want: x.want, Aside: x.aside})
	}
	metatest.Provider(build).Run(t, cases)
}

func TestConfirmation(t *testing.T) {
	t.Parallel()
	metatest.Confirm(t, build)
}
