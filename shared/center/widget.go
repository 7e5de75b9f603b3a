package center

import "slices"

// Widget is a webchat as a site embeds it. Its key is the inbox of its chats.
type Widget struct {
	Key string
	// Name is whom visitors write to; empty: the centre's name.
	Name string
	// Origins are the sites that may embed it, such as "https://shop.example". Empty: any.
	Origins []string
	// Greeting is what the panel says first, by language (BCP 47, without the region).
	Greeting map[string]string
	// Colour is that of the launcher and of the visitor's own messages, as "#rrggbb"; empty: the widget's own.
	Colour string
}

// Allows tells whether pages of the origin may embed the widget.
func (w Widget) Allows(origin string) bool {
	return len(w.Origins) == 0 || slices.Contains(w.Origins, origin)
}
