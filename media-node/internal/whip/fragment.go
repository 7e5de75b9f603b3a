package whip

import (
	"errors"
	"strings"
)

var errFragment = errors.New("not an SDP fragment of ICE")

// fragment is what a PATCH says (RFC 8840): new candidates of the browser, or new credentials when it restarts ICE.
// A lite agent has no use for the candidates: it learns addresses from the checks.
type fragment struct {
	ufrag, password, mid string
}

// parseFragment reads a=ice-ufrag and a=ice-pwd, at session level or in the audio section.
func parseFragment(body []byte) (fragment, error) {
	var f fragment
	for text := range strings.SplitSeq(string(body), "\n") {
		text = strings.TrimRight(text, "\r")
		if text == "" {
			continue
		}
		if len(text) < 2 || text[1] != '=' || text[0] != 'a' && text[0] != 'm' && text[0] != 'c' {
			return fragment{}, errFragment
		}
		name, value, _ := strings.Cut(text[2:], ":")
		switch {
		case text[0] != 'a':
		case name == "ice-ufrag":
			f.ufrag = value
		case name == "ice-pwd":
			f.password = value
		case name == "mid":
			f.mid = value
		}
	}
	if !validICE(f.ufrag, 4) || !validICE(f.password, 22) || strings.ContainsAny(f.mid, " \t\x00") {
		return fragment{}, errFragment
	}
	return f, nil
}
