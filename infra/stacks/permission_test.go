package stacks

import (
	"maps"
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

// theCDKs are the beginnings of what the CDK makes for resources of its own. It chooses their permissions, and nothing else
// runs as they do.
var theCDKs = map[string]string{
	"CustomCDKBucketDeployment":     "fills the site, from the assets' bucket",
	"CustomCrossRegionExportWriter": "tells the web ACL to the centre's Region: parameters of the front's stack under /cdk/exports",
	"CustomCrossRegionExportReader": "reads it there, and marks it as used",
}

func isTheCDKs(id string) bool {
	for beginning := range theCDKs {
		if strings.HasPrefix(id, beginning) {
			return true
		}
	}
	return false
}

// allowed returns every statement of every role that the stacks make, but for the CDK's own.
func allowed(t *testing.T) []statement {
	t.Helper()
	templates, err := center()
	require.NoError(t, err)
	return allowedIn(t, templates)
}

func allowedIn(t *testing.T, templates map[string]object) []statement {
	t.Helper()
	var all []statement
	for name, template := range templates {
		for id, policy := range resources(template, "AWS::IAM::Policy") {
			if !isTheCDKs(id) {
				for _, s := range statements(policy["Properties"].(object)["PolicyDocument"]) {
					all = append(all, statement{name, id, list(t, s["Action"]), list(t, s["Resource"])})
				}
			}
		}
	}
	require.NotEmpty(t, all)
	return all
}

// statements are those of a policy's document that allow something.
func statements(document any) []object {
	var allow []object
	for _, s := range document.(object)["Statement"].([]any) {
		if s.(object)["Effect"] == "Allow" {
			allow = append(allow, s.(object))
		}
	}
	return allow
}

// bothCentres are the one that the tests look at, and the one of which everything is otherwise.
func bothCentres(t *testing.T) map[string]map[string]object {
	t.Helper()
	one, err := center()
	require.NoError(t, err)
	two, err := other()
	require.NoError(t, err)
	return map[string]map[string]object{"one": one, "other": two.templates}
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
	"ecs:UpdateTaskProtection":      "tasks have names of their own: all of one cluster",
	"execute-api:ManageConnections": "connection ids are known at run time only: all of one stage",
	"xray:PutTraceSegments":         "knows no resource",
	"xray:PutTelemetryRecords":      "knows no resource",
	"xray:GetSamplingRules":         "knows no resource",
	"xray:GetSamplingTargets":       "knows no resource",
}

func TestLeastPrivilege(t *testing.T) {
	t.Parallel()
	for _, templates := range bothCentres(t) {
		for _, s := range allowedIn(t, templates) {
			wantNarrow(t, s)
		}
	}
}

func wantNarrow(t *testing.T, s statement) {
	t.Helper()
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
	if slices.Contains(s.actions, "ecs:UpdateTaskProtection") {
		assert.Len(t, s.resources, 1)
		assert.Regexp(t, `:task/",\{"Ref":"Cluster[0-9A-F]+"\},"/\*"\]\]\}$`, s.resources[0])
	}
	if slices.Contains(s.actions, "execute-api:ManageConnections") {
		for _, resource := range s.resources {
			assert.Regexp(t, `"/realtime/(POST|DELETE)/@connections/\*"\]\]}$`, resource)
		}
	}
}

// managed are roles with a policy of AWS's, each with the reason.
var managed = map[string]string{
	"LogWriter": "API Gateway asks for this policy, and has one role for all APIs of an account",
}

func TestNoManagedPolicies(t *testing.T) {
	t.Parallel()
	for _, templates := range bothCentres(t) {
		for name, template := range templates {
			for id, role := range resources(template, "AWS::IAM::Role") {
				if isTheCDKs(id) {
					continue
				}
				assert.NotContains(t, role["Properties"], "Policies", "%s %s", name, id)
				if !slices.ContainsFunc(slices.Collect(maps.Keys(managed)), func(beginning string) bool { return strings.HasPrefix(id, beginning) }) {
					assert.NotContains(t, role["Properties"], "ManagedPolicyArns", "%s %s", name, id)
				}
			}
		}
	}
}

// What resources say of themselves is as narrow as what roles may do. A key's own policy, where * is the key: TestWhoMayUseTheKey.
func TestPoliciesOfResources(t *testing.T) {
	t.Parallel()
	for _, templates := range bothCentres(t) {
		for name, template := range templates {
			for _, kind := range []string{"AWS::S3::BucketPolicy", "AWS::SQS::QueuePolicy", "AWS::SNS::TopicPolicy", "AWS::SecretsManager::ResourcePolicy"} {
				for id, policy := range resources(template, kind) {
					for _, s := range statements(policy["Properties"].(object)["PolicyDocument"]) {
						assert.NotContains(t, text(t, s["Principal"]), `"*"`, "%s %s", name, id)
						if !isTheCDKs(id) {
							wantNarrow(t, statement{name, id, list(t, s["Action"]), list(t, s["Resource"])})
						}
					}
				}
			}
		}
	}
}

func TestWhatEachFunctionMayDo(t *testing.T) {
	t.Parallel()
	log := []string{"logs:CreateLogStream", "logs:PutLogEvents", "xray:PutTraceSegments", "xray:PutTelemetryRecords"}
	read := []string{"dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Query", "execute-api:ManageConnections"}
	write := []string{"dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem", "dynamodb:ConditionCheckItem"}
	dispatch := slices.Concat(log, read, write, []string{"secretsmanager:GetSecretValue"})
	converse := slices.Concat(dispatch, []string{"s3:ListBucket", "s3:GetObject", "s3:PutObject"})
	follow := slices.Concat(log, read, write, []string{
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
		"agentapi": record, "channelhook": converse, "realtime": untraced(dispatch), "workflow": work,
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

// A media node is reached from the internet: what it may do is no more than what keeps its calls alive. The other role is not
// the node's, but that of who starts it.
func TestWhatAMediaNodeMayDo(t *testing.T) {
	t.Parallel()
	got := map[string][]string{}
	for _, s := range allowed(t) {
		if s.stack == "media" {
			got[s.policy] = append(got[s.policy], s.actions...)
		}
	}
	require.Len(t, got, 2)
	for policy, actions := range got {
		if strings.HasPrefix(policy, "TaskTaskRole") {
			assert.Equal(t, []string{"ecs:UpdateTaskProtection"}, actions)
		} else {
			assert.Regexp(t, "^TaskExecutionRole", policy)
			assert.ElementsMatch(t, []string{
				"ecr:BatchCheckLayerAvailability", "ecr:GetDownloadUrlForLayer", "ecr:BatchGetImage", "ecr:GetAuthorizationToken",
				"logs:CreateLogStream", "logs:PutLogEvents", "secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret",
			}, actions)
		}
	}
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
