package stacks

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Everything that keeps data of the other centre keeps it under the centre's own key.
func TestOneKeyForEverythingThatIsKept(t *testing.T) {
	t.Parallel()
	made, err := other()
	require.NoError(t, err)
	data := made.templates["data"]
	key := only(t, data, "AWS::KMS::Key")
	assert.Equal(t, true, key["EnableKeyRotation"])
	for _, one := range resources(data, "AWS::KMS::Key") {
		assert.Equal(t, "Retain", one["DeletionPolicy"])
	}
	assert.Contains(t, text(t, only(t, data, "AWS::DynamoDB::Table")["SSESpecification"]), `"Key`)
	assert.Contains(t, text(t, only(t, data, "AWS::S3::Bucket")["BucketEncryption"]), `"BucketKeyEnabled":true`)
	secrets := resources(data, "AWS::SecretsManager::Secret")
	assert.Len(t, secrets, 4)
	for id, secret := range secrets {
		assert.Contains(t, text(t, secret["Properties"].(object)["KmsKeyId"]), `"Key`, id)
	}
	logs := 0
	for name, template := range made.templates {
		for id, log := range resources(template, "AWS::Logs::LogGroup") {
			logs++
			properties := log["Properties"].(object)
			assert.Contains(t, text(t, properties["KmsKeyId"]), "Key", "%s %s", name, id)
			assert.Contains(t, properties["LogGroupName"], "/acme/", "the key's policy knows logs by their names")
		}
		for id, queue := range resources(template, "AWS::SQS::Queue") {
			assert.Contains(t, text(t, queue["Properties"].(object)["KmsMasterKeyId"]), "Key", "%s %s", name, id)
			assert.Equal(t, false, queue["Properties"].(object)["SqsManagedSseEnabled"], "%s %s", name, id)
		}
	}
	assert.Equal(t, len(functionNames)+4, logs)
}

// The account manages the key. It is used through services alone: by the centre's roles, and for the centre's logs.
func TestWhoMayUseTheKey(t *testing.T) {
	t.Parallel()
	for _, s := range statements(only(t, otherStack(t, "data"), "AWS::KMS::Key")["KeyPolicy"]) {
		switch s["Sid"] {
		case nil: // without it nobody could change the key's policy, and no role could be given anything
			assert.Equal(t, "kms:*", s["Action"])
			assert.Contains(t, text(t, s["Principal"]), ":root")
			continue
		case "TheCentreThroughTheServicesThatKeepItsData":
			conditions := s["Condition"].(object)
			equal := conditions["StringEquals"].(object)
			assert.Equal(t, object{"Ref": "AWS::AccountId"}, equal["kms:CallerAccount"])
			assert.Len(t, equal["kms:ViaService"], 4)
			assert.Contains(t, text(t, conditions["ArnLike"].(object)["aws:PrincipalArn"]), ":role/acme-*")
		case "TheCentresLogs":
			assert.Contains(t, text(t, s["Principal"]), "logs.")
			assert.Contains(t, text(t, s["Condition"]), "kms:EncryptionContext:aws:logs:arn")
			assert.Contains(t, text(t, s["Condition"]), ":log-group:/acme/*")
		default:
			t.Errorf("a statement more: %v", s["Sid"])
		}
		for _, action := range list(t, s["Action"]) {
			assert.NotContains(t, action, "*")
			assert.NotContains(t, []string{"kms:PutKeyPolicy", "kms:ScheduleKeyDeletion", "kms:CreateGrant"}, action)
		}
	}
}

func TestWithoutAKeyOfItsOwnThereIsNone(t *testing.T) {
	t.Parallel()
	assert.Empty(t, resources(stack(t, "data"), "AWS::KMS::Key"))
	assert.Equal(t, true, only(t, stack(t, "api"), "AWS::SQS::Queue")["SqsManagedSseEnabled"])
}
