package store

import (
	"flag"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "write the table in docs/privacy.md")

// kind is a kind of record: whose it tells of, how long it is kept, and what becomes of it when its customer is erased.
type kind struct {
	keys   []string // their names in keys.go
	what   string
	whose  whose
	kept   string
	erased string // of a customer's alone
	record any    // has a ttl or has none; nil when it is no struct
	ttl    bool
}

type whose string

const (
	customers whose = "customers"
	both      whose = "customers, agents"
	staff     whose = "agents"
	nobody    whose = "nobody"
)

// A new kind of record is entered here, and, if it tells of customers, in Traces and in shared/privacy.
var kinds = []kind{
	{
		[]string{"contactSort", "contactPartition"}, "calls", both, "400 days after their end",
		"number, name, conversation and the provider's id are taken out; the call stays for the figures, and one that was still to be made is called off",
		contactRecord{}, true,
	},
	{
		[]string{"agentLogPrefix", "queueLogPrefix", "agentLogPartition", "queueLogPartition"}, "the contact log, which figures are counted anew from", both, "400 days",
		"number and name are taken out; a conversation's lines get another id", lineRecord{}, true,
	},
	{[]string{"chatSort", "chatPartition"}, "conversations, and who the customer is", both, "400 days after the last message", "removed", chatRecord{}, true},
	{
		[]string{"optOutSort", "optOutPartition"}, "that a customer wants no more messages, by the conversation's id", customers, "until they want some again",
		"nothing: without it they would be written to again", optOutRecord{}, false,
	},
	{[]string{"messageSortPrefix"}, "their messages; the files are in S3, under `files/`", both, "400 days each", "removed, and the files", messageRecord{}, true},
	{[]string{"seenSortPrefix"}, "when a message was first seen", customers, "7 days", "removed", seenRecord{}, true},
	{[]string{"lineSortPrefix", "doneSortPrefix", "lineSort", "doneSort"}, "lists of conversations, by their ids", customers, "with the conversation", "removed", listRecord{}, true},
	{
		[]string{"openSortPrefix", "inSortPrefix"}, "how conversations and agents stand in a queue, by their ids", both, "2 days after they have left it",
		"the conversation's is removed", stateRecord{}, true,
	},
	{
		[]string{"claimSort", "claimPartition"}, "numbers that are being called, so that nobody is called twice at once", customers, "400 days after the call", "removed",
		claimRecord{}, true,
	},
	{
		[]string{"voicemailPrefix", "voicemailPartition"}, "messages left by telephone; the sound is in S3, under `voicemail/`", customers,
		"as the centre's settings say (30 days), or until somebody deletes them", "removed, and the sound", voicemailRecord{}, true,
	},
	{[]string{"setAsidePartition"}, "what a provider sent and nobody understood", customers, "30 days", "removed, if it names them", setAsideRecord{}, true},
	{[]string{"fileSort", "filePartition"}, "files that were announced and are not yet in a message", both, "1 day", "nothing: it expires", fileRecord{}, true},
	{[]string{"visitorPartition"}, "open pages of the widget, by the conversation's id", customers, "while they are open", "nothing: it goes with the page", visitorRecord{}, false},
	{
		[]string{"limitPartition"}, "how often a visitor, or a hashed address, has done something lately", customers, "1 hour at most", "nothing: it expires",
		nil, true,
	},
	{[]string{"agentPartition", "readySort"}, "agents and what they do now", staff, "while they are in the centre's file", "", agentRecord{}, false},
	{[]string{"connectionPartition"}, "open desks", staff, "while they are open", "", connectionRecord{}, false},
	{[]string{"agentDaysPartition"}, "sums of agents' days", staff, "400 days", "", nil, true},
	{[]string{"recordingPartition"}, "recorded messages, in the agent's voice; the sound is in S3, under `recordings/`", staff, "until they delete them", "", recordingRecord{}, false},
	{[]string{"cannedSortPrefix", "shortcutSortPrefix", "cannedPartition"}, "canned messages", staff, "until they delete them", "", cannedRecord{}, false},
	{
		[]string{"configPartition", "settingsSort", "queueSortPrefix", "numberSortPrefix", "inboxSortPrefix", "widgetSortPrefix", "lineNumberPrefix"},
		"the configuration, with agents' own lines", staff, "as the centre's file says", "", configRecord{}, false,
	},
	{[]string{"waitSortPrefix", "laterSortPrefix", "queuePartition", "waitSort", "laterSort", "placeSort"}, "places in line, by the call's id", nobody, "while it waits", "", nil, true},
	{[]string{"paceSort"}, "how fast a queue is served", nobody, "for good", "", paceRecord{}, false},
	{[]string{"countPartition", "countSort"}, "counts by queue and hour", nobody, "400 days", "", nil, true},
	{[]string{"ticketSort", "ticketPartition"}, "tickets that have been used", nobody, "1 minute", "", nil, true},
	{[]string{"tagPartition", "tagSortPrefix"}, "tags that conversations have had", nobody, "800 days after the last use", "", tagRecord{}, true},
}

// TestEveryKindOfRecordIsClassified reads the names of keys.go: a record that nobody has thought about fails it.
func TestEveryKindOfRecordIsClassified(t *testing.T) {
	t.Parallel()
	var classified []string
	for _, k := range kinds {
		classified = append(classified, k.keys...)
		if k.whose == customers || k.whose == both {
			assert.NotEmpty(t, k.erased, k.what)
		}
	}
	slices.Sort(classified)
	assert.Equal(t, slices.Compact(slices.Clone(classified)), classified, "twice")
	assert.ElementsMatch(t, keyNames(t), classified)
}

// keyNames are the constants and functions of keys.go that make keys.
func keyNames(t *testing.T) []string {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "keys.go", nil, 0)
	require.NoError(t, err)
	var names []string
	add := func(name string) {
		for _, end := range []string{"Partition", "Sort", "Prefix"} {
			if strings.HasSuffix(name, end) && !ast.IsExported(name) {
				names = append(names, name)
			}
		}
	}
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ValueSpec:
			for _, name := range n.Names {
				add(name.Name)
			}
		case *ast.FuncDecl:
			add(n.Name.Name)
			return false
		}
		return true
	})
	require.Greater(t, len(names), 30)
	return names
}

func TestWhatExpiresHasATimeToLive(t *testing.T) {
	t.Parallel()
	for _, k := range kinds {
		if k.record == nil {
			continue
		}
		found := false
		for field := range reflect.TypeOf(k.record).Fields() {
			found = found || strings.HasPrefix(field.Tag.Get("dynamodbav"), TTLAttribute)
		}
		assert.Equal(t, k.ttl, found, k.what)
	}
}

// go test ./shared/store -run TestPrivacyPage -update
func TestPrivacyPage(t *testing.T) {
	t.Parallel()
	const page, begin, end = "../../docs/privacy.md", "<!-- the table of shared/store/kinds_test.go -->\n", "<!-- its end -->\n"
	text, err := os.ReadFile(page)
	require.NoError(t, err)
	before, rest, ok := strings.Cut(string(text), begin)
	require.True(t, ok)
	_, after, ok := strings.Cut(rest, end)
	require.True(t, ok)
	want := before + begin + kindsTable() + end + after
	if *update {
		require.NoError(t, os.WriteFile(page, []byte(want), 0o600))
		return
	}
	assert.Equal(t, want, string(text), "run this test with -update")
}

func kindsTable() string {
	var b strings.Builder
	b.WriteString("| what | tells of | kept | when the customer is erased |\n| --- | --- | --- | --- |\n")
	for _, k := range kinds {
		erased := k.erased
		if erased == "" {
			erased = "–"
		}
		fmt.Fprintf(&b, "| %s | %s | %s | %s |\n", k.what, k.whose, k.kept, erased)
	}
	return b.String()
}
