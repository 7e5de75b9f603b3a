package center_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"guichet/shared/center"
)

func recovery() center.Queue {
	return center.Queue{ID: "again", Kind: center.QueueCampaign, Priority: 900, Campaign: &center.Campaign{
		Sources: []string{"q1"}, Outcomes: []center.Outcome{center.OutcomeAbandoned, center.OutcomeIncomplete}, ShortAbandon: 5 * time.Second,
		CountryZones: map[string]string{"+3": "Europe/Berlin", "+33": "Europe/Paris"},
	}}
}

func TestCampaignsTakeMissedCallsByRule(t *testing.T) {
	t.Parallel()
	missed := func(change func(*center.Contact)) *center.Contact {
		c := &center.Contact{
			ID: "ct_1", Kind: center.KindInbound, State: center.StateEnded, Outcome: center.OutcomeAbandoned, QueueID: "q1",
			From: "+33612345678", To: "+33199001000", EnteredAt: noon, EndedAt: noon.Add(time.Minute),
		}
		change(c)
		return c
	}
	tests := []struct {
		name   string
		change func(*center.Contact)
		taken  bool
	}{
		{"an abandoned call", func(*center.Contact) {}, true},
		{"one that was abandoned at once", func(c *center.Contact) { c.EndedAt = noon.Add(4 * time.Second) }, false},
		{"a callback that reached nobody", func(c *center.Contact) { c.Kind, c.Outcome = center.KindCallback, center.OutcomeIncomplete }, true},
		{"a call that was handled", func(c *center.Contact) { c.Outcome = center.OutcomeHandled }, false},
		{"an outcome that is not in the rule", func(c *center.Contact) { c.Outcome = center.OutcomeTimedOut }, false},
		{"a call of another queue", func(c *center.Contact) { c.QueueID = "q2" }, false},
		{"a caller whose number is withheld", func(c *center.Contact) { c.From = "" }, false},
		{"a call that goes on", func(c *center.Contact) { c.State = center.StateWaiting }, false},
		{"the campaign's own", func(c *center.Contact) { c.Kind, c.QueueID = center.KindCampaign, "again" }, false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			assert.Equal(t, test.taken, recovery().Campaign.Takes(missed(test.change)))
		})
	}
	c := missed(func(*center.Contact) {})
	made := recovery().MissedContact(c, noon, noon.Add(time.Hour))
	assert.Equal(t, made.ID, recovery().MissedContact(c, noon.Add(time.Second), noon).ID, "a repeat makes no other")
	assert.Equal(t, []any{center.KindCampaign, center.StateScheduled, "again", "+33612345678", "+33199001000", "ct_1", noon.Add(time.Hour)},
		[]any{made.Kind, made.State, made.QueueID, made.From, made.To, made.Missed, made.DueAt})
}

func TestCustomersAreCalledByTheirOwnClocks(t *testing.T) {
	t.Parallel()
	q := recovery()
	assert.Equal(t, "Europe/Paris", q.Campaign.Zone("+33612345678"))
	assert.Equal(t, "Europe/Berlin", q.Campaign.Zone("+3125551234"))
	assert.Empty(t, q.Campaign.Zone("+15551234567"))
	assert.Equal(t, noon, q.CallableFrom("+33612345678", noon, center.Settings{}), "at any hour")
	q.Campaign.Hours = &center.Hours{}
	assert.Zero(t, q.CallableFrom("+33612345678", noon, center.Settings{}), "never")
	assert.Equal(t, noon, center.Queue{}.CallableFrom("+33612345678", noon, center.Settings{}), "callbacks have no hours: they were asked for")
}
