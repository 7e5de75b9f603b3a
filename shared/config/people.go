package config

import (
	"regexp"
	"slices"
	"strings"

	"guichet/shared/center"
	"guichet/shared/store"
)

var (
	roles = map[string]center.Role{
		"agent": center.RoleAgent, "supervisor": center.RoleSupervisor, "admin": center.RoleAdmin,
	}
	// metaIDPattern is of pages and of accounts of Instagram.
	metaIDPattern = regexp.MustCompile(`^[0-9]{1,40}$`)
	colourPattern = regexp.MustCompile(`^#[0-9a-f]{6}$`)
	originPattern = regexp.MustCompile(`^https?://[a-z0-9.-]+(:[0-9]+)?$`)
)

func (c *checker) numbers(f file, centre *Centre) {
	d := &centre.Directory
	d.Numbers, d.Lines = map[string]string{}, map[string]center.Line{}
	for _, e164 := range keysOf(c, f.Numbers, "numbers") {
		n, at := f.Numbers[e164], place{"numbers", e164}
		if !center.E164(e164) {
			c.wrong(at, "a number in the form +33123456789 is expected")
		}
		_, known := f.People[n.Agent]
		switch {
		case n.Queue != "" && n.Agent != "":
			c.wrong(at, "a number belongs to a queue or to an agent, not to both")
		case n.Queue != "" && kinds[f.Queues[n.Queue].Kind] != center.QueueVoice:
			c.wrong(at.of("queue"), "%q is no queue of calls", n.Queue)
		case n.Agent != "" && !known:
			c.wrong(at.of("agent"), "%q is none of the people", n.Agent)
		}
		centre.Rent(Number{E164: e164, Label: n.Label, QueueID: n.Queue, AgentID: n.Agent})
	}
}

func (c *checker) channels(f file, centre *Centre) {
	d := &centre.Directory
	d.Inboxes, d.Widgets = map[string]string{}, map[string]center.Widget{}
	add := func(channel, id, label, queueID string) {
		at := place{"channels", channel, id}
		if kinds[f.Queues[queueID].Kind] != center.QueueChat {
			c.wrong(at.of("queue"), "%q is no queue of chats", queueID)
		}
		d.Inboxes[store.InboxKey(channel, id)] = queueID
		centre.Inboxes = append(centre.Inboxes, Inbox{Channel: channel, ID: id, Label: label, QueueID: queueID})
	}
	for _, channel := range []struct {
		name    string
		inboxes map[string]inbox
	}{{"sms", f.Channels.SMS}, {"messenger", f.Channels.Messenger}, {"instagram", f.Channels.Instagram}} {
		for _, id := range keysOf(c, channel.inboxes, "channels", channel.name) {
			switch {
			case channel.name == "sms" && !center.E164(id):
				c.wrong(place{"channels", "sms", id}, "a number in the form +33123456789 is expected")
			case channel.name != "sms" && !metaIDPattern.MatchString(id):
				c.wrong(place{"channels", channel.name, id}, "Meta's id is expected, which is digits")
			}
			add(channel.name, id, channel.inboxes[id].Label, channel.inboxes[id].Queue)
		}
	}
	for _, key := range keysOf(c, f.Channels.Webchat, "channels", "webchat") {
		w := f.Channels.Webchat[key]
		add("webchat", key, w.Label, w.Queue)
		d.Widgets[key] = c.widget(key, w)
	}
}

func (c *checker) widget(key string, w widget) center.Widget {
	at := place{"channels", "webchat", key}
	if !idPattern.MatchString(key) {
		c.wrong(at, "a key is 1 to 40 of a–z, 0–9, _ and -, a letter first")
	}
	if w.Colour != "" && !colourPattern.MatchString(w.Colour) {
		c.wrong(at.of("colour"), "a colour such as #5b4696 is expected, not %q", w.Colour)
	}
	for _, origin := range w.Origins {
		if !originPattern.MatchString(origin) {
			c.wrong(at.of("origins"), "a site such as https://shop.example is expected, not %q", origin)
		}
	}
	for language := range w.Greeting {
		c.language(at.of("greeting", language), language)
	}
	return center.Widget{Key: key, Name: w.Name, Origins: w.Origins, Greeting: w.Greeting, Colour: w.Colour}
}

func (c *checker) people(f file, centre *Centre) {
	emails := map[string]string{}
	for _, id := range keysOf(c, f.People, "people") {
		p, at := f.People[id], place{"people", id}
		if !idPattern.MatchString(id) {
			c.wrong(at, "an id is 1 to 40 of a–z, 0–9, _ and -, a letter first: it is the name to sign in with")
		}
		c.title(at, p.Name)
		if _, twice := centre.Directory.Queues[id]; twice {
			c.wrong(at, "a queue has this id, too")
		}
		if p.Email != "" && !emailPattern.MatchString(p.Email) {
			c.wrong(at.of("email"), "an e-mail address is expected, not %q", p.Email)
		}
		address := strings.ToLower(p.Email) // Cognito takes them for the same
		if other, twice := emails[address]; twice && address != "" {
			c.wrong(at.of("email"), "%s has this address, too", other)
		}
		emails[address] = id
		c.distinct(at.of("queues"), p.Queues)
		for _, queue := range p.Queues {
			if _, known := centre.Directory.Queues[queue]; !known {
				c.wrong(at.of("queues"), "there is no queue or campaign %q", queue)
			}
		}
		for queue, level := range p.Levels {
			if !slices.Contains(p.Queues, queue) {
				c.wrong(at.of("levels", queue), "%s does not serve it", id)
			}
			c.number(at.of("levels", queue), level, 1, 1, 9)
		}
		centre.Agents = append(centre.Agents, &center.Agent{
			ID: id, Name: p.Name, Role: one(c, at.of("role"), p.Role, roles), Language: c.language(at.of("language"), p.Language),
			Queues: p.Queues, Levels: p.Levels,
		})
		if p.Email != "" {
			centre.Emails[id] = p.Email
		}
	}
}
