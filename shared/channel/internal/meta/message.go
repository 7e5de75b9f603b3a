package meta

import (
	"net/url"
	"path"
	"strings"

	"guichet/shared/center"
	"guichet/shared/channel"
)

// Message is one message (https://developers.facebook.com/docs/messenger-platform/reference/webhook-events/messages).
type Message struct {
	MID         string       `json:"mid"`
	Text        string       `json:"text"`
	Attachments []Attachment `json:"attachments"`
	QuickReply  *struct {
		Payload string `json:"payload"`
	} `json:"quick_reply"`
	ReplyTo *struct {
		MID   string `json:"mid"`
		Story *struct {
			ID  string `json:"id"`
			URL string `json:"url"`
		} `json:"story"`
	} `json:"reply_to"`
	Echo        bool   `json:"is_echo"`
	Metadata    string `json:"metadata"` // what we sent with it
	Deleted     flag   `json:"is_deleted"`
	Unsupported flag   `json:"is_unsupported"`
}

// Attachment is a file, or something shared.
type Attachment struct {
	Type    string `json:"type"`
	Title   string `json:"title"`
	URL     string `json:"url"`
	Payload struct {
		URL         string `json:"url"`
		Title       string `json:"title"`
		Coordinates *struct {
			Latitude  float64 `json:"lat"`
			Longitude float64 `json:"long"`
		} `json:"coordinates"`
		Product struct {
			Elements []struct {
				Title    string `json:"title"`
				Subtitle string `json:"subtitle"`
			} `json:"elements"`
		} `json:"product"`
	} `json:"payload"`
}

// flag is true or "true": the documentation has both.
type flag bool

// UnmarshalJSON implements json.Unmarshaler.
func (f *flag) UnmarshalJSON(text []byte) error {
	*f = flag(strings.Trim(string(text), `"`) == "true")
	return nil
}

// incoming is the message as conversations take it. What is unknown in it is named, never dropped.
func (a *App) incoming(m *Message) *channel.Incoming {
	in := &channel.Incoming{ProviderID: m.MID, Kind: center.KindText, Text: m.Text}
	if m.QuickReply != nil {
		in.Kind = center.KindPostback
	}
	if m.ReplyTo != nil {
		in.ReplyToID = m.ReplyTo.MID
		if s := m.ReplyTo.Story; s != nil && s.URL != "" {
			AddFile(in, s.URL, "", "story")
		}
	}
	var unknown []string
	for _, att := range m.Attachments {
		if !a.Attach(in, att) && !attach(in, att) {
			unknown = append(unknown, att.Type)
		}
	}
	blank := in.Text == "" && len(in.Attachments) == 0 && in.Location == nil
	switch {
	case len(unknown) > 0 && blank, bool(m.Unsupported):
		in.Kind, in.Text = center.KindUnsupported, strings.Join(append(unknown, in.Text), " ")
	case blank:
		in.Kind, in.Text = center.KindUnsupported, "message"
	default:
		for _, name := range unknown {
			AddLine(in, "["+name+"]")
		}
	}
	if in.Text = strings.TrimSpace(in.Text); in.Text == "" && in.Kind == center.KindUnsupported {
		in.Text = "message"
	}
	return in
}

// attach adds what both networks attach.
func attach(in *channel.Incoming, a Attachment) bool {
	switch a.Type {
	case "image", "video", "audio":
		return AddFile(in, a.Payload.URL, a.Type+"/*", "")
	case "file":
		return AddFile(in, a.Payload.URL, "", nameOf(a.Payload.URL))
	case "fallback", "template", "share", "post", "ig_post", "reel", "ig_reel":
		lines := len(in.Text)
		for _, line := range []string{a.Title, a.Payload.Title, a.URL, a.Payload.URL} {
			AddLine(in, line)
		}
		for _, product := range a.Payload.Product.Elements {
			AddLine(in, product.Title)
			AddLine(in, product.Subtitle)
		}
		return len(in.Text) > lines || a.Type == "fallback" && in.Text != ""
	}
	return false
}

// AddFile adds a file that is at an address, once. It tells whether there is one.
func AddFile(in *channel.Incoming, address, mediaType, name string) bool {
	for _, have := range in.Attachments {
		if have.Source == address {
			return true // a sticker comes as an image as well
		}
	}
	if address != "" {
		in.Attachments = append(in.Attachments, center.Attachment{Source: address, Type: mediaType, Name: name})
	}
	return address != ""
}

// AddLine adds a line to the text, unless the text has it.
func AddLine(in *channel.Incoming, line string) {
	switch {
	case line == "" || strings.Contains(in.Text, line):
	case in.Text == "":
		in.Text = line
	default:
		in.Text += "\n" + line
	}
}

// nameOf is the name of a file in its address; empty when there is none.
func nameOf(address string) string {
	u, err := url.Parse(address)
	if err != nil || path.Ext(u.Path) == "" {
		return ""
	}
	return path.Base(u.Path)
}
