package phonenumber

import (
	"errors"
	"slices"
)

// Rules say which numbers a centre may dial.
type Rules struct {
	Regions []string // ISO 3166-1 alpha-2 of the countries that may be called, World among them or not; none: all
	Home    string   // where the centre's agents dial from, ISO 3166-1 alpha-2: how national numbers are read
}

// Reason is why a number is not dialled, in kebab case, for programs and translations.
type Reason string

// Reasons. Premium is what the caller pays more for than for a call: premium-rate and shared-cost numbers, satellites,
// global networks. Emergency is any short number: emergency services, 3639, directory enquiries; they answer for the
// place of the caller, which a call from the cloud does not have.
const (
	NotANumber Reason = "not-a-number"
	TooShort   Reason = "too-short"
	TooLong    Reason = "too-long"
	Invalid    Reason = "number-invalid"
	Premium    Reason = "number-premium"
	NotAllowed Reason = "country-not-allowed"
	Emergency  Reason = "number-emergency"
)

// Error is a number that is not dialled. Its text has no digit of the number, so that it can be logged.
type Error struct {
	Reason Reason
	Region string // of the number, ISO 3166-1 alpha-2 or World; "" when it has none
	cause  error
}

func (e *Error) Error() string {
	switch e.Reason {
	case Premium:
		return "premium-rate numbers are not dialled"
	case NotAllowed:
		return "the centre does not call this country"
	case Emergency:
		return "emergency and short numbers are not dialled: they need a telephone in place"
	default:
		return e.cause.Error()
	}
}

// Unwrap gives the error of Parse, if that is the reason.
func (e *Error) Unwrap() error { return e.cause }

// Check reads what a person typed and gives the number to dial, in E.164. It fails with an *Error.
func (r Rules) Check(text string) (e164 string, err error) {
	t, err := read(text)
	if err != nil {
		return "", refuse(err, "")
	}
	d, err := t.dialledFrom(r.Home)
	if err != nil {
		return "", t.refuse(err)
	}
	n, err := d.number()
	switch {
	case err != nil && d.isShort():
		return "", &Error{Reason: Emergency, Region: d.plan.region}
	case err != nil:
		return "", refuse(err, d.plan.region)
	case n.costly():
		return "", &Error{Reason: Premium, Region: n.Region}
	case len(r.Regions) > 0 && !slices.Contains(r.Regions, n.Region):
		return "", &Error{Reason: NotAllowed, Region: n.Region}
	}
	return n.E164, nil
}

// refuse is for what belongs to no plan, which may be an emergency number all the same.
func (t typed) refuse(err error) error {
	if plans().emergency.whole(t.digits) {
		return &Error{Reason: Emergency}
	}
	return refuse(err, "")
}

func refuse(err error, region string) error {
	reasons := [...]struct {
		err    error
		reason Reason
	}{{ErrNotANumber, NotANumber}, {ErrTooShort, TooShort}, {ErrTooLong, TooLong}}
	for _, r := range reasons {
		if errors.Is(err, r.err) {
			return &Error{Reason: r.reason, Region: region, cause: err}
		}
	}
	return &Error{Reason: Invalid, Region: region, cause: err}
}

// isShort tells the short numbers of the region, and the emergency numbers of all: who is in distress dials the one that
// they know.
func (d dialled) isShort() bool {
	return plans().emergency.whole(d.nsn) || d.plan.short != nil && d.plan.short().whole(d.nsn)
}

// costly tells what costs the caller more than a call does. The plans do not say how much: a shared cost may be six cents
// or forty. Of the numbers of no country only the free ones cost nothing, and the others are what fraud calls.
func (n Number) costly() bool {
	return n.Kind == PremiumRate || n.Kind == SharedCost || n.Region == World && n.Kind != TollFree
}
