package phonenumber

import "strings"

// fiction are the ranges that regulators keep for films and examples and that libphonenumber does not have. The others
// of the same lists it has: Arcep's 01 99 00, 02 61 91, 03 53 01, 04 65 71 and 05 36 49, most of Ofcom's, North America's
// 555-0100 to 555-0199. Demonstrations and tests use them, so they can be dialled.
//
// Arcep, decision 2018-0881, 2.5.12 (https://www.legifrance.gouv.fr/jorf/id/JORFTEXT000037262971);
// Ofcom (https://www.ofcom.org.uk/phones-and-broadband/phone-numbers/numbers-for-drama).
var fiction = [...]struct {
	code, prefix string
	digits       int // of the national number
	region       string
	kind         Kind
}{
	{"33", "63998", 9, "FR", Mobile},
	{"44", "1154960", 10, "GB", Fixed}, // Nottingham
	{"44", "1632960", 10, "GB", Fixed}, // nowhere
	{"44", "7700900", 10, "GB", Mobile},
}

func fictional(code, nsn string) (Number, bool) {
	for _, f := range fiction {
		if code == f.code && len(nsn) == f.digits && strings.HasPrefix(nsn, f.prefix) {
			return Number{E164: "+" + code + nsn, Region: f.region, Kind: f.kind}, true
		}
	}
	return Number{}, false
}
