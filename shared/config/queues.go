package config

import (
	"regexp"
	"slices"
	"time"

	"guichet/shared/center"
)

var (
	kinds      = map[string]center.QueueKind{"calls": center.QueueVoice, "chats": center.QueueChat}
	kindWords  = map[center.QueueKind]string{center.QueueVoice: "calls", center.QueueChat: "chats", center.QueueCampaign: "a campaign"}
	strategies = map[string]center.Strategy{
		"": "", "longest_idle": center.StrategyLongestIdle, "fewest_calls": center.StrategyFewestCalls, "tiers": center.StrategyTiers,
	}
	assignments = map[string]center.Assignment{"automatic": center.AssignAutomatic, "picked": center.AssignPicked}
	outcomes    = map[string]center.Outcome{
		"abandoned": center.OutcomeAbandoned, "timed_out": center.OutcomeTimedOut, "incomplete": center.OutcomeIncomplete,
	}
)

// beginningPattern is of E.164 numbers.
var beginningPattern = regexp.MustCompile(`^\+[1-9][0-9]{0,14}$`)

const (
	maxPriority = 999
	maxAttempts = 20
)

func (c *checker) queue(id string, q queue, f file) center.Queue {
	at := place{"queues", id}
	out := center.Queue{
		ID: id, Name: c.named(at, id, q.Name), Language: c.language(at.of("language"), q.Language),
		Kind: one(c, at.of("kind"), q.Kind, kinds), Priority: c.number(at.of("priority"), q.Priority, 1, 1, maxPriority),
	}
	if out.Kind == center.QueueChat {
		c.onlyForCalls(at, q)
		out.Assignment = one(c, at.of("assignment"), q.Assignment, assignments)
		out.Capacity = c.number(at.of("capacity"), q.Capacity, defaultCapacity, 1, 50)
		return out
	}
	if q.Assignment != "" || q.Capacity != 0 {
		c.wrong(at, "assignment and capacity are for queues of chats")
	}
	out.Ring = c.duration(at.of("ring"), q.Ring, defaultRing, 5*time.Second, 2*time.Minute)
	out.WrapUp = c.duration(at.of("wrap_up"), q.WrapUp, 0, time.Second, 30*time.Minute)
	out.MaxWait = c.duration(at.of("max_wait"), q.MaxWait, 15*time.Minute, 10*time.Second, 4*time.Hour)
	out.ServiceLevel = c.some(at.of("service_level"), q.ServiceLevel, time.Second, time.Hour)
	out.Strategy = one(c, at.of("strategy"), q.Strategy, strategies)
	out.Hours = c.hours(at.of("hours"), q.Hours)
	out.Overflow, out.Voicemail, out.OfferCallback = q.Overflow, q.Voicemail, q.OfferCallback
	if q.OfferCallback {
		out.Attempts = c.attempts(at, q.Attempts, q.AttemptSpacing)
	}
	if q.Overflow != "" && (kinds[f.Queues[q.Overflow].Kind] != center.QueueVoice || q.Overflow == id) {
		c.wrong(at.of("overflow"), "another queue of calls is expected, not %q", q.Overflow)
	}
	return out
}

// onlyForCalls refuses what has no meaning for chats.
func (c *checker) onlyForCalls(at place, q queue) {
	for key, given := range map[string]bool{
		"ring": q.Ring != 0, "wrap_up": q.WrapUp != 0, "max_wait": q.MaxWait != 0, "service_level": q.ServiceLevel != 0, "strategy": q.Strategy != "",
		"hours": q.Hours != nil, "overflow": q.Overflow != "", "voicemail": q.Voicemail, "offer_callback": q.OfferCallback,
		"attempts": q.Attempts != 0, "attempt_spacing": q.AttemptSpacing != 0,
	} {
		if given {
			c.wrong(at.of(key), "this is for queues of calls")
		}
	}
}

func (c *checker) campaign(id string, q campaign, f file, s center.Settings) center.Queue {
	at := place{"campaigns", id}
	out := center.Queue{
		ID: id, Name: c.named(at, id, q.Name), Kind: center.QueueCampaign, Language: c.language(at.of("language"), q.Language),
		Priority: c.number(at.of("priority"), q.Priority, 900, 1, maxPriority),
		Ring:     c.duration(at.of("ring"), q.Ring, defaultRing, 5*time.Second, 2*time.Minute),
		WrapUp:   c.duration(at.of("wrap_up"), q.WrapUp, 0, time.Second, 30*time.Minute),
		Attempts: c.attempts(at, q.Attempts, q.AttemptSpacing),
		Campaign: &center.Campaign{
			Sources: q.From, Line: q.Line, Hours: c.hours(at.of("hours"), q.Hours), CountryZones: q.TimeZones,
			Delay:        c.duration(at.of("delay"), q.Delay, 0, time.Second, 7*24*time.Hour),
			ShortAbandon: c.duration(at.of("short_abandon"), q.ShortAbandon, 0, time.Second, 5*time.Minute),
		},
	}
	if h := out.Campaign.Hours; h != nil && !h.Ever() {
		c.wrong(at.of("hours"), "nobody would ever be called")
	}
	c.distinct(at.of("from"), q.From)
	c.distinct(at.of("outcomes"), q.Outcomes)
	if len(q.From) == 0 {
		c.wrong(at.of("from"), "whose missed calls are returned?")
	}
	for _, source := range q.From {
		if kinds[f.Queues[source].Kind] != center.QueueVoice {
			c.wrong(at.of("from"), "%q is no queue of calls", source)
		}
	}
	if len(q.Outcomes) == 0 {
		c.wrong(at.of("outcomes"), "some of %v are expected", sorted(outcomes))
	}
	for _, word := range q.Outcomes {
		out.Campaign.Outcomes = append(out.Campaign.Outcomes, one(c, at.of("outcomes"), word, outcomes))
	}
	if _, rented := f.Numbers[q.Line]; q.Line != "" && !rented {
		c.wrong(at.of("line"), "%q is none of the numbers", q.Line)
	}
	for beginning, zone := range q.TimeZones {
		if !beginningPattern.MatchString(beginning) {
			c.wrong(at.of("time_zones", beginning), "the beginning of numbers is expected, such as +33")
		}
		if s.Zones[zone] == nil {
			c.wrong(at.of("time_zones", beginning), "%q is no time zone: an IANA name is expected, such as Europe/Paris", zone)
		}
	}
	return out
}

func (c *checker) attempts(at place, most int, spacing time.Duration) center.Attempts {
	return center.Attempts{
		Most:    c.number(at.of("attempts"), most, defaultAttempts, 1, maxAttempts),
		Spacing: c.duration(at.of("attempt_spacing"), spacing, defaultSpacing, 10*time.Second, 7*24*time.Hour),
	}
}

// named checks the id and the name of a queue.
func (c *checker) named(at place, id, name string) string {
	if !idPattern.MatchString(id) {
		c.wrong(at, "an id is 1 to 40 of a–z, 0–9, _ and -, a letter first")
	}
	return c.title(at, name)
}

// namesDiffer refuses two queues that nobody could tell apart.
func (c *checker) namesDiffer(f file) {
	seen := map[string]string{}
	note := func(section, id, name string) {
		if other, twice := seen[name]; twice && name != "" {
			c.wrong(place{section, id, "name"}, "%s has this name, too", other)
		}
		seen[name] = id
	}
	for _, id := range keysOf(c, f.Queues, "queues") {
		note("queues", id, f.Queues[id].Name)
	}
	for _, id := range keysOf(c, f.Campaigns, "campaigns") {
		note("campaigns", id, f.Campaigns[id].Name)
	}
}

// overflows refuses callers who would go round for ever.
func (c *checker) overflows(f file) {
	for _, id := range keysOf(c, f.Queues, "queues") {
		passed := []string{id}
		for next := f.Queues[id].Overflow; next != ""; next = f.Queues[next].Overflow {
			if next == id && len(passed) > 1 {
				c.wrong(place{"queues", id, "overflow"}, "callers would go round: %v", append(passed, next))
			}
			if slices.Contains(passed, next) {
				break
			}
			passed = append(passed, next)
		}
	}
}
