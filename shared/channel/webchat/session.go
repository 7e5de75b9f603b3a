package webchat

import (
	"time"

	"guichet/shared/center"
)

// prefixVisitor names visitors.
const prefixVisitor = "vs_"

// widgetView is what a page learns before anybody has said a word.
type widgetView struct {
	Name     string            `json:"name"`
	Greeting map[string]string `json:"greeting"`
	Colour   string            `json:"colour,omitempty"`
	Files    filesView         `json:"files"`
}

type filesView struct {
	Bytes int64    `json:"bytes"`
	Types []string `json:"types"`
}

// getWidget tells how the widget looks. It says nothing of any visitor, and costs nothing: the configuration is at hand.
func (c *Channel) getWidget(v visit) (answer, error) {
	name := v.widget.Name
	if name == "" {
		name = v.directory.Settings.Name
	}
	greeting := v.widget.Greeting
	if greeting == nil {
		greeting = map[string]string{}
	}
	return widgetView{
		Name: name, Greeting: greeting, Colour: v.widget.Colour,
		Files: filesView{v.directory.Settings.AttachmentLimit(), center.AttachmentTypes()},
	}, nil
}

type sessionView struct {
	Token string `json:"token"`
	// Now is the server's clock, by which the widget makes ids.
	Now time.Time `json:"now"`
}

// postSession makes a session, or goes on with the one whose token comes with the request. Nothing is stored of it: a
// visitor who says nothing leaves nothing.
func (c *Channel) postSession(v visit) (answer, error) {
	now := c.Now()
	s, known := c.sessionOf(v)
	what := reads
	if !known {
		s = session{Visitor: center.NewID(prefixVisitor, now), Widget: v.Widget, Issued: now.Unix()}
		what = starts
	}
	wait, err := c.allow(v.Context(), what, s.Visitor, c.address(v.Request))
	if err != nil {
		return nil, err
	}
	if wait > 0 {
		return nil, tooMany(wait)
	}
	if s.age(now) > renewAge {
		s.Issued = now.Unix()
	}
	token, err := c.sessions.sign(s)
	return sessionView{token, now}, err
}
