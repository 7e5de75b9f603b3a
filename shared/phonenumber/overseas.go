package phonenumber

import "slices"

// french are the calling codes that share France's national numbers: 06 92 12 34 56 rings in La Réunion wherever in
// France it is dialled, but is +262 692 12 34 56 to the world (Arcep, decision 2018-0881, national numbering plan,
// https://www.legifrance.gouv.fr/jorf/id/JORFTEXT000037262971). The mainland's ranges are the widest, so they come last.
var french = []string{"262", "590", "594", "596", mainland}

const mainland = "33"

// overseas finds the part of France that a national number belongs to. libphonenumber takes it for one of the region
// where it is dialled, and thus calls some numbers of Martinique, Mayotte and La Réunion valid ones of the mainland.
func overseas(d dialled, owner *plan, kind Kind) (*plan, Kind) {
	if !slices.Contains(french, d.plan.code) {
		return owner, kind
	}
	if owner != nil && (kind != Fixed || owner.code != mainland) {
		return owner, kind
	}
	for _, code := range french {
		if p, k := plans().owner(code, d.nsn); k == Fixed || k == Mobile {
			return p, k
		}
	}
	return owner, kind
}
