package stacks

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"guichet/infra/stacks/outputs"
	"guichet/shared/store"
)

// The table is store.EnsureTable's, and protected.
func TestTableIsTheStores(t *testing.T) {
	t.Parallel()
	table := only(t, stack(t, "data"), "AWS::DynamoDB::Table")
	assert.Equal(t, keySchema(store.SortKey), table["KeySchema"])
	assert.ElementsMatch(t, []any{
		object{"AttributeName": store.PartitionKey, "AttributeType": "S"},
		object{"AttributeName": store.SortKey, "AttributeType": "S"},
		object{"AttributeName": store.ReadySortKey, "AttributeType": "S"},
	}, table["AttributeDefinitions"])
	assert.Equal(t, []any{object{
		"IndexName": store.ReadyIndex, "KeySchema": keySchema(store.ReadySortKey), "Projection": object{"ProjectionType": "ALL"},
	}}, table["LocalSecondaryIndexes"])
	assert.NotContains(t, table, "GlobalSecondaryIndexes")
	assert.Equal(t, "PAY_PER_REQUEST", table["BillingMode"])
	assert.Equal(t, object{"StreamViewType": "NEW_AND_OLD_IMAGES"}, table["StreamSpecification"])
	assert.Equal(t, object{"AttributeName": store.TTLAttribute, "Enabled": true}, table["TimeToLiveSpecification"])
	assert.Equal(t, true, table["DeletionProtectionEnabled"])
	assert.Equal(t, object{"PointInTimeRecoveryEnabled": true}, table["PointInTimeRecoverySpecification"])
}

func keySchema(sortKey string) []any {
	return []any{
		object{"AttributeName": store.PartitionKey, "KeyType": "HASH"},
		object{"AttributeName": sortKey, "KeyType": "RANGE"},
	}
}

func TestSecretsAreGenerated(t *testing.T) {
	t.Parallel()
	var names []string
	for _, secret := range resources(stack(t, "data"), "AWS::SecretsManager::Secret") {
		properties := secret["Properties"].(object)
		names = append(names, properties["Name"].(string))
		assert.NotContains(t, properties, "SecretString")
		assert.EqualValues(t, 64, properties["GenerateSecretString"].(object)["PasswordLength"])
	}
	assert.ElementsMatch(t, []string{"acme/media-key", "acme/twilio", "acme/meta", "acme/origin"}, names)
}

func TestFilesAreKeptPrivate(t *testing.T) {
	t.Parallel()
	bucket := only(t, stack(t, "data"), "AWS::S3::Bucket")
	for _, block := range []string{"BlockPublicAcls", "BlockPublicPolicy", "IgnorePublicAcls", "RestrictPublicBuckets"} {
		assert.Equal(t, true, bucket["PublicAccessBlockConfiguration"].(object)[block], block)
	}
	assert.Contains(t, text(t, bucket["BucketEncryption"]), "AES256")
	days := map[any]any{}
	for _, rule := range bucket["LifecycleConfiguration"].(object)["Rules"].([]any) {
		days[rule.(object)["Prefix"]] = rule.(object)["ExpirationInDays"]
	}
	assert.Equal(t, map[any]any{"files/": float64(filesRetentionDays), "voicemail/": 30.0}, days, "recorded messages last")
	assert.Contains(t, text(t, only(t, stack(t, "data"), "AWS::S3::BucketPolicy")), "aws:SecureTransport")
	assert.Contains(t, stack(t, "data")["Outputs"], outputs.Files, "whoever erases a customer finds their files")
}

func TestVoicemailMayBeKept(t *testing.T) {
	t.Parallel()
	rules := text(t, only(t, otherStack(t, "data"), "AWS::S3::Bucket")["LifecycleConfiguration"])
	assert.Contains(t, rules, filesPrefix)
	assert.NotContains(t, rules, voicemailPrefix, "0 days: no rule takes it away")
}
