package store_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/shared/center"
	"guichet/shared/store"
)

// centre is a configuration with something in every part.
func centre() *store.Directory {
	return &store.Directory{
		Settings: center.Settings{Name: "Centre", Zone: "UTC", Zones: map[string][]byte{"UTC": {1, 2}}, PauseReasons: []string{"lunch"}, ParkGrace: time.Second},
		Queues: map[string]center.Queue{
			"q1": {
				ID: "q1", Name: "Sales", Kind: center.QueueVoice, Ring: 20 * time.Second,
				Hours: &center.Hours{Week: [7][]center.Span{1: {{From: 540, To: 720}}}, Closed: []string{"2026-12-25"}},
			},
			"q2": {ID: "q2", Name: "Missed", Kind: center.QueueCampaign, Campaign: &center.Campaign{Sources: []string{"q1"}, CountryZones: map[string]string{"+33": "UTC"}}},
		},
		Numbers: map[string]string{"+33800000000": "q1"},
		Lines:   map[string]center.Line{"+33800000001": {Number: "+33800000001", Label: "Ada", AgentID: "ada"}},
		Inboxes: map[string]string{"sms:+33800000000": "q1"}, Widgets: map[string]center.Widget{"key": {Key: "key", Greeting: map[string]string{"fr": "Bonjour"}}},
	}
}

// saved writes a configuration and returns how many records it wrote or removed. Each is below a kilobyte: one unit.
func saved(t *testing.T, s *store.Store, d *store.Directory) float64 {
	t.Helper()
	meter := &store.Meter{}
	require.NoError(t, s.SaveDirectory(store.WithMeter(t.Context(), meter), d))
	read, err := store.NewDirectories(s).Directory(t.Context())
	require.NoError(t, err)
	assert.Equal(t, d, read)
	return meter.Usage().WriteUnits
}

func TestOnlyWhatDiffersIsWritten(t *testing.T) {
	t.Parallel()
	s := open(t)
	assert.EqualValues(t, 7, saved(t, s, centre()))
	assert.Zero(t, saved(t, s, centre()), "again")
	for name, change := range map[string]func(*store.Directory){
		"a setting":           func(d *store.Directory) { d.Settings.PauseReasons = []string{"meal"} },
		"a zone's data":       func(d *store.Directory) { d.Settings.Zones["UTC"] = []byte{1, 3} },
		"hours":               func(d *store.Directory) { d.Queues["q1"].Hours.Week[1][0].To = 780 },
		"a campaign's source": func(d *store.Directory) { d.Queues["q2"].Campaign.Sources[0] = "q2" },
		"a number's queue":    func(d *store.Directory) { d.Numbers["+33800000000"] = "q2" },
		"a greeting":          func(d *store.Directory) { d.Widgets["key"].Greeting["fr"] = "Salut" },
		"a number more":       func(d *store.Directory) { d.Numbers["+33800000002"] = "q1" },
		"a queue less":        func(d *store.Directory) { delete(d.Queues, "q2") },
	} {
		other := centre()
		change(other)
		assert.EqualValues(t, 1, saved(t, s, other), name)
		assert.EqualValues(t, 1, saved(t, s, centre()), "%s, and back", name)
	}
}

// A number that moves between a queue and an agent does so in one write, which costs twice as much: it is never both's.
func TestANumberIsNeverOfTwo(t *testing.T) {
	t.Parallel()
	s := open(t)
	saved(t, s, centre())
	other := centre()
	delete(other.Numbers, "+33800000000")
	delete(other.Lines, "+33800000001")
	other.Lines["+33800000000"] = center.Line{Number: "+33800000000", AgentID: "ada"}
	other.Numbers["+33800000001"] = "q1"
	meter := &store.Meter{}
	require.NoError(t, s.SaveDirectory(store.WithMeter(t.Context(), meter), other))
	assert.Equal(t, store.Usage{Requests: 3, WriteUnits: 8, ReadUnits: meter.Usage().ReadUnits}, meter.Usage(), "one query, two transactions of two")
	assert.Zero(t, saved(t, s, other))
}
