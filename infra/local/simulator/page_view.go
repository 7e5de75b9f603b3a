package simulator

import (
	"net/http"
	"time"

	"github.com/nyaruka/phonenumbers"

	"guichet/infra/local/simulator/messaging"
)

// callView is a call as the page shows it.
type callView struct {
	SID      string     `json:"sid"`
	Outgoing bool       `json:"outgoing"` // placed by the product: it rings at the person in front of the page
	From     string     `json:"from"`     // in international form, with spaces
	To       string     `json:"to"`       // likewise
	Label    string     `json:"label"`    // of the rented number; may be empty
	Name     string     `json:"name,omitempty"`
	Status   Status     `json:"status"`
	Created  time.Time  `json:"created"`
	Answered *time.Time `json:"answered,omitempty"`
	Ended    *time.Time `json:"ended,omitempty"`
	Muted    bool       `json:"muted"`
	// Conference is where the call is one of several; nil elsewhere.
	Conference *conferenceView `json:"conference,omitempty"`
	Recording  bool            `json:"recording,omitempty"` // what the caller says is being recorded
	Source     sourceKind      `json:"source,omitempty"`
	ToneHz     float64         `json:"toneHz,omitempty"`
	Transcript []Line          `json:"transcript"`
}

type conferenceView struct {
	Name    string   `json:"name"`
	With    []string `json:"with"` // the other calls: the customers' numbers, with spaces
	Waiting bool     `json:"waiting,omitempty"`
}

type numberView struct {
	Number string `json:"number"` // E.164
	Shown  string `json:"shown"`  // with spaces
	Label  string `json:"label,omitempty"`
}

// phoneView is a telephone that does not just ring.
type phoneView struct {
	Phone
	Shown string `json:"shown"` // with spaces
}

func viewPhones(phones []Phone) []phoneView {
	views := make([]phoneView, len(phones))
	for i, p := range phones {
		views[i] = phoneView{Phone: p, Shown: readable(p.Number)}
	}
	return views
}

// phonesSince is all of them when they have changed since a version, nil when not; and the version now.
func (s *Simulator) phonesSince(version int64) (*[]phoneView, int64) {
	phones, now := s.phones.list()
	if now == version {
		return nil, now
	}
	views := viewPhones(phones)
	return &views, now
}

type stateView struct {
	Numbers []numberView `json:"numbers"`
	Calls   []callView   `json:"calls"`
	Phones  []phoneView  `json:"phones"`
}

// eventView tells the page what changed. All: these are all the calls and threads there are, and others are forgotten. Phones
// are always all; nil when none has changed.
type eventView struct {
	All     bool               `json:"all,omitempty"`
	Calls   []callView         `json:"calls"`
	Threads []messaging.Thread `json:"threads,omitempty"`
	Phones  *[]phoneView       `json:"phones,omitempty"`
}

// shownEnded is how many ended calls the page lists.
const shownEnded = 20

func (s *Simulator) pageState(w http.ResponseWriter, _ *http.Request) {
	view := stateView{Numbers: []numberView{}, Calls: s.callViews(), Phones: viewPhones(s.Phones())}
	for _, n := range s.cfg.Numbers {
		view.Numbers = append(view.Numbers, numberView{Number: n.E164, Shown: readable(n.E164), Label: n.Label})
	}
	writeJSON(w, http.StatusOK, view)
}

// callViews are the live calls and the last ones that ended, newest first.
func (s *Simulator) callViews() []callView {
	views, ended := []callView{}, 0
	for _, c := range s.Calls() {
		if c.Ended() {
			if ended++; ended > shownEnded {
				continue
			}
		}
		views = append(views, c.view())
	}
	return views
}

func (c *Call) view() callView {
	c.mu.Lock()
	defer c.mu.Unlock()
	return callView{
		SID: c.sid, Outgoing: c.Outgoing(), From: readable(c.from), To: readable(c.to),
		Label: c.label(), Name: c.name, Status: c.status,
		Created: c.created, Answered: moment(c.picked), Ended: moment(c.ended),
		Muted: c.line.isMuted(), Source: c.voice.kind, ToneHz: c.voice.hz,
		Conference: c.conference.view(), Recording: c.recording,
		Transcript: append([]Line{}, c.transcript...),
	}
}

// view is the conference as this party sees it; a call in none has none.
func (p *party) view() *conferenceView {
	if p == nil {
		return nil
	}
	v := &conferenceView{Name: p.in.name, With: []string{}, Waiting: !p.in.hasBegun()}
	for _, other := range p.others() {
		v.With = append(v.With, readable(other.customer()))
	}
	return v
}

// customer is the number that is not the product's.
func (c *Call) customer() string {
	if c.Outgoing() {
		return c.to
	}
	return c.from
}

// label is the rented number's, whichever side of the call it is on.
func (c *Call) label() string {
	ours := c.to
	if c.Outgoing() {
		ours = c.from
	}
	n, _ := c.sim.number(ours)
	return n.Label
}

// readable writes a number as people do; what is not a number stays as it is.
func readable(number string) string {
	parsed, err := phonenumbers.Parse(number, "")
	if err != nil {
		return number
	}
	return phonenumbers.Format(parsed, phonenumbers.INTERNATIONAL)
}

func moment(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}
