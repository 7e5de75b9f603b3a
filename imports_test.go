package guichet_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// rule forbids imports to the files under a folder. Paths end with "/..." to mean everything below them too.
type rule struct {
	in     []string // folders; empty means everywhere
	except []string // folders in them that may
	not    []string // what may not be imported
	only   []string // or: what alone may be imported beside the standard library
	reason string
}

var rules = []rule{
	{
		in: []string{"shared/center/...", "shared/mediaapi/..."}, only: []string{},
		reason: "the domain and the nodes' contract outlive every library",
	},
	{
		in: []string{"shared/routing/...", "shared/metrics/..."}, only: []string{"guichet/shared/center"},
		reason: "rules are pure functions over the domain",
	},
	{
		in: []string{"shared/measure", "shared/logline"}, only: []string{},
		reason: "they are in every Lambda, whose size is counted",
	},
	{
		in: []string{"shared/phonenumber"}, only: []string{},
		reason: "it is in Lambdas whose size is counted: what the library knows is in its data file",
	},
	{
		except: []string{"shared/phonenumber/generate", "infra/local/..."},
		not:    []string{"github.com/nyaruka/phonenumbers", "guichet/shared/phonenumber/generate"},
		reason: "it is a third of a Lambda: shared/phonenumber has what is needed of it",
	},
	{
		except: []string{"shared/config", "infra/..."},
		not:    []string{"guichet/shared/config", "github.com/goccy/go-yaml/..."},
		reason: "the centre's file is read where a centre is deployed or run, not in its functions",
	},
	{
		except: []string{"infra/operate"},
		not: []string{
			"github.com/aws/aws-sdk-go-v2/service/cognitoidentityprovider/...", "github.com/aws/aws-sdk-go-v2/service/cloudformation/...",
			"github.com/aws/aws-sdk-go-v2/config",
		},
		reason: "people and stacks are an operator's matter; functions find nothing out about their account",
	},
	{
		except: []string{"shared/store/...", "infra/local/streams/...", "infra/local/center/..."},
		not:    []string{"github.com/aws/aws-sdk-go-v2/service/dynamodb/types", "github.com/aws/aws-sdk-go-v2/feature/dynamodb/..."},
		reason: "shared/store is the only package that speaks DynamoDB: every access pattern is a method there",
	},
	{
		except: []string{"shared/store/...", "functions/internal/boot/...", "infra/local/...", "infra/operate"},
		not:    []string{"github.com/aws/aws-sdk-go-v2/service/dynamodb"},
		reason: "a client of DynamoDB is made where things are wired together, and used in shared/store",
	},
	{
		except: []string{"shared/push/...", "functions/internal/boot/...", "infra/local/..."},
		not:    []string{"github.com/aws/aws-sdk-go-v2/service/apigatewaymanagementapi/..."},
		reason: "shared/push wraps the connections' API",
	},
	{
		except: []string{"shared/timers/...", "functions/internal/boot/...", "infra/local/..."},
		not:    []string{"github.com/aws/aws-sdk-go-v2/service/sfn/..."},
		reason: "shared/timers wraps Step Functions",
	},
	{
		except: []string{"shared/objects/...", "infra/local/objects/..."},
		not:    []string{"github.com/aws/aws-sdk-go-v2/service/s3/...", "github.com/aws/aws-sdk-go-v2/aws/signer/..."},
		reason: "shared/objects wraps S3",
	},
	{
		except: []string{"shared/telephony/...", "shared/channel/sms/..."},
		not:    []string{"github.com/twilio/twilio-go/..."},
		reason: "Twilio is one provider: its words stay in the packages that translate them",
	},
	{
		in:     []string{"shared/channel/..."},
		not:    []string{"guichet/shared/channel/*"},
		reason: "no channel knows another: what some have in common is in shared/channel/internal",
	},
	{
		except: []string{"shared/channels"},
		not:    []string{"guichet/shared/channel/sms", "guichet/shared/channel/messenger", "guichet/shared/channel/instagram"},
		reason: "a provider is known in one list only",
	},
	{
		in: []string{"functions/..."}, except: []string{"functions/internal/boot/...", "functions/*/lambda"},
		not:    []string{"github.com/aws/aws-sdk-go-v2/...", "github.com/aws/aws-lambda-go/lambda/..."},
		reason: "functions are plain handlers: only their bootstraps and the one-machine runner wire them to services",
	},
	{
		in:     []string{"functions/agentapi", "functions/channelhook", "functions/voice", "functions/mediahook", "functions/workflow"},
		not:    []string{"github.com/aws/aws-lambda-go/..."},
		reason: "HTTP functions are http.Handlers, and a workflow task is JSON: no event type of Lambda's",
	},
	{
		in:     []string{"media-node/..."},
		not:    []string{"guichet/shared/center/...", "guichet/shared/store/...", "guichet/shared/dispatch/...", "guichet/functions/..."},
		reason: "a media node knows tickets and events, not agents and queues",
	},
	{
		except: []string{"infra", "infra/stacks/..."},
		not:    []string{"github.com/aws/aws-cdk-go/...", "github.com/aws/jsii-runtime-go/...", "github.com/aws/constructs-go/..."},
		reason: "the CDK takes a minute to compile, which nothing else should wait for",
	},
	{
		in:     []string{"shared/..."},
		not:    []string{"guichet/functions/...", "guichet/infra/...", "guichet/media-node/..."},
		reason: "shared is what the others stand on",
	},
	{
		not:    []string{"guichet/infra/cost"},
		reason: "it is for the tests that count, and for the page",
	},
	{
		except: []string{"infra/operate"},
		not:    []string{"guichet/shared/privacy"},
		reason: "a customer's data is handed out and erased by an operator, never by a function",
	},
	{
		except: []string{"infra/local/..."},
		not:    []string{"guichet/infra/local/..."},
		reason: "production code does not know that it runs on one machine",
	},
}

// TestImports holds every Go file that is not a test to the rules.
func TestImports(t *testing.T) {
	t.Parallel()
	seen := 0
	require.NoError(t, filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (strings.HasPrefix(d.Name(), ".") && path != "." || d.Name() == "node_modules" || path == "tools") {
			return filepath.SkipDir
		}
		if !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") || strings.HasSuffix(filepath.Dir(path), "test") {
			return nil
		}
		seen++
		checkFile(t, filepath.ToSlash(path))
		return nil
	}))
	require.Greater(t, seen, 50, "the test must see the product")
}

func checkFile(t *testing.T, path string) {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
	require.NoError(t, err)
	folder := filepath.ToSlash(filepath.Dir(path))
	for _, spec := range file.Imports {
		imported, err := strconv.Unquote(spec.Path.Value)
		require.NoError(t, err)
		for _, r := range rules {
			assert.False(t, r.forbids(folder, imported), "%s imports %s, but %s", path, imported, r.reason)
		}
	}
}

func (r rule) forbids(folder, imported string) bool {
	if len(r.in) > 0 && !matches(r.in, folder) || matches(r.except, folder) {
		return false
	}
	if r.only != nil {
		standard := !strings.Contains(strings.SplitN(imported, "/", 2)[0], ".") && !strings.HasPrefix(imported, "guichet/")
		return !standard && !matches(r.only, imported)
	}
	return matches(r.not, imported)
}

func matches(patterns []string, path string) bool {
	return slices.ContainsFunc(patterns, func(p string) bool {
		if under, ok := strings.CutSuffix(p, "/..."); ok {
			return path == under || strings.HasPrefix(path, under+"/")
		}
		ok, err := filepath.Match(p, path)
		return err == nil && ok
	})
}

// TestRulesCanFail proves that the rules catch what they are for.
func TestRulesCanFail(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct{ folder, imported string }{
		{"shared/center", "github.com/oklog/ulid/v2"},
		{"shared/routing", "guichet/shared/store"},
		{"shared/phonenumber", "github.com/nyaruka/phonenumbers"},
		{"functions/agentapi", "github.com/nyaruka/phonenumbers"},
		{"shared/dispatch", "github.com/aws/aws-sdk-go-v2/service/dynamodb/types"},
		{"functions/voice", "github.com/twilio/twilio-go/twiml"},
		{"functions/voice", "github.com/aws/aws-lambda-go/events"},
		{"functions/stream", "github.com/aws/aws-sdk-go-v2/service/sfn"},
		{"shared/conversation", "github.com/aws/aws-sdk-go-v2/service/s3"},
		{"media-node/node", "guichet/shared/store"},
		{"infra/local", "github.com/aws/aws-cdk-go/awscdk/v2"},
		{"shared/store", "guichet/infra/local/dynamo"},
		{"functions/voice", "guichet/infra/local/simulator"},
		{"shared/channel/messenger", "guichet/shared/channel/instagram"},
		{"shared/channel/internal/meta", "guichet/shared/channel/messenger"},
		{"shared/conversation", "guichet/shared/channel/sms"},
	} {
		assert.True(t, slices.ContainsFunc(rules, func(r rule) bool { return r.forbids(tc.folder, tc.imported) }), "%+v", tc)
	}
}
