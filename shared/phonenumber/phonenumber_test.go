package phonenumber_test

import (
	"errors"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/shared/phonenumber"
)

func TestParse(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		text, from, e164, region string
		kind                     phonenumber.Kind
	}{
		{"06 12 34 56 78", "FR", "+33612345678", "FR", phonenumber.Mobile},
		{"06.12.34.56.78", "FR", "+33612345678", "FR", phonenumber.Mobile},
		{"06-12-34-56-78", "FR", "+33612345678", "FR", phonenumber.Mobile},
		{"06/12/34/56/78", "FR", "+33612345678", "FR", phonenumber.Mobile},
		{"+33 (0)6 12 34 56 78", "FR", "+33612345678", "FR", phonenumber.Mobile},
		{"+33 (0)6 12 34 56 78", "", "+33612345678", "FR", phonenumber.Mobile},
		{"(+33) 6 12 34 56 78", "GB", "+33612345678", "FR", phonenumber.Mobile},
		{"0033612345678", "FR", "+33612345678", "FR", phonenumber.Mobile},
		{"0033 06 12 34 56 78", "FR", "+33612345678", "FR", phonenumber.Mobile},
		{"+0033 6 12 34 56 78", "FR", "+33612345678", "FR", phonenumber.Mobile},
		{"33 6 12 34 56 78", "FR", "+33612345678", "FR", phonenumber.Mobile},
		{"612345678", "FR", "+33612345678", "FR", phonenumber.Mobile},
		{"tel:+33-6-12-34-56-78", "FR", "+33612345678", "FR", phonenumber.Mobile},
		{"TEL:0612345678", "FR", "+33612345678", "FR", phonenumber.Mobile},
		{"\u202a+33 6 12 34 56 78\u202c", "FR", "+33612345678", "FR", phonenumber.Mobile}, // from an address book
		{"06\u00a012\u202f34\u00a056\t78\n", "FR", "+33612345678", "FR", phonenumber.Mobile},
		{"＋３３ ６ １２ ３４ ５６ ７８", "FR", "+33612345678", "FR", phonenumber.Mobile},
		{"٠٦١٢٣٤٥٦٧٨", "FR", "+33612345678", "FR", phonenumber.Mobile},
		{"01 42 68 53 00", "FR", "+33142685300", "FR", phonenumber.Fixed},
		{"09 72 10 10 10", "FR", "+33972101010", "FR", phonenumber.VoIP},
		{"0805 80 58 05", "FR", "+33805805805", "FR", phonenumber.TollFree},
		{"0892 70 50 50", "FR", "+33892705050", "FR", phonenumber.PremiumRate},
		{"0820 12 34 56", "FR", "+33820123456", "FR", phonenumber.SharedCost},
		{"020 7946 0000", "GB", "+442079460000", "GB", phonenumber.Fixed},
		{"+44 (0)20 7946 0000", "FR", "+442079460000", "GB", phonenumber.Fixed},
		{"07400 123456", "GB", "+447400123456", "GB", phonenumber.Mobile},
		{"070 1234 5678", "GB", "+447012345678", "GB", phonenumber.Personal},
		{"+44 7624 212345", "GB", "+447624212345", "IM", phonenumber.Mobile},
		{"(212) 555-0100", "US", "+12125550100", "US", phonenumber.FixedOrMobile},
		{"1 (212) 555-0100", "US", "+12125550100", "US", phonenumber.FixedOrMobile},
		{"416-555-0100", "US", "+14165550100", "CA", phonenumber.FixedOrMobile},
		{"011 32 2 200 00 00", "US", "+3222000000", "BE", phonenumber.Fixed},
		{"02/200.00.00", "BE", "+3222000000", "BE", phonenumber.Fixed},
		{"+32 (0)470 12 34 56", "BE", "+32470123456", "BE", phonenumber.Mobile},
		{"044 668 18 00", "CH", "+41446681800", "CH", phonenumber.Fixed},
		{"+41 (0)79 123 45 67", "FR", "+41791234567", "CH", phonenumber.Mobile},
		{"06 6982 1234", "IT", "+390669821234", "VA", phonenumber.Fixed}, // an Italian 0 belongs to the number
		{"030 123456", "DE", "+4930123456", "DE", phonenumber.Fixed},
	} {
		n, err := phonenumber.Parse(tc.text, tc.from)
		require.NoError(t, err, "%q in %s", tc.text, tc.from)
		assert.Equal(t, phonenumber.Number{E164: tc.e164, Region: tc.region, Kind: tc.kind}, n, "%q in %s", tc.text, tc.from)
	}
}

func TestParseRefuses(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]error{
		"":                              phonenumber.ErrNotANumber,
		" () ":                          phonenumber.ErrNotANumber,
		"tel:":                          phonenumber.ErrNotANumber,
		"1-800-FLOWERS":                 phonenumber.ErrNotANumber,
		"01 42 68 53 00 poste 12":       phonenumber.ErrNotANumber,
		"tel:+33142685300;ext=12":       phonenumber.ErrNotANumber,
		"06 12 34 56 78 / 06 12+":       phonenumber.ErrNotANumber,
		"*21*0612345678":                phonenumber.ErrNotANumber,
		"06\x0012345678":                phonenumber.ErrNotANumber,
		"06 12 34 \xff":                 phonenumber.ErrNotANumber,
		"7":                             phonenumber.ErrTooShort,
		"06 12":                         phonenumber.ErrTooShort,
		"+33 6 12 34 56":                phonenumber.ErrTooShort,
		"00 33":                         phonenumber.ErrTooShort,
		"06 12 34 56 78 06 12 34 56 78": phonenumber.ErrTooLong,
		strings.Repeat("0 ", 200):       phonenumber.ErrTooLong,
		"+999 12 34 56 78":              phonenumber.ErrInvalid,
		"00 999 12 34 56 78":            phonenumber.ErrInvalid,
		"+0 6 12 34 56 78":              phonenumber.ErrInvalid,
		"07 00 00 00 00":                phonenumber.ErrInvalid,
		"+62 001 803 012 345 678 90":    phonenumber.ErrTooLong, // one of Indonesia's plan, but 19 digits are no E.164
	} {
		n, err := phonenumber.Parse(text, "FR")
		require.ErrorIs(t, err, want, "%q is %v", text, n)
	}
	_, err := phonenumber.Parse("7946 0000", "GB")
	require.ErrorIs(t, err, phonenumber.ErrTooShort, "dialled in London it lacks nothing, in the world the 20")
	_, err = phonenumber.Parse("06 12 34 56 78", "ZZ")
	require.ErrorIs(t, err, phonenumber.ErrInvalid, "nobody knows where it is dialled")
}

// TestNumbersKeptForFiction: the demonstration centre and its callers have them.
func TestNumbersKeptForFiction(t *testing.T) {
	t.Parallel()
	for text, kind := range map[string]phonenumber.Kind{
		"+33 1 99 00 10 00": phonenumber.Fixed, "+33 2 61 91 00 00": phonenumber.Fixed, "+33 3 53 01 99 99": phonenumber.Fixed,
		"+33 4 65 71 00 00": phonenumber.Fixed, "+33 5 36 49 00 00": phonenumber.Fixed, "+33 6 39 98 00 42": phonenumber.Mobile,
		"+44 113 496 0000": phonenumber.Fixed, "+44 114 496 0000": phonenumber.Fixed, "+44 115 496 0999": phonenumber.Fixed,
		"+44 116 496 0000": phonenumber.Fixed, "+44 117 496 0000": phonenumber.Fixed, "+44 118 496 0000": phonenumber.Fixed,
		"+44 121 496 0000": phonenumber.Fixed, "+44 131 496 0000": phonenumber.Fixed, "+44 141 496 0000": phonenumber.Fixed,
		"+44 151 496 0000": phonenumber.Fixed, "+44 161 496 0000": phonenumber.Fixed, "+44 191 498 0000": phonenumber.Fixed,
		"+44 20 7946 0999": phonenumber.Fixed, "+44 28 9018 0000": phonenumber.Fixed, "+44 29 2018 0000": phonenumber.Fixed,
		"+44 1632 960000": phonenumber.Fixed, "+44 7700 900999": phonenumber.Mobile, "+44 8081 570000": phonenumber.TollFree,
		"+44 3069 990000": phonenumber.UAN, "+44 9098 790000": phonenumber.PremiumRate,
		"+1 212 555 0100": phonenumber.FixedOrMobile, "+1 800 555 0199": phonenumber.TollFree,
	} {
		n, err := phonenumber.Parse(text, "")
		require.NoError(t, err, text)
		assert.Equal(t, kind, n.Kind, text)
		assert.Equal(t, strings.ReplaceAll(text, " ", ""), n.E164)
	}
	n, err := phonenumber.Parse("06 39 98 00 42", "FR")
	require.NoError(t, err)
	assert.Equal(t, "+33639980042", n.E164, "and not one of Mayotte's")
	_, err = phonenumber.Parse("+44 1632 961000", "")
	require.ErrorIs(t, err, phonenumber.ErrInvalid, "next to the range")
}

// TestNumbersOfFranceOverseas: one national plan, several calling codes.
func TestNumbersOfFranceOverseas(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][3]string{ // what FR, RE and MQ make of it
		"0692 12 34 56":  {"+262692123456", "+262692123456", "+262692123456"},
		"0262 16 12 34":  {"+262262161234", "+262262161234", "+262262161234"},
		"0263 10 12 34":  {"+262263101234", "+262263101234", "+262263101234"},
		"0269 60 12 34":  {"+262269601234", "+262269601234", "+262269601234"},
		"0639 01 23 45":  {"+262639012345", "+262639012345", "+262639012345"},
		"0590 20 12 34":  {"+590590201234", "+590590201234", "+590590201234"},
		"0690 00 12 34":  {"+590690001234", "+590690001234", "+590690001234"},
		"0594 10 12 34":  {"+594594101234", "+594594101234", "+594594101234"},
		"0694 20 12 34":  {"+594694201234", "+594694201234", "+594694201234"},
		"0596 30 12 34":  {"+596596301234", "+596596301234", "+596596301234"},
		"0696 20 12 34":  {"+596696201234", "+596696201234", "+596696201234"},
		"01 42 68 53 00": {"+33142685300", "+33142685300", "+33142685300"},
		"06 12 34 56 78": {"+33612345678", "+33612345678", "+33612345678"},
		"0800 01 23 45":  {"+33800012345", "+262800012345", "+596800012345"}, // the same digits are several numbers
		"0809 40 00 00":  {"+33809400000", "+262809400000", "+596809400000"},
	} {
		for i, from := range []string{"FR", "RE", "MQ"} {
			n, err := phonenumber.Parse(text, from)
			require.NoError(t, err, "%s in %s", text, from)
			assert.Equal(t, want[i], n.E164, "%s in %s", text, from)
		}
	}
	_, err := phonenumber.Parse("0692 12 34 56", "BE")
	require.Error(t, err)
	_, err = phonenumber.Parse("+33 692 12 34 56", "FR")
	require.ErrorIs(t, err, phonenumber.ErrInvalid, "who writes a calling code means it")
}

func FuzzParse(f *testing.F) {
	for _, text := range []string{"+33 (0)6 12 34 56 78", "tel:0033612345678", "3639", "+1 (212) 555-0100", "+0033 1", "\u202a15\u202c", "+979123456789"} {
		f.Add(text, "FR")
	}
	f.Add("0 343 15 555 1212", "AR")
	e164 := regexp.MustCompile(`^\+[1-9][0-9]{4,14}$`)
	f.Fuzz(func(t *testing.T, text, region string) {
		n, err := phonenumber.Parse(text, region)
		if err != nil {
			known := errors.Is(err, phonenumber.ErrNotANumber) || errors.Is(err, phonenumber.ErrTooShort) ||
				errors.Is(err, phonenumber.ErrTooLong) || errors.Is(err, phonenumber.ErrInvalid)
			require.True(t, known, "%v", err)
			require.Zero(t, n)
		} else {
			require.Regexp(t, e164, n.E164)
			again, err := phonenumber.Parse(n.E164, region)
			require.NoError(t, err)
			require.Equal(t, n, again, "a number that was read is read again")
		}
		dialled, err := phonenumber.Rules{Home: region}.Check(text)
		var refused *phonenumber.Error
		require.True(t, (err == nil) == (dialled != "") && (err == nil || errors.As(err, &refused)))
		require.True(t, dialled == "" || dialled == n.E164)
	})
}
