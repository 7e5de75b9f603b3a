package config

import (
	"bytes"
	"cmp"
	"errors"
	"io"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/parser"

	"guichet/shared/center"
)

// Languages are those in which callers are spoken to, and in which the desk is.
var Languages = []string{"fr", "en"}

var (
	idPattern    = regexp.MustCompile(`^[a-z][a-z0-9_-]{0,39}$`)
	emailPattern = regexp.MustCompile(`^[^\s@]+@[^\s@]+\.[^\s@]+$`)

	// prefixPattern leaves room for what is appended: a domain of Cognito has 63 characters, an account 12.
	prefixPattern = regexp.MustCompile(`^[a-z][a-z0-9-]{0,18}[a-z0-9]$`)
	regionPattern = regexp.MustCompile(`^[a-z]{2}(-[a-z]+)+-[0-9]$`)
	domainPattern = regexp.MustCompile(`^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,}$`)
	// certificatePattern: CloudFront takes certificates from us-east-1 alone,
	// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cnames-and-https-requirements.html
	certificatePattern = regexp.MustCompile(`^arn:aws:acm:us-east-1:[0-9]{12}:certificate/[0-9a-f-]{36}$`)
	// providerPattern is Cognito's, without spaces and what would have to be quoted.
	providerPattern = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_-]{0,31}$`)
)

// Parse reads a file. name is what problems call it. The error is Problems when the file is what is wrong.
func Parse(name string, source []byte) (*Centre, error) {
	source = bytes.TrimPrefix(source, []byte("\ufeff")) // which some editors write first
	parsed, err := parser.ParseBytes(source, 0)
	if err != nil {
		return nil, unreadable(name, err)
	}
	c := &checker{name: name}
	if len(parsed.Docs) > 0 {
		c.root = parsed.Docs[0].Body
	}
	if len(parsed.Docs) > 1 { // the library would read the first alone
		return nil, Problems{{File: name, Line: parsed.Docs[1].Start.Position.Line, Text: "one document is expected: another begins here"}}
	}
	var f file
	if err := yaml.NewDecoder(bytes.NewReader(source), yaml.Strict()).Decode(&f); err != nil && !errors.Is(err, io.EOF) {
		if problems, ok := unreadableDuration(name, c.root, err); ok {
			return nil, problems
		}
		return nil, unreadable(name, err)
	}
	centre := c.centre(f)
	if len(c.problems) > 0 {
		slices.SortStableFunc(c.problems, func(a, b Problem) int { return cmp.Compare(a.Line, b.Line) })
		return nil, c.problems
	}
	return centre, nil
}

func (c *checker) centre(f file) *Centre {
	centre := &Centre{Emails: map[string]string{}, Deploy: c.deployment(f.Deployment)}
	if centre.Deploy.Media.Open != nil {
		centre.Deploy.Media.Zone = f.TimeZone
	}
	d := &centre.Directory
	d.Settings = c.settings(f)
	d.Queues = map[string]center.Queue{}
	for id, q := range f.Queues {
		d.Queues[id] = c.queue(id, q, f)
	}
	for id, q := range f.Campaigns {
		if _, twice := d.Queues[id]; twice {
			c.wrong(place{"campaigns", id}, "a queue has this id, too")
		}
		d.Queues[id] = c.campaign(id, q, f, d.Settings)
	}
	c.namesDiffer(f)
	c.overflows(f)
	c.numbers(f, centre)
	c.channels(f, centre)
	c.people(f, centre)
	return centre
}

func (c *checker) deployment(d Deployment) Deployment {
	at := place{"deployment"}
	d.Prefix = cmp.Or(d.Prefix, defaultPrefix)
	if !prefixPattern.MatchString(d.Prefix) {
		c.wrong(at.of("prefix"), "2 to 20 of a–z, 0–9 and -, a letter first and no - last, not %q", d.Prefix)
	}
	for _, reserved := range []string{"aws", "amazon", "cognito"} { // Cognito refuses them in the address of its pages
		if strings.Contains(d.Prefix, reserved) {
			c.wrong(at.of("prefix"), "it must not contain %s, not %q", reserved, d.Prefix)
		}
	}
	if d.Region != "" && !regionPattern.MatchString(d.Region) {
		c.wrong(at.of("region"), "a Region of AWS such as eu-west-3 is expected, not %q", d.Region)
	}
	c.domain(at, d)
	for _, provider := range d.SignInWith {
		if !providerPattern.MatchString(provider) {
			c.wrong(at.of("sign_in_with"), "a provider's name is 1 to 32 of letters, digits, _ and -, not %q", provider)
		}
	}
	d.MFA = one(c, at.of("mfa"), cmp.Or(d.MFA, MFARequired), map[string]string{MFARequired: MFARequired, MFAOptional: MFAOptional})
	d.Encryption = one(c, at.of("encryption"), cmp.Or(d.Encryption, EncryptionAWS),
		map[string]string{EncryptionAWS: EncryptionAWS, EncryptionOwn: EncryptionOwn})
	d.Concurrency = c.number(at.of("concurrency"), d.Concurrency, defaultConcurrency, 10, 100_000)
	if d.AlarmsTo != "" && !emailPattern.MatchString(d.AlarmsTo) {
		c.wrong(at.of("alarms_to"), "an e-mail address is expected, not %q", d.AlarmsTo)
	}
	d.Media = c.media(at.of("media"), d.Media)
	return d
}

// domain sees that a name comes with a certificate, and that they may be so.
func (c *checker) domain(at place, d Deployment) {
	if d.Domain != "" && (len(d.Domain) > maxDomain || !domainPattern.MatchString(d.Domain)) {
		c.wrong(at.of("domain"), "a domain name such as contact.acme.example is expected, not %q", d.Domain)
	}
	if d.Certificate != "" && !certificatePattern.MatchString(d.Certificate) {
		c.wrong(at.of("certificate"), "the ARN of a certificate in us-east-1 is expected, not %q", d.Certificate)
	}
	if (d.Domain == "") != (d.Certificate == "") {
		c.wrong(at, "a domain and its certificate go together")
	}
}

// Defaults of what a file leaves out.
const (
	defaultPrefix      = "guichet"
	defaultPark        = 30 * time.Second
	defaultDeclineRest = 30 * time.Second
	defaultOwnLineWait = 2 * time.Minute
	defaultChatGrace   = time.Minute
	defaultAttachment  = 10 // MB
	defaultVoicemail   = 30 // days
	defaultRing        = 20 * time.Second
	defaultCapacity    = 5
	defaultAttempts    = 3
	defaultSpacing     = 5 * time.Minute
	maxAttachment      = 25   // MB: what Meta takes at most
	defaultConcurrency = 1000 // AWS's own: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
	maxVoicemailDays   = 3650
	maxDomain          = 253
)

func (c *checker) settings(f file) center.Settings {
	if c.says(place{"name"}) {
		c.title(nil, f.Name)
	} else {
		c.wrong(place{"name"}, "the centre needs a name")
	}
	country := f.Calls.Country
	if country == "" {
		c.wrong(place{"calls", "country"}, "needed: how numbers without a country are read, such as FR")
	} else {
		c.country(place{"calls", "country"}, country)
	}
	c.distinct(place{"calls", "countries"}, f.Calls.Countries)
	c.pauseReasons(place{"pause_reasons"}, f.PauseReasons)
	for _, one := range f.Calls.Countries {
		c.country(place{"calls", "countries"}, one)
	}
	days := defaultVoicemail
	if f.Retention.VoicemailDays != nil {
		days = *f.Retention.VoicemailDays
	}
	if days < 0 || days > maxVoicemailDays {
		c.wrong(place{"retention", "voicemail_days"}, "0 to %d, 0 keeps messages until somebody deletes them", maxVoicemailDays)
	}
	attachment := c.number(place{"chats", "attachment_mb"}, f.Chats.Attachment, defaultAttachment, 1, maxAttachment)
	calls, chats := place{"calls"}, place{"chats"}
	s := center.Settings{
		Name: f.Name, Language: c.language(place{"language"}, f.Language), Zone: f.TimeZone, Zones: map[string][]byte{},
		Country: country, Countries: f.Calls.Countries, PauseReasons: f.PauseReasons, VoicemailDays: days,
		ParkGrace:    c.duration(calls.of("park"), f.Calls.Park, defaultPark, 5*time.Second, 5*time.Minute),
		DeclineRest:  c.duration(calls.of("decline_rest"), f.Calls.DeclineRest, defaultDeclineRest, time.Second, time.Hour),
		DirectWait:   c.duration(calls.of("own_line_wait"), f.Calls.OwnLineWait, defaultOwnLineWait, 10*time.Second, time.Hour),
		ShortAbandon: c.some(calls.of("short_abandon"), f.Calls.ShortAbandon, time.Second, time.Minute),
		ChatGrace:    c.duration(chats.of("grace"), f.Chats.Grace, defaultChatGrace, 10*time.Second, time.Hour),

		AttachmentBytes: int64(attachment) << 20,
	}
	c.zone(place{"time_zone"}, f.TimeZone, s.Zones)
	for _, q := range f.Campaigns {
		for _, zone := range q.TimeZones {
			if data, err := zoneData(zone); err == nil {
				s.Zones[zone] = data
			}
		}
	}
	return s
}
