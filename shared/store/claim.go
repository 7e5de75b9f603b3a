package store

import (
	"context"
	"errors"
	"strings"

	"guichet/shared/center"
)

// ErrClaimed means that another contact has what this one wanted for itself alone.
var ErrClaimed = errors.New("another contact has it")

// Claim gives one contact something that only one may have at a time: a customer's number. It is never given back, and goes with the contact's record. Who finds
// it taken looks at the contact that has it, and takes it over if that one no longer needs it.
type Claim struct {
	What      string
	ContactID string
	seen      string // the write of the claim that is taken over; empty when there was none
}

type claimRecord struct {
	PK        string `dynamodbav:"pk"`
	SK        string `dynamodbav:"sk"`
	TTL       int64  `dynamodbav:"ttl"` // that of the contact which took it last
	ContactID string `dynamodbav:"contact"`
	Write     string `dynamodbav:"write"` // another one each time, so that who looked at an earlier one loses
}

// put takes the claim for a contact whose record is this one.
func (c Claim) put(of contactRecord) put {
	p := put{
		record:    claimRecord{PK: claimPartition(c.What), SK: claimSort, TTL: of.TTL, ContactID: c.ContactID, Write: newWrite()},
		condition: "attribute_not_exists(pk)", lost: ErrClaimed,
	}
	if c.seen != "" {
		p.condition, p.values = "#write = :seen", item{":seen": text(c.seen)}
		p.names = map[string]string{"#write": "write"}
	}
	return p
}

// TakenOver is the claim of another contact on the same, as it was read.
func (c Claim) TakenOver(by *center.Contact) *Claim {
	c.ContactID = by.ID
	return &c
}

// Claimed reads who has something, with strong consistency; NotFound when nobody ever had.
func (s *Store) Claimed(ctx context.Context, what string) (Claim, error) {
	var r claimRecord
	found, err := s.get(ctx, claimPartition(what), claimSort, true, &r)
	if err == nil && !found {
		err = center.Errorf(center.NotFound, "claim-unknown", "nobody has %s", what)
	}
	return Claim{What: what, ContactID: r.ContactID, seen: r.Write}, err
}

func (r claimRecord) claim() (*Claim, error) {
	return &Claim{What: strings.TrimPrefix(r.PK, claimPartition("")), ContactID: r.ContactID, seen: r.Write}, nil
}
