// Package config reads a centre from its file, guichet.yaml: settings, queues, campaigns, numbers, channels and people. It says what
// a file would change in a centre, and changes it. Secrets are not in the file: there is no place for them.
package config

import (
	"context"
	"fmt"
	"time"

	"guichet/shared/center"
	"guichet/shared/store"
)

// Centre is what a file says.
type Centre struct {
	Directory store.Directory
	Agents    []*center.Agent
	Emails    map[string]string // by agent: where the invitation to sign in goes
	Numbers   []Number          // in the file's order
	Inboxes   []Inbox           // likewise
	Deploy    Deployment
}

// Number is a telephone number and the queue that its callers join, or the agent whom it rings; without either it is rented and not
// in use.
type Number struct{ E164, Label, QueueID, AgentID string }

// Rent adds a number.
func (c *Centre) Rent(n Number) {
	c.Numbers = append(c.Numbers, n)
	switch {
	case n.QueueID != "":
		c.Directory.Numbers[n.E164] = n.QueueID
	case n.AgentID != "":
		c.Directory.Lines[n.E164] = center.Line{Number: n.E164, Label: n.Label, AgentID: n.AgentID}
	}
}

// Inbox is our side of a message channel, and the queue that its chats join.
type Inbox struct{ Channel, ID, Label, QueueID string }

// Write puts the configuration and the people into the store. What agents do stays as it is.
func (c *Centre) Write(ctx context.Context, s *store.Store) error {
	if err := s.SaveDirectory(ctx, &c.Directory); err != nil {
		return fmt.Errorf("write the configuration: %w", err)
	}
	for _, a := range c.Agents {
		if err := s.EnsureAgent(ctx, a); err != nil {
			return fmt.Errorf("write %s: %w", a.ID, err)
		}
	}
	return nil
}

// Words of a deployment.
const (
	MFARequired = "required" // everybody signs in with a second factor
	MFAOptional = "optional" // everybody may

	EncryptionAWS = "aws" // by keys that AWS keeps
	EncryptionOwn = "own" // by a key of the centre's own
)

// Deployment is what a centre in AWS is made of beside the centre itself.
type Deployment struct {
	Prefix string `yaml:"prefix"` // begins the name of everything
	Region string `yaml:"region"` // such as eu-west-3; empty: that of the credentials, and no web ACL
	// Domain is the centre's own name, such as contact.acme.example; empty: CloudFront's.
	Domain      string `yaml:"domain"`
	Certificate string `yaml:"certificate"` // the ARN of the domain's
	// SignInWith are identity providers of the user pool through which people may sign in, too.
	SignInWith  []string `yaml:"sign_in_with"`
	MFA         string   `yaml:"mfa"`
	Encryption  string   `yaml:"encryption"`
	Concurrency int      `yaml:"concurrency"` // how many functions the account may run at once in the Region
	AlarmsTo    string   `yaml:"alarms_to"`
	Media       Media    `yaml:"media"`
}

// Media says how many media nodes run, and when.
type Media struct {
	Least int                 `yaml:"least"`
	Most  int                 `yaml:"most"`
	Hours map[string][]string `yaml:"hours"`
	// Open is what Hours say, in the time zone Zone (an IANA name): outside of them no node runs. Nil, and no zone: always.
	Open *center.Hours `yaml:"-"`
	Zone string        `yaml:"-"`
}

// Defaults are a file that says nothing: what can be deployed, before there is a centre to put into it.
func Defaults() *Centre {
	c := &Centre{Deploy: (&checker{}).deployment(Deployment{})}
	c.Directory.Settings.VoicemailDays = defaultVoicemail
	return c
}

// file is a file as it is written. Durations are Go's, such as 20s or 1h30m.
type file struct {
	Name         string              `yaml:"name"`
	Language     string              `yaml:"language"`
	TimeZone     string              `yaml:"time_zone"`
	Calls        calls               `yaml:"calls"`
	Chats        chats               `yaml:"chats"`
	Retention    retention           `yaml:"retention"`
	PauseReasons []string            `yaml:"pause_reasons"`
	Queues       map[string]queue    `yaml:"queues"`
	Campaigns    map[string]campaign `yaml:"campaigns"`
	Numbers      map[string]number   `yaml:"numbers"`
	Channels     channels            `yaml:"channels"`
	People       map[string]person   `yaml:"people"`
	Deployment   Deployment          `yaml:"deployment"`
}

type calls struct {
	Country      string        `yaml:"country"`
	Countries    []string      `yaml:"countries"`
	Park         time.Duration `yaml:"park"`
	DeclineRest  time.Duration `yaml:"decline_rest"`
	OwnLineWait  time.Duration `yaml:"own_line_wait"`
	ShortAbandon time.Duration `yaml:"short_abandon"`
}

type chats struct {
	Grace      time.Duration `yaml:"grace"`
	Attachment int           `yaml:"attachment_mb"`
}

type retention struct {
	VoicemailDays *int `yaml:"voicemail_days"`
}

type queue struct {
	Name           string              `yaml:"name"`
	Kind           string              `yaml:"kind"`
	Language       string              `yaml:"language"`
	Priority       int                 `yaml:"priority"`
	Ring           time.Duration       `yaml:"ring"`
	WrapUp         time.Duration       `yaml:"wrap_up"`
	MaxWait        time.Duration       `yaml:"max_wait"`
	ServiceLevel   time.Duration       `yaml:"service_level"`
	Strategy       string              `yaml:"strategy"`
	Hours          map[string][]string `yaml:"hours"`
	Overflow       string              `yaml:"overflow"`
	Voicemail      bool                `yaml:"voicemail"`
	OfferCallback  bool                `yaml:"offer_callback"`
	Attempts       int                 `yaml:"attempts"`
	AttemptSpacing time.Duration       `yaml:"attempt_spacing"`
	Assignment     string              `yaml:"assignment"`
	Capacity       int                 `yaml:"capacity"`
}

type campaign struct {
	Name           string              `yaml:"name"`
	Language       string              `yaml:"language"`
	Priority       int                 `yaml:"priority"`
	Ring           time.Duration       `yaml:"ring"`
	WrapUp         time.Duration       `yaml:"wrap_up"`
	Attempts       int                 `yaml:"attempts"`
	AttemptSpacing time.Duration       `yaml:"attempt_spacing"`
	From           []string            `yaml:"from"`
	Outcomes       []string            `yaml:"outcomes"`
	Delay          time.Duration       `yaml:"delay"`
	ShortAbandon   time.Duration       `yaml:"short_abandon"`
	Line           string              `yaml:"line"`
	Hours          map[string][]string `yaml:"hours"`
	TimeZones      map[string]string   `yaml:"time_zones"`
}

type number struct {
	Label string `yaml:"label"`
	Queue string `yaml:"queue"`
	Agent string `yaml:"agent"`
}

type channels struct {
	SMS       map[string]inbox  `yaml:"sms"`
	Messenger map[string]inbox  `yaml:"messenger"`
	Instagram map[string]inbox  `yaml:"instagram"`
	Webchat   map[string]widget `yaml:"webchat"`
}

type inbox struct {
	Queue string `yaml:"queue"`
	Label string `yaml:"label"`
}

type widget struct {
	Queue    string            `yaml:"queue"`
	Label    string            `yaml:"label"`
	Name     string            `yaml:"name"`
	Colour   string            `yaml:"colour"`
	Origins  []string          `yaml:"origins"`
	Greeting map[string]string `yaml:"greeting"`
}

type person struct {
	Name     string         `yaml:"name"`
	Email    string         `yaml:"email"`
	Role     string         `yaml:"role"`
	Language string         `yaml:"language"`
	Queues   []string       `yaml:"queues"`
	Levels   map[string]int `yaml:"levels"`
}
