package stacks

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// statement is one that allows something, with its resources as JSON.
type statement struct {
	stack, policy      string
	actions, resources []string
}

// allowed returns every statement of every role that the stacks make, the CDK's own deployer aside: it fills the site
// with permissions that the CDK chooses, on the site's and the assets' buckets alone, and nothing else runs as it.
func allowed(t *testing.T) []statement {
	t.Helper()
	templates, err := center()
	require.NoError(t, err)
	var all []statement
	for name, template := range templates {
		for id, policy := range resources(template, "AWS::IAM::Policy") {
			if strings.HasPrefix(id, "CustomCDKBucketDeployment") {
				continue
			}
			for _, s := range policy["Properties"].(object)["PolicyDocument"].(object)["Statement"].([]any) {
				part := s.(object)
				all = append(all, statement{name, id, list(t, part["Action"]), list(t, part["Resource"])})
			}
		}
	}
	require.NotEmpty(t, all)
	return all
}

// list makes one value and many alike.
func list(t *testing.T, value any) []string {
	t.Helper()
	values, many := value.([]any)
	if !many {
		values = []any{value}
	}
	var out []string
	for _, v := range values {
		if s, plain := v.(string); plain {
			out = append(out, s)
		} else {
			out = append(out, text(t, v))
		}
	}
	return out
}

// wildcards are the actions for which AWS knows no narrower resource.
var wildcards = map[string]string{
	"ecr:GetAuthorizationToken":     "the token is the registry's, not a repository's",
	"dynamodb:ListStreams":          "knows no resource",
	"s3:GetObject":                  "files have names of their own",
	"s3:PutObject":                  "files have names of their own",
	"s3:DeleteObject":               "files have names of their own",
	"execute-api:ManageConnections": "connection ids are known at run time only: all of one stage",
	"xray:PutTraceSegments":         "knows no resource",
	"xray:PutTelemetryRecords":      "knows no resource",
	"xray:GetSamplingRules":         "knows no resource",
	"xray:GetSamplingTargets":       "knows no resource",
}

func TestLeastPrivilege(t *testing.T) {
	t.Parallel()
	for _, s := range allowed(t) {
		for _, action := range s.actions {
			assert.NotContains(t, action, "*", "%s %s", s.stack, s.policy)
			if wildcards[action] != "" {
				for _, other := range s.actions {
					assert.Equal(t, wildcards[action], wildcards[other], "a wildcard for %s must serve nothing else", action)
				}
				continue
			}
			for _, resource := range s.resources {
				assert.NotContains(t, resource, "*", "%s %s: %s", s.stack, s.policy, action)
			}
		}
		if slices.Contains(s.actions, "execute-api:ManageConnections") {
			assert.Regexp(t, `"/realtime/POST/@connections/\*"\]\]}$`, s.resources[0])
		}
	}
}

func TestNoManagedPolicies(t *testing.T) {
	t.Parallel()
	templates, err := center()
	require.NoError(t, err)
	for name, template := range templates {
		for id, role := range resources(template, "AWS::IAM::Role") {
			if !strings.HasPrefix(id, "CustomCDKBucketDeployment") {
				assert.NotContains(t, role["Properties"], "ManagedPolicyArns", "%s %s", name, id)
				assert.NotContains(t, role["Properties"], "Policies", "%s %s", name, id)
			}
		}
	}
}

func TestWhatEachFunctionMayDo(t *testing.T) {
	t.Parallel()
	log := []string{"logs:CreateLogStream", "logs:PutLogEvents", "xray:PutTraceSegments", "xray:PutTelemetryRecords"}
	read := []string{"dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Query", "execute-api:ManageConnections"}
	dispatch := slices.Concat(log, read, []string{
		"dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem", "secretsmanager:GetSecretValue",
	})
	converse := slices.Concat(dispatch, []string{"s3:ListBucket", "s3:GetObject", "s3:PutObject"})
	follow := slices.Concat(log, read, []string{
		"dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem",
		"dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator", "dynamodb:ListStreams",
		"states:StartExecution", "states:SendTaskSuccess", "sqs:SendMessage", "sqs:GetQueueAttributes", "sqs:GetQueueUrl",
	})
	count := slices.Concat(log, read, []string{
		"dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator",
		"dynamodb:ListStreams", "sqs:SendMessage", "sqs:GetQueueAttributes", "sqs:GetQueueUrl",
	})
	report := slices.Concat(log, []string{
		"dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Query", "dynamodb:PutItem", "secretsmanager:GetSecretValue",
	})
	record := slices.Concat(converse, []string{"s3:GetObject", "s3:PutObject", "s3:DeleteObject"}, []string{"s3:GetObject", "s3:DeleteObject"})
	work := slices.Concat(converse, []string{"states:SendTaskSuccess"}, []string{"s3:PutObject", "s3:DeleteObject"})
	want := map[string][]string{
		"agentapi": record, "channelhook": converse, "realtime": untraced(converse), "workflow": work,
		"voice": dispatch, "mediahook": dispatch, "stream": follow, "cards": count, "reportapi": report,
	}
	got := map[string][]string{}
	for _, s := range allowed(t) {
		if name, _, isFunction := strings.Cut(s.policy, "roleDefaultPolicy"); isFunction {
			got[name] = append(got[name], s.actions...)
		}
	}
	for name, actions := range want {
		assert.ElementsMatch(t, actions, got[name], name)
	}
}

// untraced leaves out what X-Ray needs.
func untraced(actions []string) []string {
	return slices.DeleteFunc(slices.Clone(actions), func(action string) bool { return strings.HasPrefix(action, "xray:") })
}

// Only who hands them out or fetches them comes to callers' messages.
func TestWhoReachesCallersMessages(t *testing.T) {
	t.Parallel()
	got := map[string][]string{}
	for _, s := range allowed(t) {
		if strings.Contains(strings.Join(s.resources, " "), "/"+voicemailPrefix+"*") {
			name, _, _ := strings.Cut(s.policy, "roleDefaultPolicy")
			got[name] = append(got[name], s.actions...)
			assert.Len(t, s.resources, 1, "and to nothing else with these actions")
		}
	}
	assert.Equal(t, map[string][]string{
		"agentapi": {"s3:DeleteObject", "s3:GetObject"}, "workflow": {"s3:DeleteObject", "s3:PutObject"},
	}, got)
}
