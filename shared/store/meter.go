package store

import (
	"context"
	"sync"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
)

// Meter counts what requests cost, in DynamoDB's units: a write unit is 1 KB written, twice that in a transaction; a
// read unit is 4 KB read consistently, or 8 KB eventually.
type Meter struct {
	mu       sync.Mutex
	requests int
	reads    float64
	writes   float64
}

// Usage is a meter's reading.
type Usage struct {
	Requests   int
	ReadUnits  float64
	WriteUnits float64
}

type meterKey struct{}

// WithMeter makes every request under the returned context count in m.
func WithMeter(ctx context.Context, m *Meter) context.Context {
	return context.WithValue(ctx, meterKey{}, m)
}

// Usage returns what was counted so far.
func (m *Meter) Usage() Usage {
	m.mu.Lock()
	defer m.mu.Unlock()
	return Usage{Requests: m.requests, ReadUnits: m.reads, WriteUnits: m.writes}
}

func meter(ctx context.Context) *Meter {
	m, _ := ctx.Value(meterKey{}).(*Meter)
	return m
}

func (m *Meter) read(c *types.ConsumedCapacity)  { m.add(c, false) }
func (m *Meter) write(c *types.ConsumedCapacity) { m.add(c, true) }

// transaction counts one request whose capacity comes table by table.
func (m *Meter) transaction(cs []types.ConsumedCapacity) {
	for i := range cs {
		m.add(&cs[i], true)
	}
}

func (m *Meter) add(c *types.ConsumedCapacity, write bool) {
	if m == nil || c == nil || c.CapacityUnits == nil {
		return
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.requests++
	if write {
		m.writes += *c.CapacityUnits
	} else {
		m.reads += *c.CapacityUnits
	}
}
