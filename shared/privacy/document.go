package privacy

import (
	"time"

	"guichet/shared/center"
	"guichet/shared/store"
)

// Document is an export, in words that the customer understands too. Times are RFC 3339 in UTC, numbers E.164, lengths in seconds.
type Document struct {
	Person        string         `json:"person"`
	At            time.Time      `json:"at"`
	Calls         []Call         `json:"calls"`
	Log           []LogLine      `json:"log"`
	Conversations []Conversation `json:"conversations"`
	Voicemails    []Voicemail    `json:"voicemails"`
	NotUnderstood []Payload      `json:"notUnderstood"`
	Claims        []string       `json:"numbersBeingCalled"`
	OptOuts       []OptOut       `json:"wantsNoMessages"`
}

// Call is a call, as the centre has it.
type Call struct {
	ID             string    `json:"id"`
	Kind           string    `json:"kind"`
	State          string    `json:"state"`
	Outcome        string    `json:"outcome,omitempty"`
	Number         string    `json:"number,omitempty"`
	Name           string    `json:"name,omitempty"`
	To             string    `json:"to,omitempty"` // the centre's number
	CallSID        string    `json:"callSid,omitempty"`
	QueueID        string    `json:"queueId,omitempty"`
	AgentID        string    `json:"agentId,omitempty"`
	ConversationID string    `json:"conversationId,omitempty"`
	EnteredAt      time.Time `json:"enteredAt"`
	ConnectedAt    time.Time `json:"connectedAt,omitzero"`
	EndedAt        time.Time `json:"endedAt,omitzero"`
	DueAt          time.Time `json:"dueAt,omitzero"`
}

// LogLine is a line of the contact log.
type LogLine struct {
	ContactID string    `json:"contactId"`
	Kind      string    `json:"kind"`
	Number    string    `json:"number,omitempty"`
	Name      string    `json:"name,omitempty"`
	QueueID   string    `json:"queueId,omitempty"`
	AgentID   string    `json:"agentId,omitempty"`
	Event     string    `json:"event,omitempty"`
	Channel   string    `json:"channel,omitempty"`
	Outcome   string    `json:"outcome,omitempty"`
	At        time.Time `json:"at"`
	LeftAt    time.Time `json:"leftAt,omitzero"`
	Wait      float64   `json:"waitSeconds,omitempty"`
	Talk      float64   `json:"talkSeconds,omitempty"`
	Hold      float64   `json:"holdSeconds,omitempty"`
}

// Conversation is a chat with all its messages.
type Conversation struct {
	ID        string    `json:"id"`
	Channel   string    `json:"channel"`
	Inbox     string    `json:"inbox"`
	Customer  Customer  `json:"customer"`
	State     string    `json:"state"`
	QueueID   string    `json:"queueId"`
	AgentID   string    `json:"agentId,omitempty"`
	OpenedAt  time.Time `json:"openedAt"`
	Tags      []string  `json:"tags,omitempty"`
	OptedOut  bool      `json:"optedOut,omitempty"`
	ConsentAt time.Time `json:"consentAt,omitzero"`
	Messages  []Message `json:"messages"`
}

// Customer is who the centre knows them as.
type Customer struct {
	ID       string `json:"id"`
	Name     string `json:"name,omitempty"`
	Email    string `json:"email,omitempty"`
	Phone    string `json:"phone,omitempty"`
	Language string `json:"language,omitempty"`
}

// Message is an entry of a conversation: a message, a note between agents, or something that happened.
type Message struct {
	At        time.Time         `json:"at"`
	Kind      string            `json:"kind"`
	From      string            `json:"from"`
	AgentID   string            `json:"agentId,omitempty"`
	Text      string            `json:"text,omitempty"`
	Event     string            `json:"event,omitempty"`
	Location  *Location         `json:"location,omitempty"`
	Reactions map[string]string `json:"reactions,omitempty"`
	Files     []File            `json:"files,omitempty"`
	Delivery  string            `json:"delivery,omitempty"`
	Deleted   bool              `json:"deleted,omitempty"`
}

// Location is a point that a customer shared.
type Location struct {
	Latitude  float64 `json:"latitude"`
	Longitude float64 `json:"longitude"`
	Label     string  `json:"label,omitempty"`
}

// File is a file of a message. File is where it is in the export; empty when the centre does not have it.
type File struct {
	Name string `json:"name,omitempty"`
	Type string `json:"type,omitempty"`
	File string `json:"file,omitempty"`
}

// Voicemail is a message left by telephone.
type Voicemail struct {
	ID      string    `json:"id"`
	LineID  string    `json:"lineId"`
	Number  string    `json:"number,omitempty"`
	Name    string    `json:"name,omitempty"`
	CallSID string    `json:"callSid,omitempty"`
	At      time.Time `json:"at"`
	Length  float64   `json:"lengthSeconds"`
	File    string    `json:"file,omitempty"`
}

// Payload is what a provider sent and nobody understood.
type Payload struct {
	Channel string    `json:"channel"`
	At      time.Time `json:"at"`
	Payload string    `json:"payload"`
}

// OptOut is an inbox of the centre from which they want no more messages.
type OptOut struct {
	Channel string    `json:"channel"`
	Inbox   string    `json:"inbox"`
	At      time.Time `json:"at"`
}

// document is all but conversations and voicemail, whose files are still to be fetched.
func (f *Found) document(now time.Time) *Document {
	d := &Document{
		Person: f.Person.String(), At: now.UTC(), Calls: []Call{}, Log: []LogLine{}, Conversations: []Conversation{}, Voicemails: []Voicemail{},
		NotUnderstood: []Payload{}, Claims: []string{}, OptOuts: []OptOut{},
	}
	for _, c := range f.Contacts {
		d.Calls = append(d.Calls, newCall(c))
	}
	for _, e := range f.Entries {
		d.Log = append(d.Log, newLogLine(e))
	}
	for _, a := range f.SetAside {
		d.NotUnderstood = append(d.NotUnderstood, Payload{a.Channel, a.At, a.Payload})
	}
	for _, c := range f.Claims {
		d.Claims = append(d.Claims, c.What)
	}
	for _, o := range f.OptOuts {
		d.OptOuts = append(d.OptOuts, OptOut{o.Channel, o.Inbox, o.At})
	}
	return d
}

func newCall(c *center.Contact) Call {
	return Call{
		ID: c.ID, Kind: string(c.Kind), State: string(c.State), Outcome: string(c.Outcome), Number: c.From, Name: c.CallerName, To: c.To,
		CallSID: c.CallSID, QueueID: c.QueueID, AgentID: c.AgentID, ConversationID: c.ChatID, EnteredAt: c.EnteredAt, ConnectedAt: c.ConnectedAt,
		EndedAt: c.EndedAt, DueAt: c.DueAt,
	}
}

func newLogLine(e *store.Entry) LogLine {
	l := e.Line
	return LogLine{
		ContactID: l.ContactID, Kind: string(l.Kind), Number: l.Number, Name: l.Name, QueueID: l.QueueID, AgentID: l.AgentID, Event: string(l.Event),
		Channel: l.Channel, Outcome: string(l.Outcome), At: l.At(), LeftAt: l.LeftAt,
		Wait: l.Wait.Seconds(), Talk: l.Talk.Seconds(), Hold: l.Hold.Seconds(),
	}
}

func newChat(c *center.Chat) Conversation {
	return Conversation{
		ID: c.ID, Channel: c.Channel, Inbox: c.Inbox, Customer: Customer(c.Customer), State: string(c.State), QueueID: c.QueueID, AgentID: c.AgentID,
		OpenedAt: c.OpenedAt, Tags: c.Tags, OptedOut: c.OptedOut, ConsentAt: c.ConsentAt, Messages: []Message{},
	}
}

func newMessage(m *center.Message) Message {
	one := Message{
		At: m.At, Kind: string(m.Kind), From: string(m.From), AgentID: m.AgentID, Text: m.Text, Reactions: m.Reactions,
		Delivery: string(m.Delivery), Deleted: m.Deleted,
	}
	if m.Event != nil {
		one.Event = string(m.Event.Kind)
	}
	if l := m.Location; l != nil {
		one.Location = &Location{l.Latitude, l.Longitude, l.Label}
	}
	return one
}

func newVoicemail(v *center.Voicemail) Voicemail {
	return Voicemail{
		ID: v.ID, LineID: v.LineID, Number: v.From, Name: v.CallerName, CallSID: v.CallSID, At: v.At, Length: v.Length.Seconds(),
	}
}
