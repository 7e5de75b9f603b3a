// Command generate writes the numbering plans that shared/phonenumber embeds, from the metadata of libphonenumber's Go
// port. The product itself does not link that library: it would be a third of a Lambda.
package main

import (
	"fmt"
	"log"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"

	"github.com/nyaruka/phonenumbers"

	"guichet/shared/phonenumber"
)

const module = "github.com/nyaruka/phonenumbers"

func main() {
	log.SetFlags(0)
	if len(os.Args) != 2 {
		log.Fatal("usage: generate file")
	}
	text, err := generate()
	if err == nil {
		err = os.WriteFile(os.Args[1], []byte(text), 0o644)
	}
	if err != nil {
		log.Fatal(err)
	}
}

// generate gives the whole file. What its lines mean is told where they are read, in shared/phonenumber/plans.go.
func generate() (string, error) {
	version, err := exec.Command("go", "list", "-m", "-f", "{{.Version}}", module).Output()
	if err != nil {
		return "", fmt.Errorf("version of %s: %w", module, err)
	}
	numbers, err := phonenumbers.MetadataCollection()
	if err != nil {
		return "", fmt.Errorf("numbering plans: %w", err)
	}
	shorts, err := phonenumbers.ShortNumberMetadataCollection()
	if err != nil {
		return "", fmt.Errorf("short numbers: %w", err)
	}
	w := &writer{shorts: map[string]*phonenumbers.PhoneMetadata{}}
	w.line("#", "Numbering plans, made by shared/phonenumber/generate from", module, strings.TrimSpace(string(version)))
	w.line("#", "The data is libphonenumber's (https://github.com/google/libphonenumber), Apache License 2.0.")
	for _, s := range shorts.GetMetadata() {
		w.shorts[s.GetId()] = s
	}
	w.emergency()
	for _, m := range mainFirst(numbers.GetMetadata()) {
		w.plan(m)
	}
	return w.String(), nil
}

// mainFirst orders plans by calling code, and those that share one as the library asks them.
func mainFirst(all []*phonenumbers.PhoneMetadata) []*phonenumbers.PhoneMetadata {
	rank := func(m *phonenumbers.PhoneMetadata) int {
		return slices.Index(phonenumbers.GetRegionCodesForCountryCode(int(m.GetCountryCode())), m.GetId())
	}
	return slices.SortedFunc(slices.Values(all), func(a, b *phonenumbers.PhoneMetadata) int {
		if a.GetCountryCode() != b.GetCountryCode() {
			return int(a.GetCountryCode() - b.GetCountryCode())
		}
		return rank(a) - rank(b)
	})
}

type writer struct {
	strings.Builder
	shorts map[string]*phonenumbers.PhoneMetadata // by region
}

func (w *writer) line(words ...string) { w.WriteString(strings.Join(words, " ") + "\n") }

// optional writes a line unless there is nothing to say.
func (w *writer) optional(key, value string) {
	if value != "" {
		w.line(key, value)
	}
}

// emergency writes the emergency numbers of all regions as one pattern.
func (w *writer) emergency() {
	var patterns []string
	for _, s := range w.shorts {
		if desc := s.GetEmergency(); exists(desc) {
			patterns = append(patterns, desc.GetNationalNumberPattern())
		}
	}
	slices.Sort(patterns)
	w.line("emergency", strings.Join(slices.Compact(patterns), "|"))
}

func (w *writer) plan(m *phonenumbers.PhoneMetadata) {
	w.line("\nplan", m.GetId(), strconv.Itoa(int(m.GetCountryCode())))
	w.optional("idd", m.GetInternationalPrefix())
	w.optional("trunk", m.GetNationalPrefixForParsing())
	w.optional("transform", m.GetNationalPrefixTransformRule())
	w.optional("leading", m.GetLeadingDigits())
	w.numbers("general", m.GetGeneralDesc())
	w.optional("local", list(m.GetGeneralDesc().GetPossibleLengthLocalOnly()))
	// The library asks the kinds in this order, and mobiles last, unless they share the ranges of fixed lines.
	w.kind(phonenumber.PremiumRate, m.GetPremiumRate())
	w.kind(phonenumber.TollFree, m.GetTollFree())
	w.kind(phonenumber.SharedCost, m.GetSharedCost())
	w.kind(phonenumber.VoIP, m.GetVoip())
	w.kind(phonenumber.Personal, m.GetPersonalNumber())
	w.kind(phonenumber.Pager, m.GetPager())
	w.kind(phonenumber.UAN, m.GetUan())
	w.kind(phonenumber.Voicemail, m.GetVoicemail())
	w.kind(phonenumber.Fixed, m.GetFixedLine())
	if m.GetSameMobileAndFixedLinePattern() {
		w.line("same-lines")
	} else {
		w.kind(phonenumber.Mobile, m.GetMobile())
	}
	if short := w.shorts[m.GetId()].GetShortCode(); exists(short) {
		w.line("short", short.GetNationalNumberPattern())
	}
}

func (w *writer) kind(kind phonenumber.Kind, desc *phonenumbers.PhoneNumberDesc) {
	if exists(desc) {
		w.numbers(string(kind), desc)
	}
}

func (w *writer) numbers(key string, desc *phonenumbers.PhoneNumberDesc) {
	lengths := list(desc.GetPossibleLength())
	if lengths == "" {
		lengths = "-"
	}
	w.line(key, lengths, desc.GetNationalNumberPattern())
}

// exists tells whether a plan has such numbers: the pattern of those that it has not is NA.
func exists(desc *phonenumbers.PhoneNumberDesc) bool {
	return desc.GetNationalNumberPattern() != "" && desc.GetNationalNumberPattern() != "NA"
}

func list(lengths []int32) string {
	words := make([]string, len(lengths))
	for i, n := range lengths {
		words[i] = strconv.Itoa(int(n))
	}
	return strings.Join(words, ",")
}
