package config_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/shared/center"
	"guichet/shared/store"
)

// withSales is a centre of one person, with a queue of calls that may go, or has gone.
const (
	centreHead = `name: Shop
language: fr
time_zone: Europe/Paris
calls: {country: FR}
people: {ada: {name: Ada, role: agent, language: fr, queues: [support]}}
queues:
  support: {name: Support, kind: calls, language: fr}
  mail: {name: Mail, kind: chats, language: fr, assignment: picked}
`
	withSales = centreHead + `  sales: {name: Sales, kind: calls, language: fr}
numbers: {"+33199001000": {queue: sales}, "+33199001001": {agent: ada}}
channels: {webchat: {shop: {queue: mail}}}
`
	withoutSales = centreHead + `numbers: {"+33199001000": {queue: support}, "+33199001001": {agent: ada}}
channels: {webchat: {shop: {queue: mail}}}
`
)

func call(change func(*center.Contact)) *center.Contact {
	c := &center.Contact{ID: "ct_1", Kind: center.KindInbound, State: center.StateWaiting, QueueID: "sales", EnteredAt: time.Now()}
	change(c)
	return c
}

// What is in use is not taken away: a plan is refused as long as something is.
func TestWhatIsInUse(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		use  func(g *ground)
		file string
		says string // empty: it is not refused
	}{
		"nothing": {func(*ground) {}, withoutSales, ""},
		"a call that rings": {func(g *ground) {
			a := g.connect("ada")
			a.ContactID = "ct_1"
			g.commit(store.Change{Agent: a, Contact: call(func(c *center.Contact) {
				c.State, c.Offer = center.StateOffered, &center.Offer{ID: "of_1", AgentID: "ada"}
			})})
		}, withoutSales, "1 contacts are in sales"},
		"a call that is live": {func(g *ground) {
			a := g.connect("ada")
			a.ContactID = "ct_1"
			g.commit(store.Change{Agent: a, Contact: call(func(c *center.Contact) { c.State, c.AgentID = center.StateConnected, "ada" })})
		}, withoutSales, "1 contacts are in sales"},
		"a call back": {func(g *ground) {
			g.commit(store.Change{Enter: true, Contact: call(func(c *center.Contact) {
				c.Kind, c.State, c.DueAt = center.KindCallback, center.StateScheduled, time.Now()
			})})
		}, withoutSales, "1 contacts are in sales"},
		"a message": {func(g *ground) {
			require.NoError(g, g.store.SaveVoicemail(g.Context(), &center.Voicemail{ID: "vm_1", LineID: "sales", Sound: center.SoundKept}))
		}, withoutSales, "1 messages that callers left in sales"},
		"a message that was dealt with": {func(g *ground) {
			require.NoError(g, g.store.SaveVoicemail(g.Context(), &center.Voicemail{ID: "vm_1", LineID: "sales", Sound: center.SoundKept, DoneBy: "ada"}))
		}, withoutSales, ""},
		"a caller of an own line": {func(g *ground) {
			g.commit(store.Change{Enter: true, Contact: call(func(c *center.Contact) { c.Kind, c.QueueID, c.LineOf = center.KindDirect, "", "ada" })})
		}, strings.Replace(withSales, "{agent: ada}", "{queue: sales}", 1), "1 contacts are in the line of ada"},
		"a caller of one of two own lines": {func(g *ground) {
			g.apply(strings.Replace(withSales, "{queue: sales}", "{agent: ada}", 1))
			g.commit(store.Change{Enter: true, Contact: call(func(c *center.Contact) { c.Kind, c.QueueID, c.LineOf = center.KindDirect, "", "ada" })})
		}, withSales, ""},
		"a conversation": {func(g *ground) {
			chat := &center.Chat{ID: "ch_1", Channel: "webchat", Inbox: "shop", QueueID: "mail", State: center.ChatUnassigned}
			require.NoError(g, g.store.CommitChat(g.Context(), store.ChatChange{After: chat}))
			require.NoError(g, g.store.SetOpenChat(g.Context(), "mail", chat, true, time.Now()))
		}, strings.Replace(withSales, "{webchat: {shop: {queue: mail}}}", "{}", 1), "1 conversations are open in webchat:shop"},
		"a queue of calls that becomes one of chats": {func(*ground) {},
			strings.NewReplacer("sales: {name: Sales, kind: calls, language: fr}", "sales: {name: Sales, kind: chats, language: fr, assignment: picked}",
				"{queue: sales}", "{queue: support}").Replace(withSales), "sales cannot become a queue of another kind"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			g := open(t)
			g.apply(withSales)
			test.use(g)
			p := g.plan(test.file)
			err := p.Apply(t.Context(), g.store, nil)
			if test.says == "" {
				require.NoError(t, err)
				assert.Empty(t, g.plan(test.file).Changes)
				return
			}
			require.ErrorContains(t, err, test.says)
			assert.Contains(t, p.String(), "  ! "+test.says)
			assert.Empty(t, g.plan(withSales).Changes, "nothing of it was done")
		})
	}
}

// A function that has read the configuration before lets a caller into a queue that goes: they are served, and it goes with the next run.
func TestWhoComesIntoAQueueThatGoes(t *testing.T) {
	t.Parallel()
	g := open(t)
	g.apply(strings.Replace(withSales, "queues: [support]", "queues: [support, sales]", 1))
	waits := call(func(*center.Contact) {})
	err := g.plan(withoutSales).Apply(t.Context(), g.store, func(ctx context.Context) error {
		dir, err := store.NewDirectories(g.store).Directory(ctx)
		require.NoError(t, err)
		assert.Equal(t, "support", dir.Numbers["+33199001000"], "the next caller goes where the file says")
		g.commit(store.Change{Contact: waits, Enter: true})
		return nil
	})
	require.ErrorContains(t, err, "1 contacts are in sales")
	dir, err := store.NewDirectories(g.store).Directory(t.Context())
	require.NoError(t, err)
	assert.Contains(t, dir.Queues, "sales")
	a, err := g.store.Agent(t.Context(), "ada", true)
	require.NoError(t, err)
	assert.True(t, a.Assigned("sales"), "who serves it serves it still")

	inLine := *waits
	waits.End(center.OutcomeHandled, time.Now())
	g.commit(store.Change{Contact: waits, Leave: &inLine})
	settled := 0
	require.NoError(t, g.plan(withoutSales).Apply(t.Context(), g.store, func(context.Context) error { settled++; return nil }))
	assert.Equal(t, 1, settled)
	assert.Empty(t, g.plan(withoutSales).Changes)
	require.NoError(t, g.plan(withoutSales).Apply(t.Context(), g.store, func(context.Context) error { settled++; return nil }))
	assert.Equal(t, 1, settled, "nothing goes, nobody waits")
}

// A plan that found nothing where something differs would leave it so for ever.
func TestWhatAPlanTellsApart(t *testing.T) {
	t.Parallel()
	g := open(t)
	always := strings.Replace(withSales, "calls: {country: FR}", "calls: {country: FR}\npause_reasons: [\"a, b\"]", 1)
	g.apply(always)
	for name, file := range map[string]string{
		"hours without a day are none at all": strings.Replace(always, "name: Sales,", "name: Sales, hours: {},", 1),
		"two reasons are not one":             strings.Replace(always, "[\"a, b\"]", "[a, b]", 1),
	} {
		assert.Len(t, g.plan(file).Changes, 1, name)
	}
}

// A number that an earlier run, which died, left with both is the agent's alone then.
func TestANumberOfTwo(t *testing.T) {
	t.Parallel()
	g := open(t)
	g.apply(withSales)
	both := parse(t, withSales).Directory
	both.Numbers["+33199001001"] = "sales"
	require.NoError(t, g.store.SaveDirectory(t.Context(), &store.Directory{}))
	require.NoError(t, g.store.SaveDirectory(t.Context(), &both))
	p := g.plan(withSales)
	assert.Contains(t, p.String(), "~ number +33199001001\n      Queue: sales → –\n")
	require.NoError(t, p.Apply(t.Context(), g.store, nil))
	dir, err := store.NewDirectories(g.store).Directory(t.Context())
	require.NoError(t, err)
	assert.Equal(t, map[string]string{"+33199001000": "sales"}, dir.Numbers)
	assert.Equal(t, "ada", dir.Lines["+33199001001"].AgentID)
}
