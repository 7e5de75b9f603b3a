package config_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/shared/config"
)

// What YAML, or its library, would read otherwise than it was meant.
func TestWhatCouldBeMisread(t *testing.T) {
	t.Parallel()
	const assistance = `  "+33199001000": {label: Assistance (FR), queue: que_support}` + "\n"
	const wait = "max_wait: 15m"
	refuses(t, map[string]wrong{
		"a number that is none":        {assistance, strings.ReplaceAll(assistance, `"`, ""), "guichet.yaml:58: numbers.+33199001000: it is to be written in quotes"},
		"a person who is nobody":       {"  ines:\n", "  null:\n", "people.null: it is to be written in quotes"},
		"a second document":            {"\npeople:\n", "\n---\npeople:\n", "one document is expected: another begins here"},
		"a part of a number":           {"priority: 1\n", "priority: 1.7\n", "guichet.yaml:18: queues.que_support.priority: a whole number is expected"},
		"a priority of zero":           {"priority: 1\n", "priority: 0\n", "queues.que_support.priority: 1 to 999 is expected, not 0"},
		"no chat at all":               {"assignment: automatic", "assignment: automatic\n    capacity: 0", "capacity: 1 to 50 is expected, not 0"},
		"a wait of nothing":            {wait, "max_wait: 0s", "guichet.yaml:20: queues.que_support.max_wait: 10s to 4h0m0s is expected, not 0s"},
		"a service level of nothing":   {wait, "service_level: 0s", "queues.que_support.service_level: 1s to 1h0m0s is expected, not none"},
		"no abandon is short":          {"country: FR\n", "country: FR\n  short_abandon: 0s\n", "calls.short_abandon: 1s to 1m0s is expected, not none"},
		"attachments of nothing":       {"\npeople:\n", "\nchats: {attachment_mb: 0}\npeople:\n", "chats.attachment_mb: 1 to 25 is expected, not 0"},
		"a duration of many words":     {wait, "max_wait: 15 min", `guichet.yaml:20: a time such as 20s, 5m or 1h30m is expected here, not "15 min"`},
		"a duration beyond all":        {wait, "max_wait: 99999999999h", `guichet.yaml:20: a time such as`},
		"a queue that is served twice": {"queues: [que_support, que_chat_support]", "queues: [que_support, que_support]", `people.ines.queues: "que_support" is there twice`},
		"a source twice":               {"from: [que_support, que_sales]", "from: [que_sales, que_sales]", `campaigns.cmp_missed.from: "que_sales" is there twice`},
		"an outcome twice":             {"outcomes: [abandoned, timed_out,", "outcomes: [abandoned, abandoned,", `campaigns.cmp_missed.outcomes: "abandoned" is there twice`},
		"a reason twice":               {"[break, meal,", "[break, break,", `pause_reasons: "break" is there twice`},
		"no reason":                    {"[break, meal,", `["", meal,`, "pause_reasons: a reason of up to 100 letters"},
		"the system's reason":          {"[break, meal,", "[missed, meal,", "pause_reasons: \"missed\" is what agents are who did not answer"},
		"a country twice":              {"countries: [FR, GB,", "countries: [FR, FR,", `calls.countries: "FR" is there twice`},
		"a blank name":                 {"name: Sales\n", "name: \"  \"\n", "queues.que_sales.name: it needs a name"},
		"a name of two lines":          {"name: Sales\n", "name: \"Sales\\nand more\"\n", "queues.que_sales.name: a name of up to 100 letters in one line is expected"},
		"a very long name":             {"name: Inès Moreau\n", "name: " + strings.Repeat("é", 101) + "\n", "people.ines.name: a name of up to 100 letters"},
		"a person named like a queue":  {"  ines:\n", "  que_support:\n", "people.que_support: a queue has this id, too"},
		"one address in two cases": {"role: supervisor\n    language: en\n", "role: supervisor\n    language: en\n    email: Us@acme.example\n  ann:\n    name: Ann\n" +
			"    role: agent\n    language: en\n    email: us@acme.example\n", "people.ann.email: sam has this address, too"},
		"a page's name":               {`"1000000000001"`, `"Maison #1"`, "channels.messenger.Maison #1: Meta's id is expected"},
		"a beginning without a plus":  {`{"+33": Europe/Paris`, `{"33": Europe/Paris`, "time_zones.33: the beginning of numbers is expected, such as +33"},
		"a campaign that never calls": {"    delay: 2m\n", "    delay: 2m\n    hours: {closed: [2026-12-25]}\n", "campaigns.cmp_missed.hours: nobody would ever be called"},
	})
}

// What YAML allows is read as it means: nothing of it is lost without a word.
func TestWhatYAMLAllows(t *testing.T) {
	t.Parallel()
	want := parse(t, shop(t))
	for name, source := range map[string]string{
		"Windows' ends of lines":         strings.ReplaceAll(shop(t), "\n", "\r\n"),
		"a mark of the order of bytes":   "\ufeff" + shop(t),
		"a document's beginning":         "---\n" + shop(t),
		"a document's beginning and end": "---\n" + shop(t) + "\n...\n",
		"an alias": strings.Replace(shop(t), `    "17840000000000001": {label: maison.lavande, queue: que_chat_sales}`,
			`    "17840000000000001": &i {label: maison.lavande, queue: que_chat_sales}`, 1),
		"nothing where there may be something": strings.Replace(shop(t), "    max_wait: 15m\n", "    max_wait: ~\n", 1),
	} {
		got, err := config.Parse("guichet.yaml", []byte(source))
		require.NoError(t, err, name)
		assert.Equal(t, want, got, name)
	}
	two := strings.NewReplacer("  messenger:\n", "  messenger: &meta\n", "  instagram:\n    \"17840000000000001\": {label: maison.lavande, queue: que_chat_sales}\n", "  instagram: *meta\n").Replace(shop(t))
	assert.Equal(t, "que_chat_support", parse(t, two).Directory.Inboxes["instagram:1000000000001"], "what an alias stands for")
	merged := strings.Replace(shop(t), "people:\n", "people:\n  <<: {zoe: {name: Zoé, role: agent, language: fr}}\n", 1)
	assert.Len(t, parse(t, merged).Agents, 5)
	none := strings.Replace(shop(t), "    wrap_up: 30s\n    max_wait", "    wrap_up: 0s\n    max_wait", 1)
	assert.Zero(t, parse(t, none).Directory.Queues["que_support"].WrapUp)
}
