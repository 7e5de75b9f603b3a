package dispatch_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/aws/aws-lambda-go/events"

	"guichet/shared/center"
	"guichet/shared/store"
)

type image = map[string]events.DynamoDBAttributeValue

// call is a request to the database, as far as the test needs to understand it.
type call struct {
	Op                        string `json:"-"`
	Key, Item                 json.RawMessage
	ExpressionAttributeValues image
	ConsistentRead            bool
	ClientRequestToken        string
	TransactItems             []struct {
		Put, Delete, ConditionCheck *struct{ Key, Item json.RawMessage }
	}
}

func readCall(op string, body []byte) (*call, error) {
	c := &call{Op: op}
	return c, json.Unmarshal(body, c)
}

func (c *call) isConfiguration() bool {
	pk, ok := c.ExpressionAttributeValues[":pk"]
	return ok && pk.String() == "CONFIG"
}

func (c *call) kind() kind {
	switch {
	case c.Op == "GetItem" && !c.ConsistentRead:
		return kindEventual
	case c.Op == "GetItem", c.Op == "Query":
		return kindRead
	}
	return kindWrite
}

// label names the request for the log and for ordering; it holds nothing random.
func (c *call) label() string {
	switch {
	case len(c.Key) > 0:
		return c.Op + " " + keyOf(c.Key)
	case len(c.Item) > 0:
		return c.Op + " " + keyOf(c.Item)
	case c.Op == "Query":
		return "Query " + c.ExpressionAttributeValues[":pk"].String()
	}
	parts := []string{c.Op}
	for _, w := range c.TransactItems {
		switch {
		case w.Put != nil:
			parts = append(parts, "put "+keyOf(w.Put.Item))
		case w.Delete != nil:
			parts = append(parts, "delete "+keyOf(w.Delete.Key))
		}
	}
	return strings.Join(parts, ", ")
}

func keyOf(raw json.RawMessage) string {
	var k struct{ PK, SK struct{ S string } }
	if err := json.Unmarshal(raw, &k); err != nil {
		return err.Error()
	}
	return k.PK.S + " " + k.SK.S
}

// version is one state of an item; raw is nil when there was none.
type version struct {
	raw     json.RawMessage
	until   time.Time // when the next one replaced it
	agent   *center.Agent
	contact *center.Contact
}

// change is what one write did to one item.
type change struct {
	key           string
	before, after version
}

// ledger keeps every version of every item, as the database acknowledged them.
type ledger struct {
	mu      sync.Mutex
	items   map[string][]version // by key, oldest first
	tariff  *tariff              // if what requests cost is to be counted
	tokens  map[string]bool      // of transactions: a repeat changes nothing
	now     func() time.Time
	onWrite func(*process, []change)
}

// staleness bounds for how long a read may miss a write.
const staleness = 3 * time.Second

// record notes what an acknowledged request did.
func (l *ledger) record(c *call, response []byte, p *process) error {
	var written []json.RawMessage
	var removed []string
	switch c.Op {
	case "PutItem":
		written = append(written, c.Item)
	case "UpdateItem":
		var out struct{ Attributes json.RawMessage }
		if err := json.Unmarshal(response, &out); err != nil {
			return err
		}
		written = append(written, out.Attributes)
	case "DeleteItem":
		removed = append(removed, keyOf(c.Key))
	case "TransactWriteItems":
		if c.ClientRequestToken != "" && l.repeated(c.ClientRequestToken) {
			return nil
		}
		for _, w := range c.TransactItems {
			switch {
			case w.Put != nil:
				written = append(written, w.Put.Item)
			case w.Delete != nil:
				removed = append(removed, keyOf(w.Delete.Key))
			}
		}
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	changes, err := l.note(written, removed)
	if err != nil {
		return err
	}
	if l.tariff != nil && !c.isConfiguration() { // which is read once a minute for all calls
		if err := l.tariff.charge(c, response, changes); err != nil {
			return err
		}
	}
	if len(changes) > 0 {
		l.onWrite(p, changes)
	}
	return nil
}

func (l *ledger) note(written []json.RawMessage, removed []string) ([]change, error) {
	var changes []change
	for _, raw := range written {
		v, err := decode(raw)
		if err != nil {
			return nil, err
		}
		k := keyOf(raw)
		changes = append(changes, change{key: k, before: l.last(k), after: v})
	}
	for _, k := range removed {
		if l.last(k).raw != nil {
			changes = append(changes, change{key: k, before: l.last(k)})
		}
	}
	for _, ch := range changes {
		versions := l.items[ch.key]
		if len(versions) == 0 {
			versions = []version{{}}
		}
		versions[len(versions)-1].until = l.now()
		l.items[ch.key] = append(versions, ch.after)
	}
	return changes, nil
}

func (l *ledger) repeated(token string) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	before := l.tokens[token]
	l.tokens[token] = true
	return before
}

func decode(raw json.RawMessage) (version, error) {
	var record events.DynamoDBEventRecord
	if err := json.Unmarshal(raw, &record.Change.NewImage); err != nil {
		return version{}, fmt.Errorf("read item: %w", err)
	}
	record.Change.Keys = image{
		store.PartitionKey: record.Change.NewImage[store.PartitionKey], store.SortKey: record.Change.NewImage[store.SortKey],
	}
	img, err := store.DecodeImage(record)
	return version{raw: raw, agent: img.AgentAfter, contact: img.ContactAfter}, err
}

func (l *ledger) last(key string) version {
	if versions := l.items[key]; len(versions) > 0 {
		return versions[len(versions)-1]
	}
	return version{}
}

// past lists what an eventually consistent read of an item may be answered with, beside the truth.
func (l *ledger) past(c *call) []json.RawMessage {
	if c.kind() != kindEventual {
		return nil
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	var older []json.RawMessage
	versions := l.items[keyOf(c.Key)]
	for _, v := range slices.Backward(versions[:max(0, len(versions)-1)]) {
		if l.now().Sub(v.until) < staleness {
			older = append(older, v.raw)
		}
	}
	return older
}

// agents lists the agents as they are, by id.
func (l *ledger) agents() []*center.Agent {
	return current(l, func(v version) *center.Agent { return v.agent })
}

// contacts lists the contacts as they are, by key.
func (l *ledger) contacts() []*center.Contact {
	return current(l, func(v version) *center.Contact { return v.contact })
}

func current[T any](l *ledger, noun func(version) *T) []*T {
	var all []*T
	for _, k := range slices.Sorted(maps.Keys(l.items)) {
		if n := noun(l.last(k)); n != nil {
			all = append(all, n)
		}
	}
	return all
}

// keys lists the existing items whose key begins so.
func (l *ledger) keys(prefix string) []string {
	var all []string
	for _, k := range slices.Sorted(maps.Keys(l.items)) {
		if strings.HasPrefix(k, prefix) && l.last(k).raw != nil {
			all = append(all, k)
		}
	}
	return all
}

func (l *ledger) agent(id string) *center.Agent { return l.last("AGENT " + id).agent }

func (l *ledger) contact(id string) *center.Contact {
	return l.last("CONTACT#" + id + " CONTACT").contact
}
