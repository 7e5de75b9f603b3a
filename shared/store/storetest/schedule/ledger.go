package schedule

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

func (c *call) kind() Kind {
	switch {
	case c.Op == "GetItem" && !c.ConsistentRead:
		return KindEventual
	case c.Op == "GetItem", c.Op == "BatchGetItem", c.Op == "Query":
		return KindRead
	}
	return KindWrite
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

// Version is one state of an item; Raw is nil when there was none. It is one noun at most.
type Version struct {
	Raw     json.RawMessage
	Agent   *center.Agent
	Contact *center.Contact
	Chat    *center.Chat
	Message *center.Message
	until   time.Time // when the next one replaced it
}

// Change is what one write did to one item.
type Change struct {
	Key           string
	Before, After Version
}

// Ledger keeps every version of every item, as the database acknowledged them.
type Ledger struct {
	Tariff  *Tariff // if what requests cost is to be counted
	mu      sync.Mutex
	items   map[string][]Version // by key, oldest first
	tokens  map[string]bool      // of transactions: a repeat changes nothing
	onWrite func(*Process, []Change)
}

// staleness bounds for how long a read may miss a write.
const staleness = 3 * time.Second

// record notes what an acknowledged request did.
func (l *Ledger) record(c *call, response []byte, p *Process) error {
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
	if l.Tariff != nil && !c.isConfiguration() { // which is read once a minute for all calls
		if err := l.Tariff.charge(c, response, changes); err != nil {
			return err
		}
	}
	if len(changes) > 0 {
		l.onWrite(p, changes)
	}
	return nil
}

func (l *Ledger) note(written []json.RawMessage, removed []string) ([]Change, error) {
	var changes []Change
	for _, raw := range written {
		v, err := decode(raw)
		if err != nil {
			return nil, err
		}
		k := keyOf(raw)
		changes = append(changes, Change{Key: k, Before: l.Last(k), After: v})
	}
	for _, k := range removed {
		if l.Last(k).Raw != nil {
			changes = append(changes, Change{Key: k, Before: l.Last(k)})
		}
	}
	for _, ch := range changes {
		versions := l.items[ch.Key]
		if len(versions) == 0 {
			versions = []Version{{}}
		}
		versions[len(versions)-1].until = time.Now()
		l.items[ch.Key] = append(versions, ch.After)
	}
	return changes, nil
}

func (l *Ledger) repeated(token string) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	before := l.tokens[token]
	l.tokens[token] = true
	return before
}

func decode(raw json.RawMessage) (Version, error) {
	var record events.DynamoDBEventRecord
	if err := json.Unmarshal(raw, &record.Change.NewImage); err != nil {
		return Version{}, fmt.Errorf("read item: %w", err)
	}
	record.Change.Keys = image{
		store.PartitionKey: record.Change.NewImage[store.PartitionKey], store.SortKey: record.Change.NewImage[store.SortKey],
	}
	img, err := store.DecodeImage(record)
	return Version{Raw: raw, Agent: img.AgentAfter, Contact: img.ContactAfter, Chat: img.ChatAfter, Message: img.MessageAfter}, err
}

// Last is an item as it is.
func (l *Ledger) Last(key string) Version {
	if versions := l.items[key]; len(versions) > 0 {
		return versions[len(versions)-1]
	}
	return Version{}
}

// past lists what an eventually consistent read of an item may be answered with, beside the truth.
func (l *Ledger) past(c *call) []json.RawMessage {
	if c.kind() != KindEventual {
		return nil
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	var older []json.RawMessage
	versions := l.items[keyOf(c.Key)]
	for _, v := range slices.Backward(versions[:max(0, len(versions)-1)]) {
		if time.Since(v.until) < staleness {
			older = append(older, v.Raw)
		}
	}
	return older
}

// Agents lists the agents as they are, by id.
func (l *Ledger) Agents() []*center.Agent {
	return current(l, func(v Version) *center.Agent { return v.Agent })
}

// Contacts lists the contacts as they are, by key.
func (l *Ledger) Contacts() []*center.Contact {
	return current(l, func(v Version) *center.Contact { return v.Contact })
}

// Chats lists the chats as they are, by key.
func (l *Ledger) Chats() []*center.Chat {
	return current(l, func(v Version) *center.Chat { return v.Chat })
}

// Messages lists the messages as they are, chat by chat, in order.
func (l *Ledger) Messages() []*center.Message {
	return current(l, func(v Version) *center.Message { return v.Message })
}

func current[T any](l *Ledger, noun func(Version) *T) []*T {
	var all []*T
	for _, k := range slices.Sorted(maps.Keys(l.items)) {
		if n := noun(l.Last(k)); n != nil {
			all = append(all, n)
		}
	}
	return all
}

// Keys lists the existing items whose key, partition and sort key with a space between, begins so.
func (l *Ledger) Keys(prefix string) []string {
	var all []string
	for _, k := range slices.Sorted(maps.Keys(l.items)) {
		if strings.HasPrefix(k, prefix) && l.Last(k).Raw != nil {
			all = append(all, k)
		}
	}
	return all
}

// Agent is an agent as they are; nil when there is none.
func (l *Ledger) Agent(id string) *center.Agent { return l.Last("AGENT " + id).Agent }

// Contact is a contact as it is; nil when there is none.
func (l *Ledger) Contact(id string) *center.Contact {
	return l.Last("CONTACT#" + id + " CONTACT").Contact
}

// Chat is a chat as it is; nil when there is none.
func (l *Ledger) Chat(id string) *center.Chat { return l.Last("CHAT#" + id + " CHAT").Chat }

// Message is a message as it is; nil when there is none.
func (l *Ledger) Message(chatID, key string) *center.Message {
	return l.Last("CHAT#" + chatID + " MESSAGE#" + key).Message
}
