package center

import "regexp"

var e164 = regexp.MustCompile(`^\+[1-9][0-9]{6,14}$`)

// E164 tells whether a text has the form of a telephone number that can be called (ITU-T E.164). Short codes, names of senders and what
// providers write for withheld numbers do not.
func E164(text string) bool { return e164.MatchString(text) }
