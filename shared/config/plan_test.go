package config_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/infra/local/dynamo/dynamotest"
	"guichet/shared/center"
	"guichet/shared/config"
	"guichet/shared/store"
	"guichet/shared/store/storetest"
)

// ground is a centre with a table of its own.
type ground struct {
	*testing.T
	store *store.Store
}

func open(t *testing.T) *ground {
	t.Helper()
	return &ground{t, storetest.Open(t, dynamotest.Endpoint(t), dynamotest.Table(t))}
}

func (g *ground) connect(agentID string) *center.Agent {
	g.Helper()
	a, err := g.store.Agent(g.Context(), agentID, true)
	require.NoError(g, err)
	a.Connect("desk")
	g.commit(store.Change{Agent: a})
	return a
}

func (g *ground) commit(ch store.Change) {
	g.Helper()
	require.NoError(g, g.store.Commit(g.Context(), ch))
}

func (g *ground) plan(source string) *config.Plan {
	g.Helper()
	p, err := config.NewPlan(g.Context(), g.store, parse(g.T, source))
	require.NoError(g, err)
	return p
}

func (g *ground) apply(source string) *config.Plan {
	g.Helper()
	p := g.plan(source)
	require.NoError(g, p.Apply(g.Context(), g.store, nil))
	return p
}

func TestAPlanIsWhatChanges(t *testing.T) {
	t.Parallel()
	g := open(t)
	first := g.apply(shop(t))
	assert.True(t, first.New)
	assert.Contains(t, first.String(), "  + queue que_support\n")
	assert.Empty(t, g.plan(shop(t)).Changes, "what is so already changes nothing")
	other := strings.NewReplacer(
		"max_wait: 15m", "max_wait: 20m", `  "+33199001011": {label: Camille Martin, agent: camille}`+"\n", "",
		"countries: [FR, GB, BE, CH, LU, IE]", "countries: [FR, GB]",
	).Replace(shop(t))
	other += "  zoe:\n    name: Zoé\n    role: agent\n    language: fr\n"
	p := g.plan(other)
	assert.False(t, p.New)
	assert.Equal(t, `  - number +33199001011
  + person zoe
  ~ queue que_support
      MaxWait: 15m0s → 20m0s
  ~ settings
      Countries: FR, GB, BE, CH, LU, IE → FR, GB
`, p.String())
	require.NoError(t, p.Apply(t.Context(), g.store, nil))
	assert.Empty(t, g.plan(other).Changes)
	assert.Len(t, g.plan(shop(t)).Changes, 4, "and back")
}

func TestAgentsKeepWhatTheyDo(t *testing.T) {
	t.Parallel()
	g := open(t)
	g.apply(shop(t))
	a, err := g.store.Agent(t.Context(), "camille", true)
	require.NoError(t, err)
	a.Connect("desk")
	require.NoError(t, a.SetStatus([]string{"que_support"}, center.StatusReady, "", time.Now()))
	require.NoError(t, g.store.Commit(t.Context(), store.Change{Agent: a}))
	g.apply(strings.Replace(shop(t), "name: Camille Martin", "name: Camille Durand", 1))
	a, err = g.store.Agent(t.Context(), "camille", true)
	require.NoError(t, err)
	assert.Equal(t, "Camille Durand", a.Name)
	assert.Equal(t, center.StatusReady, a.StatusIn("que_support").Status)
	assert.True(t, a.Online())
}

func TestWhatIsInUseStays(t *testing.T) {
	t.Parallel()
	g := open(t)
	g.apply(shop(t))
	a, err := g.store.Agent(t.Context(), "sam", true)
	require.NoError(t, err)
	a.Connect("desk")
	require.NoError(t, g.store.Commit(t.Context(), store.Change{Agent: a}))
	waits := &center.Contact{ID: "ct_1", Kind: center.KindInbound, State: center.StateWaiting, QueueID: "que_sales", EnteredAt: time.Now()}
	require.NoError(t, g.store.Commit(t.Context(), store.Change{Contact: waits, Enter: true}))

	before, people, _ := strings.Cut(shop(t), "people:\n")
	_, rest, _ := strings.Cut(people, "  sam:\n")
	_, ines, _ := strings.Cut(rest, "  ines:\n")
	without := before + "people:\n  ines:\n" + ines
	without = strings.NewReplacer(`  "+442079460013": {label: Sam Rivera, agent: sam}`+"\n", "", `  "+33199001011": {label: Camille Martin, agent: camille}`+"\n", "",
		`  "+442079460012": {label: Alex Morgan, agent: alex}`+"\n", "").Replace(without)
	_, sales, _ := strings.Cut(without, "  que_sales:\n")
	sales, _, _ = strings.Cut(sales, "  que_chat_support:\n")
	without = strings.NewReplacer("  que_sales:\n"+sales, "", "from: [que_support, que_sales]", "from: [que_support]",
		`  "+442079460000": {label: Sales (EN), queue: que_sales}`+"\n", "").Replace(without)
	p := g.plan(without)
	assert.Len(t, p.Blocked, 2)
	assert.Contains(t, p.String(), "  ! sam is at their desk")
	assert.Contains(t, p.String(), "  ! 1 contacts are in que_sales")
	require.ErrorContains(t, p.Apply(t.Context(), g.store, nil), "sam is at their desk")
	assert.Len(t, g.plan(shop(t)).Changes, 0, "nothing of it was done")

	a.Disconnect("desk", time.Now())
	require.NoError(t, g.store.Commit(t.Context(), store.Change{Agent: a}))
	inLine := *waits
	waits.End(center.OutcomeAbandoned, time.Now())
	require.NoError(t, g.store.Commit(t.Context(), store.Change{Contact: waits, Leave: &inLine}))
	g.apply(without)
	_, err = g.store.Agent(t.Context(), "sam", true)
	assert.Equal(t, center.NotFound, center.CodeOf(err))
	assert.Empty(t, g.plan(without).Changes)
}

// Somebody comes to their desk after the plan was made.
func TestAnAgentWhoHasComeBackStays(t *testing.T) {
	t.Parallel()
	g := open(t)
	g.apply(shop(t))
	without, _, _ := strings.Cut(shop(t), "  ines:\n")
	p := g.plan(without)
	g.connect("ines")
	require.ErrorContains(t, p.Apply(t.Context(), g.store, nil), "ines is at their desk")
	_, err := g.store.Agent(t.Context(), "ines", true)
	assert.NoError(t, err)
}
