package schedule

import (
	"encoding/json"
	"math"

	"guichet/shared/store"
)

// Tariff counts what requests cost on AWS. The emulator's own figures do not do: it reports nothing for a query that
// finds nothing, and several times too much for index entries written in transactions. The rules:
//   - a write costs one unit for each KB of the larger of the item's two states, twice that in a transaction
//     (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html);
//   - an index costs one write for an entry that comes, goes or changes in place, two for one that moves
//     (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/LSI.html#LSI.ThroughputConsiderations.Writes).
//     Whether a transaction doubles that is not documented; it is counted twice here;
//   - a read costs what is reported, and at least half a unit, or one if it is strongly consistent.
type Tariff struct{ Writes, Reads float64 }

func (t *Tariff) charge(c *call, response []byte, changes []Change) error {
	switch c.Op {
	case "GetItem", "Query":
		var out struct {
			ConsumedCapacity struct{ CapacityUnits float64 }
		}
		if err := json.Unmarshal(response, &out); err != nil {
			return err
		}
		least := 0.5
		if c.ConsistentRead {
			least = 1
		}
		t.Reads += math.Max(least, out.ConsumedCapacity.CapacityUnits)
		return nil
	}
	factor := 1.0
	if c.Op == "TransactWriteItems" {
		factor = 2
	}
	for _, ch := range changes {
		before, err := sized(ch.Before.Raw)
		if err != nil {
			return err
		}
		after, err := sized(ch.After.Raw)
		if err != nil {
			return err
		}
		t.Writes += factor * math.Max(before.units, after.units)
		if before.index == after.index {
			t.Writes += factor * math.Max(before.inIndex, after.inIndex)
		} else {
			t.Writes += factor * (before.inIndex + after.inIndex)
		}
	}
	return nil
}

// size is what an item costs to write, in the table and in the index.
type size struct {
	units, inIndex float64
	index          string // its place in the index; empty outside of it
}

func sized(raw json.RawMessage) (size, error) {
	if raw == nil {
		return size{}, nil
	}
	var item map[string]map[string]any
	if err := json.Unmarshal(raw, &item); err != nil {
		return size{}, err
	}
	total := 0
	for name, value := range item {
		total += len(name) + bytesOf(value)
	}
	s := size{units: math.Ceil(float64(total) / 1024)}
	if index, ok := item[store.ReadySortKey]["S"].(string); ok {
		s.index, s.inIndex = index, s.units // it projects all attributes
	}
	return s, nil
}

// bytesOf is the size of an attribute value, on the safe side: DynamoDB packs numbers tighter.
func bytesOf(value map[string]any) int {
	total := 0
	for _, v := range value { // there is one: its type is the key
		switch v := v.(type) {
		case string:
			total += len(v)
		case bool:
			total++
		case []any:
			total += 3
			for _, e := range v {
				if s, ok := e.(string); ok {
					total += 1 + len(s)
				} else if m, ok := e.(map[string]any); ok {
					total += 1 + bytesOf(m)
				}
			}
		case map[string]any:
			total += 3
			for name, e := range v {
				if m, ok := e.(map[string]any); ok {
					total += 1 + len(name) + bytesOf(m)
				}
			}
		}
	}
	return total
}
