package phonenumber_test

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/nyaruka/phonenumbers"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"guichet/shared/phonenumber"
)

var kinds = map[phonenumbers.PhoneNumberType]phonenumber.Kind{
	phonenumbers.FIXED_LINE: phonenumber.Fixed, phonenumbers.MOBILE: phonenumber.Mobile,
	phonenumbers.FIXED_LINE_OR_MOBILE: phonenumber.FixedOrMobile, phonenumbers.TOLL_FREE: phonenumber.TollFree,
	phonenumbers.PREMIUM_RATE: phonenumber.PremiumRate, phonenumbers.SHARED_COST: phonenumber.SharedCost,
	phonenumbers.VOIP: phonenumber.VoIP, phonenumbers.PERSONAL_NUMBER: phonenumber.Personal,
	phonenumbers.PAGER: phonenumber.Pager, phonenumbers.UAN: phonenumber.UAN, phonenumbers.VOICEMAIL: phonenumber.Voicemail,
}

// fiction are the ranges that this package adds to the library's.
var fiction = []string{"+3363998", "+441154960", "+441632960", "+447700900"}

// french are the regions whose national numbers this package reads as France does, and not as the library.
var french = []string{"FR", "GP", "BL", "MF", "GF", "MQ", "RE", "YT"}

// theirs is what the library makes of a text.
func theirs(text, region string) (phonenumber.Number, error) {
	n, err := phonenumbers.Parse(text, region)
	if err != nil {
		return phonenumber.Number{}, map[error]error{
			phonenumbers.ErrNotANumber: phonenumber.ErrNotANumber, phonenumbers.ErrNumTooLong: phonenumber.ErrTooLong,
			phonenumbers.ErrTooShortNSN: phonenumber.ErrTooShort, phonenumbers.ErrTooShortAfterIDD: phonenumber.ErrTooShort,
			phonenumbers.ErrInvalidCountryCode: phonenumber.ErrInvalid,
		}[err]
	}
	e164 := phonenumbers.Format(n, phonenumbers.E164)
	if phonenumbers.IsValidNumber(n) {
		if len(e164) > len("+")+15 {
			return phonenumber.Number{}, phonenumber.ErrTooLong
		}
		return phonenumber.Number{E164: e164, Region: phonenumbers.GetRegionCodeForNumber(n), Kind: kinds[phonenumbers.GetNumberType(n)]}, nil
	}
	switch phonenumbers.IsPossibleNumberWithReason(n) {
	case phonenumbers.TOO_SHORT, phonenumbers.IS_POSSIBLE_LOCAL_ONLY:
		return phonenumber.Number{}, phonenumber.ErrTooShort
	case phonenumbers.TOO_LONG:
		return phonenumber.Number{}, phonenumber.ErrTooLong
	default:
		return phonenumber.Number{}, phonenumber.ErrInvalid
	}
}

// agrees compares the two, save where this package means to differ.
func agrees(t require.TestingT, text, region string) {
	number, err := phonenumber.Parse(text, region)
	if slices.ContainsFunc(fiction, func(prefix string) bool { return strings.HasPrefix(number.E164, prefix) }) {
		return
	}
	want, wantErr := theirs(text, region)
	if errors.Is(wantErr, phonenumber.ErrNotANumber) { // the library's word for one or two digits; here are no letters
		wantErr = phonenumber.ErrTooShort
	}
	require.Equal(t, wantErr, err, "%q in %s: %v", text, region, number)
	require.Equal(t, want, number, "%q in %s", text, region)
}

func TestRegionsAreTheLibrarys(t *testing.T) {
	t.Parallel()
	all := phonenumber.Regions()
	assert.Len(t, all, len(phonenumbers.GetSupportedRegions()))
	assert.True(t, slices.IsSorted(all))
	for region := range phonenumbers.GetSupportedRegions() {
		assert.Contains(t, all, region)
	}
}

// TestExamplesOfEveryKind reads the library's example of each kind in each region, in its three formats.
func TestExamplesOfEveryKind(t *testing.T) {
	t.Parallel()
	seen := map[phonenumber.Kind]int{}
	for _, region := range phonenumber.Regions() {
		for kind := range kinds {
			example := phonenumbers.GetExampleNumberForType(region, kind)
			if example == nil {
				continue
			}
			for _, format := range []phonenumbers.PhoneNumberFormat{
				phonenumbers.E164, phonenumbers.INTERNATIONAL, phonenumbers.RFC3966, phonenumbers.NATIONAL,
			} {
				agrees(t, phonenumbers.Format(example, format), region)
			}
			n, err := phonenumber.Parse(phonenumbers.Format(example, phonenumbers.E164), "")
			if err == nil {
				seen[n.Kind]++
			}
		}
	}
	assert.Len(t, seen, len(kinds), "every kind has an example: %v", seen)
	for code := range phonenumbers.GetSupportedGlobalNetworkCallingCodes() {
		agrees(t, phonenumbers.Format(phonenumbers.GetExampleNumberForNonGeoEntity(code), phonenumbers.INTERNATIONAL), "")
	}
}

// nationalNumber draws digits, many of them close to a number that exists: they begin as an example does.
func nationalNumber(t *rapid.T, region string) string {
	digits := rapid.StringMatching(`[0-9]{17}`).Draw(t, "digits")
	kind := phonenumbers.PhoneNumberType(rapid.IntRange(int(phonenumbers.FIXED_LINE), int(phonenumbers.VOICEMAIL)).Draw(t, "kind"))
	example := phonenumbers.GetExampleNumberForType(region, kind)
	if example == nil || rapid.IntRange(0, 3).Draw(t, "random") == 0 {
		return digits[:rapid.IntRange(1, len(digits)).Draw(t, "length")]
	}
	nsn := phonenumbers.GetNationalSignificantNumber(example)
	kept := rapid.IntRange(0, len(nsn)).Draw(t, "kept")
	return nsn[:kept] + digits[kept:len(nsn)]
}

// TestAgreementOnDigits compares what the two make of digits, after each prefix that somebody may dial.
func TestAgreementOnDigits(t *testing.T) {
	t.Parallel()
	everywhere := phonenumber.Regions()
	rapid.Check(t, func(t *rapid.T) {
		from, to := rapid.SampledFrom(everywhere).Draw(t, "from"), rapid.SampledFrom(everywhere).Draw(t, "to")
		nsn := nationalNumber(t, to)
		code := strconv.Itoa(phonenumbers.GetCountryCodeForRegion(to))
		international := []string{"+" + code + nsn, "+" + code + "0" + nsn, "+" + nsn, "+00" + code + nsn}
		national := []string{nsn, phonenumbers.GetNddPrefixForRegion(to, true) + nsn, "0" + nsn, code + nsn, "00" + code + nsn, "011" + code + nsn}
		for _, text := range international {
			agrees(t, text, from)
			agrees(t, text, "")
		}
		for _, text := range national {
			if !slices.Contains(french, from) {
				agrees(t, text, from)
			}
			if !slices.Contains(french, to) {
				agrees(t, text, to)
			}
		}
	})
}

// TestAgreementOnShortNumbers compares what is refused as a short number with what the library calls one.
func TestAgreementOnShortNumbers(t *testing.T) {
	t.Parallel()
	for _, region := range []string{"FR", "GB", "US", "BE", "CH"} {
		for i := range 4_000 {
			digits := strconv.Itoa(i)
			n, err := phonenumbers.Parse(digits, region)
			if err != nil || !phonenumbers.IsValidShortNumberForRegion(n, region) {
				continue
			}
			_, err = phonenumber.Rules{Home: region}.Check(digits)
			refused(t, err, phonenumber.Emergency, region, fmt.Sprint(digits, " in ", region))
		}
	}
}
