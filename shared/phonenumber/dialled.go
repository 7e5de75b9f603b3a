package phonenumber

import "errors"

// maxDigits is the longest number of ITU-T E.164, calling code included.
const maxDigits = 15

// minNSN is the shortest national number, in digits, that is worth a look.
const minNSN = 2

// dialled is a number as it goes to the plan that reads it: the main one of a calling code, or that of the region where a
// national number is dialled.
type dialled struct {
	plan     *plan
	nsn      string
	national bool // written as in its own region
}

// dialledFrom finds out whose number it is, as libphonenumber does. It fails with ErrTooShort or ErrInvalid.
func (t typed) dialledFrom(region string) (dialled, error) {
	all := plans()
	home := all.byRegion[region]
	d, abroad, err := t.international(home)
	switch {
	case err != nil:
		return dialled{}, err
	case abroad:
	case home == nil || t.plus:
		return dialled{}, ErrInvalid
	default:
		d = home.withoutPlus(t.digits)
	}
	if len(d.nsn) < minNSN {
		return dialled{}, ErrTooShort
	}
	// What would be too short without its trunk prefix is a short code that begins like one.
	if bare := d.plan.withoutTrunk(d.nsn); len(bare) >= minNSN {
		if err := d.plan.checkLength(bare); err == nil || errors.Is(err, ErrTooLong) {
			d.nsn = bare
		}
	}
	return d, nil
}

// international reads a number that begins with a plus sign or with the international prefix of the region; some write
// both.
func (t typed) international(home *plan) (d dialled, abroad bool, err error) {
	if t.plus {
		if len(t.digits) <= minNSN {
			return dialled{}, false, ErrTooShort
		}
		if p, nsn := plans().of(t.digits); p != nil {
			return dialled{plan: p, nsn: nsn}, true, nil
		}
	}
	if home == nil {
		return dialled{}, false, nil
	}
	idd := home.idd().prefix(t.digits)
	if idd == nil {
		return dialled{}, false, nil
	}
	rest := t.digits[idd[0][1]:]
	if rest != "" && rest[0] == '0' { // no calling code begins so
		return dialled{}, false, nil
	}
	if len(rest) <= minNSN {
		return dialled{}, false, ErrTooShort
	}
	p, nsn := plans().of(rest)
	if p == nil {
		return dialled{}, false, ErrInvalid
	}
	return dialled{plan: p, nsn: nsn}, true, nil
}

// withoutPlus reads a national number, unless it makes sense only as one whose plus sign is missing.
func (p *plan) withoutPlus(digits string) dialled {
	if len(digits) > len(p.code) && digits[:len(p.code)] == p.code {
		rest := p.withoutTrunk(digits[len(p.code):])
		valid := p.general.pattern().whole
		if !valid(digits) && valid(rest) || errors.Is(p.checkLength(digits), ErrTooLong) {
			return dialled{plan: plans().byCode[p.code][0], nsn: rest}
		}
	}
	return dialled{plan: p, nsn: digits, national: true}
}

// number looks the number up in the plans that share its calling code. It fails with ErrTooShort, ErrTooLong or
// ErrInvalid.
func (d dialled) number() (Number, error) {
	owner, kind := plans().owner(d.plan.code, d.nsn)
	if d.national {
		owner, kind = overseas(d, owner, kind)
	}
	if owner == nil {
		if n, ok := fictional(d.plan.code, d.nsn); ok {
			return n, nil
		}
		if err := plans().byCode[d.plan.code][0].checkLength(d.nsn); err != nil {
			return Number{}, err
		}
		return Number{}, ErrInvalid
	}
	n := Number{E164: "+" + owner.code + d.nsn, Region: owner.region, Kind: kind}
	if len(n.E164) > len("+")+maxDigits {
		return Number{}, ErrTooLong
	}
	return n, nil
}
