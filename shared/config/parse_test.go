package config_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/shared/center"
	"guichet/shared/config"
)

// shop is the centre that make run opens with.
func shop(t testing.TB) string {
	t.Helper()
	source, err := os.ReadFile(filepath.Join("..", "..", "infra", "local", "seed", "guichet.yaml"))
	require.NoError(t, err)
	return string(source)
}

func parse(t testing.TB, source string) *config.Centre {
	t.Helper()
	c, err := config.Parse("guichet.yaml", []byte(source))
	require.NoError(t, err)
	return c
}

func TestTheShop(t *testing.T) {
	t.Parallel()
	c := parse(t, shop(t))
	d := c.Directory
	assert.Equal(t, "Maison Lavande", d.Settings.Name)
	assert.Equal(t, "Europe/Paris", d.Settings.Home().String())
	assert.Equal(t, "Europe/London", d.Settings.Location("Europe/London").String())
	support := d.Queues["que_support"]
	assert.Equal(t, center.Queue{
		ID: "que_support", Name: "Assistance", Kind: center.QueueVoice, Priority: 1, Ring: 20 * time.Second, WrapUp: 30 * time.Second,
		MaxWait: 15 * time.Minute, Language: "fr", Voicemail: true, OfferCallback: true, Attempts: center.Attempts{Most: 3, Spacing: 5 * time.Minute},
	}, support)
	assert.Equal(t, []center.Outcome{center.OutcomeAbandoned, center.OutcomeTimedOut, center.OutcomeIncomplete}, d.Queues["cmp_missed"].Campaign.Outcomes)
	assert.Equal(t, "que_support", d.Numbers["+33199001000"])
	assert.Equal(t, "camille", d.Lines["+33199001011"].AgentID)
	assert.Equal(t, "que_chat_support", d.Inboxes["webchat:lavande"])
	assert.Len(t, c.Numbers, 6)
	assert.Equal(t, "+442079460000", c.Numbers[1].E164, "in the file's order")
	assert.Equal(t, center.RoleSupervisor, c.Agents[2].Role)
}

func TestHours(t *testing.T) {
	t.Parallel()
	hours := `    hours:
      mon-fri: ["09:00-12:30", "14:00-18:00"]
      sat: ["10:00-12:00"]
      closed: [2026-12-25]
`
	c := parse(t, strings.Replace(shop(t), "    offer_callback: true\n", "    offer_callback: true\n"+hours, 1))
	h := c.Directory.Queues["que_support"].Hours
	require.NotNil(t, h)
	assert.Equal(t, []center.Span{{From: 540, To: 750}, {From: 840, To: 1080}}, h.Week[time.Friday])
	assert.Equal(t, []center.Span{{From: 600, To: 720}}, h.Week[time.Saturday])
	assert.Empty(t, h.Week[time.Sunday])
	assert.Equal(t, []string{"2026-12-25"}, h.Closed)
	over := parse(t, strings.Replace(shop(t), "    offer_callback: true\n", "    hours: {fri-mon: [\"00:00-24:00\"]}\n", 1)).Directory.Queues["que_support"].Hours
	for day, spans := range over.Week {
		assert.Equal(t, day != int(time.Tuesday) && day != int(time.Wednesday) && day != int(time.Thursday), len(spans) == 1, day)
	}
}

func TestMediaNodes(t *testing.T) {
	t.Parallel()
	of := func(deployment string) config.Media { return parse(t, shop(t)+deployment).Deploy.Media }
	assert.Equal(t, config.Media{Least: 1, Most: 4}, of(""))
	assert.Equal(t, config.Media{Least: 1, Most: 1}, of("deployment: {media: {most: 1}}\n"))
	assert.Equal(t, config.Media{Least: 6, Most: 6}, of("deployment: {media: {least: 6}}\n"))
	sometimes := of("deployment: {media: {least: 1, most: 3, hours: {mon-fri: [\"08:00-18:30\"]}}}\n")
	require.NotNil(t, sometimes.Open)
	assert.Equal(t, "Europe/Paris", sometimes.Zone)
	assert.Equal(t, []center.Span{{From: 480, To: 1110}}, sometimes.Open.Week[time.Friday])
	assert.Empty(t, sometimes.Open.Week[time.Saturday])
	for deployment, says := range map[string]string{
		"{least: 3, most: 2}":                     "deployment.media.most: it is less than the 3 that run at least",
		"{least: -1}":                             "deployment.media.least: 1 to 20",
		"{most: 21}":                              "deployment.media.most: 1 to 20",
		"{hours: {closed: [2026-12-25]}}":         "deployment.media.hours.closed: media nodes know days of the week only",
		"{hours: {}}":                             "deployment.media.hours: no media node would ever run",
		"{hours: {mon: [\"9-12\"]}}":              "deployment.media.hours.mon: hours such as 09:00-18:30",
		"{hours: {mon: [\"09:00-12:00\"]}, x: 1}": `unknown field "x"`,
	} {
		_, err := config.Parse("guichet.yaml", []byte(shop(t)+"deployment: {media: "+deployment+"}\n"))
		require.Error(t, err, deployment)
		assert.Contains(t, err.Error(), says)
	}
}

// wrong changes a file, and tells what is said about it then.
type wrong struct{ old, other, says string }

// refuses tries each change of the shop's file by itself.
func refuses(t *testing.T, all map[string]wrong) {
	t.Helper()
	for name, c := range all {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			whole := shop(t)
			require.Contains(t, whole, c.old)
			_, err := config.Parse("guichet.yaml", []byte(strings.Replace(whole, c.old, c.other, 1)))
			require.Error(t, err)
			assert.Contains(t, err.Error(), c.says)
		})
	}
}

// deploys has a deployment of one setting in line 3 of the file.
func deploys(setting, says string) wrong {
	return wrong{"name: Maison Lavande\n", "deployment: {" + setting + "}\nname: Maison Lavande\n", says}
}

// What is wrong is said with its line, its place and what is expected; all of it at once.
func TestWhatCannotBe(t *testing.T) {
	t.Parallel()
	refuses(t, map[string]wrong{
		"no YAML":               {"name: Maison Lavande", "name: [", "guichet.yaml:"},
		"an unknown key":        {"    wrap_up: 30s\n    max_wait", "    wrapup: 30s\n    max_wait", `unknown field "wrapup"`},
		"a key twice":           {"language: fr\ntime_zone", "language: fr\nlanguage: en\ntime_zone", "already defined"},
		"no number":             {"priority: 1\n    wrap_up", "priority: first\n    wrap_up", "guichet.yaml:18: a whole number is expected here"},
		"no name":               {"name: Maison Lavande\nlanguage", "language", "guichet.yaml: name: the centre needs a name"},
		"a language":            {"language: fr\ntime_zone", "language: de\ntime_zone", `guichet.yaml:4: language: one of [fr en] is expected, not "de"`},
		"a zone":                {"time_zone: Europe/Paris", "time_zone: Europe/Nowhere", `guichet.yaml:5: time_zone: "Europe/Nowhere" is no time zone`},
		"a path as a zone":      {"time_zone: Europe/Paris", "time_zone: ../../etc/passwd", `is no time zone`},
		"a country":             {"country: FR", "country: France", `calls.country: "France" is no country`},
		"a short ring":          {"max_wait: 15m", "ring: 20\n    max_wait: 15m", "guichet.yaml:20: a time such as 20s, 5m or 1h30m is expected here"},
		"a long ring":           {"max_wait: 15m", "ring: 1h\n    max_wait: 15m", "guichet.yaml:20: queues.que_support.ring: 5s to 2m0s is expected, not 1h0m0s"},
		"a flag":                {"voicemail: true", "voicemail: maybe", "true or false is expected here"},
		"a list":                {"from: [que_support, que_sales]", "from: que_support", "a list is expected here"},
		"a part":                {"calls:\n  country: FR\n  countries: [FR, GB, BE, CH, LU, IE]\n", "calls: FR\n", "guichet.yaml:7: a part with keys of its own is expected here"},
		"a kind":                {"kind: calls", "kind: voice", `guichet.yaml:16: queues.que_support.kind: one of [calls chats] is expected, not "voice"`},
		"an id":                 {"  que_support:", "  Que support:", "an id is 1 to 40"},
		"overflow to nowhere":   {"max_wait: 15m", "overflow: que_chat_sales\n    max_wait: 15m", `queues.que_support.overflow: another queue of calls is expected, not "que_chat_sales"`},
		"chats that ring":       {"assignment: picked", "ring: 20s\n    assignment: picked", "queues.que_chat_sales.ring: this is for queues of calls"},
		"no assignment":         {"assignment: picked", "capacity: 3", `one of [automatic picked] is expected, not ""`},
		"the same name twice":   {"name: Sales\n", "name: Assistance\n", "queues.que_sales.name: que_support has this name, too"},
		"missed calls of chats": {"from: [que_support, que_sales]", "from: [que_chat_sales]", `campaigns.cmp_missed.from: "que_chat_sales" is no queue of calls`},
		"an outcome":            {"outcomes: [abandoned", "outcomes: [lost", `one of [abandoned incomplete timed_out] is expected, not "lost"`},
		"a number":              {`"+33199001099"`, `"0199001099"`, "numbers.0199001099: a number in the form +33123456789"},
		"a number's queue":      {"queue: que_sales}\n  \"+33", "queue: que_gone}\n  \"+33", `numbers.+442079460000.queue: "que_gone" is no queue of calls`},
		"a number of two":       {"agent: camille", "agent: camille, queue: que_sales", "belongs to a queue or to an agent"},
		"a number's agent":      {"agent: camille", "agent: carmen", `"carmen" is none of the people`},
		"a chat's queue":        {"queue: que_chat_support\n      name", "queue: que_support\n      name", `channels.webchat.lavande.queue: "que_support" is no queue of chats`},
		"a colour":              {`"#5b4696"`, "violet", "a colour such as"},
		"a role":                {"role: supervisor", "role: boss", `people.sam.role: one of [admin agent supervisor] is expected, not "boss"`},
		"a person's queue":      {"queues: [que_support, que_chat_support]", "queues: [que_nowhere]", `people.ines.queues: there is no queue or campaign "que_nowhere"`},
		"a level elsewhere":     {"queues: [que_support, que_chat_support]", "queues: [que_support]\n    levels: {que_sales: 1}", "people.ines.levels.que_sales: ines does not serve it"},
		"an e-mail address":     {"role: supervisor", "role: supervisor\n    email: sam", "people.sam.email: an e-mail address is expected"},
		"a secret":              {"calls:\n  country", "twilio: {auth_token: abc}\ncalls:\n  country", `unknown field "twilio"`},
		"hours":                 {"max_wait: 15m", "hours: {mon: [\"9-12\"]}\n    max_wait: 15m", "queues.que_support.hours.mon: hours such as 09:00-18:30"},
		"hours that overlap":    {"max_wait: 15m", "hours: {mon: [\"09:00-12:00\", \"11:00-13:00\"]}\n    max_wait: 15m", "begins before the one before it ends"},
		"a day twice":           {"max_wait: 15m", "hours: {mon: [\"09:00-12:00\"], mon-tue: [\"09:00-12:00\"]}\n    max_wait: 15m", "mon is in mon, too"},
		"a day":                 {"max_wait: 15m", "hours: {monday: [\"09:00-12:00\"]}\n    max_wait: 15m", "days are expected"},
		"a prefix":              deploys("prefix: Acme", `guichet.yaml:3: deployment.prefix: 2 to 20 of a–z, 0–9 and -, a letter first and no - last, not "Acme"`),
		"a reserved prefix":     deploys("prefix: my-aws", "deployment.prefix: it must not contain aws"),
		"a region":              deploys("region: Paris", `deployment.region: a Region of AWS such as eu-west-3 is expected, not "Paris"`),
		"a domain":              deploys("domain: https://acme.example", "deployment.domain: a domain name such as"),
		"no certificate":        deploys("domain: contact.acme.example", "deployment: a domain and its certificate go together"),
		"another region's":      deploys("certificate: arn:aws:acm:eu-west-3:123456789012:certificate/11111111-2222-3333-4444-555555555555", "deployment.certificate: the ARN of a certificate in us-east-1"),
		"a provider":            deploys("sign_in_with: [our okta]", "deployment.sign_in_with: a provider's name"),
		"a second factor":       deploys("mfa: never", `deployment.mfa: one of [optional required] is expected, not "never"`),
		"a key":                 deploys("encryption: none", `deployment.encryption: one of [aws own] is expected, not "none"`),
		"a concurrency":         deploys("concurrency: 5", "deployment.concurrency: 10 to 100000 is expected, not 5"),
		"whom alarms go to":     deploys("alarms_to: us", "deployment.alarms_to: an e-mail address is expected"),
		"a holiday":             {"max_wait: 15m", "hours: {closed: [25.12.2026]}\n    max_wait: 15m", "days such as 2026-12-25"},
	})
}

func TestCallersDoNotGoRound(t *testing.T) {
	t.Parallel()
	source := strings.Replace(shop(t), "max_wait: 15m", "max_wait: 15m\n    overflow: que_sales", 1)
	source = strings.Replace(source, "max_wait: 10m", "max_wait: 10m\n    overflow: que_support", 1)
	_, err := config.Parse("guichet.yaml", []byte(source))
	assert.ErrorContains(t, err, "callers would go round: [que_support que_sales que_support]")
}

func TestPrefixesThatNamesCanBeginWith(t *testing.T) {
	t.Parallel()
	for prefix, accepted := range map[string]bool{
		"guichet": true, "a1": true, "acme-paris-2": true, "abcdefghijklmnopqrst": true,
		"a": false, "1st": false, "Acme": false, "acme-": false, "acme_paris": false,
		"abcdefghijklmnopqrstu": false, "my-aws": false, "amazonia": false, "cognito": false,
	} {
		_, err := config.Parse("guichet.yaml", []byte(shop(t)+"\ndeployment: {prefix: "+prefix+"}\n"))
		assert.Equal(t, accepted, err == nil, "%q: %v", prefix, err)
	}
}

func TestDeployment(t *testing.T) {
	t.Parallel()
	said := parse(t, shop(t)+`
deployment:
  prefix: acme
  region: eu-west-3
  domain: contact.acme.example
  certificate: arn:aws:acm:us-east-1:123456789012:certificate/11111111-2222-3333-4444-555555555555
  sign_in_with: [Entra]
  mfa: optional
  encryption: own
  concurrency: 3000
  alarms_to: operations@acme.example
  media: {least: 3, most: 5}
`)
	assert.Equal(t, config.Deployment{
		Prefix: "acme", Region: "eu-west-3", Domain: "contact.acme.example",
		Certificate: "arn:aws:acm:us-east-1:123456789012:certificate/11111111-2222-3333-4444-555555555555",
		SignInWith:  []string{"Entra"}, MFA: config.MFAOptional, Encryption: config.EncryptionOwn, Concurrency: 3000,
		AlarmsTo: "operations@acme.example", Media: config.Media{Least: 3, Most: 5},
	}, said.Deploy)
}

func TestWhatAFileLeavesOut(t *testing.T) {
	t.Parallel()
	defaults, left := config.Defaults(), parse(t, shop(t))
	assert.Equal(t, config.Deployment{
		Prefix: "guichet", MFA: config.MFARequired, Encryption: config.EncryptionAWS, Concurrency: 1000,
		Media: config.Media{Least: 1, Most: 4},
	}, defaults.Deploy)
	assert.Equal(t, defaults.Deploy, left.Deploy)
	assert.Equal(t, 30, defaults.Directory.Settings.VoicemailDays)
	assert.Equal(t, 30, left.Directory.Settings.VoicemailDays)
	forever := parse(t, shop(t)+"\nretention: {voicemail_days: 0}\n")
	assert.Zero(t, forever.Directory.Settings.VoicemailDays)
}

func TestAllThatIsWrongIsSaidAtOnce(t *testing.T) {
	t.Parallel()
	source := strings.NewReplacer("role: supervisor", "role: boss", "max_wait: 15m", "max_wait: 1ms").Replace(shop(t))
	_, err := config.Parse("guichet.yaml", []byte(source))
	var problems config.Problems
	require.ErrorAs(t, err, &problems)
	require.Len(t, problems, 2)
	assert.Less(t, problems[0].Line, problems[1].Line, "in the file's order")
}

func TestAnEmptyFile(t *testing.T) {
	t.Parallel()
	_, err := config.Parse("guichet.yaml", nil)
	assert.ErrorContains(t, err, "name: the centre needs a name")
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(shop(f)))
	f.Add([]byte("queues: {a: &a {overflow: a}, b: *a}\nnumbers: {? [x] : 1}"))
	f.Add([]byte("people:\n  <<: {a: {name: b}}\n"))
	f.Fuzz(func(_ *testing.T, source []byte) {
		_, _ = config.Parse("guichet.yaml", source)
	})
}
