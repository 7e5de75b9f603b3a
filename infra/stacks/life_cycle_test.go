package stacks

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// stateful are the types of what can't be made again by deploying.
var stateful = []string{
	"AWS::DynamoDB::Table", "AWS::DynamoDB::GlobalTable", "AWS::SecretsManager::Secret", "AWS::Cognito::UserPool",
	"AWS::S3::Bucket", "AWS::ECR::Repository", "AWS::RDS::DBInstance", "AWS::EFS::FileSystem", "AWS::KMS::Key",
}

func TestStacksAreCutByLifeCycle(t *testing.T) {
	t.Parallel()
	templates, err := center()
	require.NoError(t, err)
	for _, c := range []struct {
		stack string
		holds []string // the stateful types in it
	}{
		{"data", []string{"AWS::DynamoDB::Table", "AWS::SecretsManager::Secret", "AWS::S3::Bucket"}},
		{"edge", nil},
		{"identity", []string{"AWS::Cognito::UserPool"}},
		{"front", []string{"AWS::S3::Bucket"}}, // the site, which the dashboard stack fills again
		{"workflows", nil},
		{"api", nil},
		{"media", nil},
		{"dashboard", nil},
		{"observability", nil},
	} {
		require.Contains(t, templates, c.stack)
		var holds []string
		for _, kind := range stateful {
			if len(resources(templates[c.stack], kind)) > 0 {
				holds = append(holds, kind)
			}
		}
		assert.Equal(t, c.holds, holds, c.stack)
	}
	assert.Len(t, templates, 9)
}

func TestNoDeploymentRemovesState(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"data", "identity"} {
		for _, kind := range stateful {
			for id, resource := range resources(stack(t, name), kind) {
				want := "Retain"
				if kind == "AWS::SecretsManager::Secret" {
					want = "RetainExceptOnCreate" // its name is ours: a first deployment that failed could not be repeated
				}
				assert.Equal(t, want, resource["DeletionPolicy"], id)
				assert.Equal(t, "Retain", resource["UpdateReplacePolicy"], id)
			}
		}
	}
	assert.Equal(t, "ACTIVE", only(t, stack(t, "identity"), "AWS::Cognito::UserPool")["DeletionProtection"])
}

func TestLogsAreKeptForAMonth(t *testing.T) {
	t.Parallel()
	templates, err := center()
	require.NoError(t, err)
	found := 0
	for name, template := range templates {
		for id, group := range resources(template, "AWS::Logs::LogGroup") {
			found++
			assert.EqualValues(t, 30, group["Properties"].(object)["RetentionInDays"], "%s %s", name, id)
		}
	}
	assert.Equal(t, len(functionNames)+4, found, "functions, media node, the dashboard's deployment, both APIs' requests")
}
