// Package phonenumber reads the telephone numbers that people type and says which may be dialled. It knows the numbering
// plans of all countries (plans.txt, made from libphonenumber's), no provider's tariffs and no formats for display.
package phonenumber

import (
	"errors"
	"slices"
)

// What is wrong with a text that is no dialable number.
var (
	ErrNotANumber = errors.New("not a telephone number")
	ErrTooShort   = errors.New("the telephone number lacks digits")
	ErrTooLong    = errors.New("the telephone number has too many digits")
	ErrInvalid    = errors.New("no telephone has such a number")
)

// Number is a number that its numbering plan has; whether somebody answers it, only a call tells.
type Number struct {
	E164   string // as in ITU-T E.164, with the plus sign
	Region string // ISO 3166-1 alpha-2, or World
	Kind   Kind
}

// World is the region of the calling codes that belong to no country: satellites, global networks, international
// free and premium numbers (https://www.itu.int/rec/T-REC-E.164.1).
const World = "001"

// Kind is what a numbering plan keeps a range for.
type Kind string

// Kinds, as libphonenumber tells them apart. A plan that cannot tell fixed lines from mobiles (North America's) has
// FixedOrMobile.
const (
	Fixed         Kind = "fixed-line"
	Mobile        Kind = "mobile"
	FixedOrMobile Kind = "fixed-line-or-mobile"
	TollFree      Kind = "toll-free"
	PremiumRate   Kind = "premium-rate"
	SharedCost    Kind = "shared-cost"
	VoIP          Kind = "voip"
	Personal      Kind = "personal"
	Pager         Kind = "pager"
	UAN           Kind = "uan" // a company's one number, routed to its offices
	Voicemail     Kind = "voicemail"
)

// Parse reads a number as a person types or pastes it: with or without the international prefix, with whatever
// separates digits, as a tel: link. The region, ISO 3166-1 alpha-2, is where national numbers are dialled; "" reads
// international ones only. It fails with ErrNotANumber (letters, codes with * and #, extensions: what is dialled is
// what was typed, or nothing), ErrTooShort, ErrTooLong or ErrInvalid.
func Parse(text, region string) (Number, error) {
	t, err := read(text)
	if err != nil {
		return Number{}, err
	}
	d, err := t.dialledFrom(region)
	if err != nil {
		return Number{}, err
	}
	return d.number()
}

// Regions lists the regions that have a numbering plan, ISO 3166-1 alpha-2 (and XK, Kosovo), sorted.
func Regions() []string {
	var regions []string
	for region := range plans().byRegion {
		regions = append(regions, region)
	}
	slices.Sort(regions)
	return regions
}
