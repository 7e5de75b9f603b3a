package stacks

import (
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// operators are the files of shared/store that no function uses: those of an operator's commands, and what stands in for this package where
// nothing is deployed.
var operators = []string{"table.go", "trace.go"}

// partsOf are the permissions that the parts of a transaction need:
// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis-iam.html
var partsOf = map[string]string{
	"types.Put": "dynamodb:PutItem", "types.Update": "dynamodb:UpdateItem", "types.Delete": "dynamodb:DeleteItem",
	"types.ConditionCheck": "dynamodb:ConditionCheckItem",
}

// askedOfTheTable are the permissions without which some part of shared/store is refused. DynamoDB Local refuses nothing, so that only AWS
// would tell.
func askedOfTheTable(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob("../../shared/store/*.go")
	require.NoError(t, err)
	asked := map[string]bool{}
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") || slices.Contains(operators, filepath.Base(file)) {
			continue
		}
		source, err := os.ReadFile(file)
		require.NoError(t, err)
		for _, call := range regexp.MustCompile(`client\.([A-Z]\w+)\(`).FindAllStringSubmatch(string(source), -1) {
			if call[1] != "TransactWriteItems" { // needs what its parts need
				asked["dynamodb:"+call[1]] = true
			}
		}
		for part, action := range partsOf {
			if strings.Contains(string(source), part+"{") {
				asked[action] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(asked))
}

func TestFunctionsMayDoWhatTheStoreAsksFor(t *testing.T) {
	t.Parallel()
	allowed := map[string][]string{}
	for _, s := range allowedTo(t) {
		for _, action := range s.actions {
			if strings.HasPrefix(action, "dynamodb:") && !strings.Contains(action, "Stream") && !slices.Contains(ofStreams, action) {
				allowed[s.policy] = append(allowed[s.policy], action)
			}
		}
	}
	asked := askedOfTheTable(t)
	require.Contains(t, asked, "dynamodb:Query")
	require.Contains(t, asked, "dynamodb:ConditionCheckItem")
	for _, name := range []string{"agentapi", "channelhook", "mediahook", "realtime", "stream", "voice", "workflow"} {
		assert.ElementsMatch(t, asked, allowed[name], "%s: all of it, and no more", name)
	}
}

// ofStreams are the permissions of a stream's reader.
var ofStreams = []string{"dynamodb:GetRecords", "dynamodb:GetShardIterator"}

// allowedTo are the functions' statements, by the function's name.
func allowedTo(t *testing.T) []statement {
	t.Helper()
	var all []statement
	for _, s := range allowed(t) {
		if name, _, isFunction := strings.Cut(s.policy, "roleDefaultPolicy"); isFunction {
			s.policy = name
			all = append(all, s)
		}
	}
	return all
}

// A desk that was given up is cut off by who hears it. Its method is another than that of a push.
func TestWhoEndsConnections(t *testing.T) {
	t.Parallel()
	source, err := os.ReadFile("../../shared/push/push.go")
	require.NoError(t, err)
	require.Contains(t, string(source), "client.DeleteConnection(")
	methods := map[string][]string{}
	for _, s := range allowedTo(t) {
		for _, resource := range s.resources {
			if found := regexp.MustCompile(`/realtime/([A-Z]+)/@connections/`).FindStringSubmatch(resource); found != nil {
				methods[s.policy] = append(methods[s.policy], found[1])
			}
		}
	}
	for name := range functions(t) {
		want := []string{"POST"}
		switch name {
		case "realtime":
			want = []string{"DELETE", "POST"}
		case "reportapi":
			want = nil
		}
		assert.ElementsMatch(t, want, methods[name], name)
	}
}
