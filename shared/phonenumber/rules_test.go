package phonenumber_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/shared/phonenumber"
)

func refused(t *testing.T, err error, reason phonenumber.Reason, region, about string) {
	t.Helper()
	var e *phonenumber.Error
	require.ErrorAs(t, err, &e, about)
	assert.Equal(t, reason, e.Reason, about)
	assert.Equal(t, region, e.Region, about)
	assert.NotRegexp(t, `\d`, e.Error(), "the text can be logged")
}

func TestCheck(t *testing.T) {
	t.Parallel()
	type row struct{ text, e164 string }
	for home, rows := range map[string][]row{
		"FR": {
			{"06 12 34 56 78", "+33612345678"}, {"01 99 00 10 00", "+33199001000"}, {"06 39 98 00 42", "+33639980042"},
			{"0800 12 34 56", "+33800123456"}, {"0809 40 00 00", "+33809400000"}, {"09 69 36 39 00", "+33969363900"},
			{"+44 20 7946 0000", "+442079460000"}, {"00 1 212 555 0100", "+12125550100"}, {"+352 27 12 34 56", "+35227123456"},
			{"+800 1234 5678", "+80012345678"}, // free in all countries
		},
		"GB": {{"020 7946 0000", "+442079460000"}, {"07700 900461", "+447700900461"}, {"0300 123 1100", "+443001231100"}, {"0800 1111", "+448001111"}},
		"US": {{"(212) 555-0100", "+12125550100"}, {"1-800-555-0199", "+18005550199"}, {"011 33 1 99 00 10 00", "+33199001000"}},
		"BE": {{"02 200 00 00", "+3222000000"}, {"0470 12 34 56", "+32470123456"}, {"078 15 12 34", "+3278151234"}},
		"CH": {{"044 668 18 00", "+41446681800"}, {"079 123 45 67", "+41791234567"}, {"0800 123 456", "+41800123456"}},
	} {
		for _, r := range rows {
			e164, err := phonenumber.Rules{Home: home}.Check(r.text)
			require.NoError(t, err, "%s in %s", r.text, home)
			assert.Equal(t, r.e164, e164, "%s in %s", r.text, home)
		}
	}
}

func TestRefused(t *testing.T) {
	t.Parallel()
	type row struct {
		text   string
		reason phonenumber.Reason
		region string
	}
	for home, rows := range map[string][]row{
		"FR": {
			{"", phonenumber.NotANumber, ""}, {"accueil", phonenumber.NotANumber, ""}, {"#31#0612345678", phonenumber.NotANumber, ""},
			{"06 12 34 56", phonenumber.TooShort, "FR"}, {"6", phonenumber.TooShort, ""}, {"+33", phonenumber.TooShort, ""},
			{"06 12 34 56 78 9", phonenumber.TooLong, "FR"},
			{"00 00 00 00 00", phonenumber.Invalid, "FR"}, {"+44 1 234", phonenumber.TooShort, "GB"}, {"+999 123456", phonenumber.Invalid, ""},
			{"15", phonenumber.Emergency, "FR"}, {"17", phonenumber.Emergency, "FR"}, {"112", phonenumber.Emergency, "FR"},
			{"911", phonenumber.Emergency, "FR"}, {"999", phonenumber.Emergency, "FR"}, {"114", phonenumber.Emergency, "FR"},
			{"3639", phonenumber.Emergency, "FR"}, {"36 46", phonenumber.Emergency, "FR"}, {"118 712", phonenumber.Emergency, "FR"},
			{"3114", phonenumber.Emergency, "FR"}, {"116 000", phonenumber.Emergency, "FR"}, {"+33 3639", phonenumber.Emergency, "FR"},
			{"+44 999", phonenumber.Emergency, "GB"}, {"0899 12 34 56", phonenumber.Premium, "FR"}, {"0891 12 34 56", phonenumber.Premium, "FR"},
			{"0825 12 34 56", phonenumber.Premium, "FR"}, {"0810 12 34 56", phonenumber.Premium, "FR"},
			{"+44 9098 790000", phonenumber.Premium, "GB"}, {"+1 900 555 1234", phonenumber.Premium, "US"},
			{"+881 612 345 678", phonenumber.Premium, phonenumber.World}, {"+870 773 001 234", phonenumber.Premium, phonenumber.World},
			{"+979 123 456 789", phonenumber.Premium, phonenumber.World}, {"+882 16 12345678", phonenumber.Premium, phonenumber.World},
			{"+883 5100 12345", phonenumber.Premium, phonenumber.World}, {"+808 1234 5678", phonenumber.Premium, phonenumber.World},
			{"+878 10 1234567890", phonenumber.Premium, phonenumber.World},
		},
		"GB": {
			{"999", phonenumber.Emergency, "GB"}, {"101", phonenumber.Emergency, "GB"}, {"111", phonenumber.Emergency, "GB"},
			{"118 118", phonenumber.Emergency, "GB"}, {"0845 123 4567", phonenumber.Premium, "GB"}, {"0871 123 4567", phonenumber.Premium, "GB"},
		},
		"US": {{"911", phonenumber.Emergency, "US"}, {"988", phonenumber.Emergency, "US"}, {"411", phonenumber.Emergency, "US"}, {"+1 911", phonenumber.Emergency, "US"}, {"555-0100", phonenumber.TooShort, "US"}, {"1 900 555 1234", phonenumber.Premium, "US"}},
		"BE": {{"112", phonenumber.Emergency, "BE"}, {"1307", phonenumber.Emergency, "BE"}, {"0900 12 345", phonenumber.Premium, "BE"}, {"070 22 12 34", phonenumber.Premium, "BE"}},
		"CH": {{"144", phonenumber.Emergency, "CH"}, {"117", phonenumber.Emergency, "CH"}, {"1811", phonenumber.Emergency, "CH"}, {"0901 123 456", phonenumber.Premium, "CH"}, {"0848 123 456", phonenumber.Premium, "CH"}},
		"":   {{"112", phonenumber.Emergency, ""}, {"06 12 34 56 78", phonenumber.Invalid, ""}},
	} {
		for _, r := range rows {
			e164, err := phonenumber.Rules{Home: home}.Check(r.text)
			refused(t, err, r.reason, r.region, r.text+" in "+home+" is "+e164)
		}
	}
}

func TestAllowedRegions(t *testing.T) {
	t.Parallel()
	rules := phonenumber.Rules{Home: "FR", Regions: []string{"FR", "BE", "GB"}}
	for _, text := range []string{"06 12 34 56 78", "+32 470 12 34 56", "+44 20 7946 0000"} {
		_, err := rules.Check(text)
		require.NoError(t, err, text)
	}
	for text, region := range map[string]string{
		"+41 44 668 18 00": "CH", "+1 212 555 0100": "US", "+1 416 555 0100": "CA", "06 92 12 34 56": "RE",
		"+44 1481 256789": "GG", // shares the British calling code, and not its prices
		"+800 1234 5678":  phonenumber.World,
	} {
		_, err := rules.Check(text)
		refused(t, err, phonenumber.NotAllowed, region, text)
	}
	_, err := rules.Check("+1 900 555 1234")
	refused(t, err, phonenumber.Premium, "US", "what no setting allows is said first")
	rules.Regions = append(rules.Regions, phonenumber.World)
	_, err = rules.Check("+800 1234 5678")
	require.NoError(t, err)
}

func TestTheCauseIsKept(t *testing.T) {
	t.Parallel()
	_, err := phonenumber.Rules{Home: "FR"}.Check("06 12")
	require.ErrorIs(t, err, phonenumber.ErrTooShort)
}
