package stacks

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsdynamodb"
	"github.com/aws/aws-cdk-go/awscdk/v2/awssecretsmanager"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"guichet/shared/store"
)

// data is what a centre must never lose: the table and the secrets.
type data struct {
	table                    awsdynamodb.Table
	mediaKey, twilio, origin awssecretsmanager.Secret
}

func newData(scope constructs.Construct, s Settings) data {
	stack := newStack(scope, s, "data", "the table and the secrets", keepsState)
	return data{
		table:    newTable(stack),
		mediaKey: newSecret(stack, s, "media-key", "Signs the tickets and the events of the media nodes", nil),
		// Until an operator stores the account's own token, a random one refuses every webhook.
		twilio: newSecret(stack, s, "twilio", "Twilio account: accountSid and authToken", &awssecretsmanager.SecretStringGenerator{
			SecretStringTemplate: jsii.String(`{"accountSid":""}`), GenerateStringKey: jsii.String("authToken"),
		}),
		origin: newSecret(stack, s, "origin", "What the front tells the functions to be recognised", nil),
	}
}

// newTable defines what store.EnsureTable creates where nothing is deployed, and what protects it.
func newTable(stack awscdk.Stack) awsdynamodb.Table {
	text := func(name string) *awsdynamodb.Attribute {
		return &awsdynamodb.Attribute{Name: jsii.String(name), Type: awsdynamodb.AttributeType_STRING}
	}
	table := awsdynamodb.NewTable(stack, jsii.String("Table"), &awsdynamodb.TableProps{
		PartitionKey:        text(store.PartitionKey),
		SortKey:             text(store.SortKey),
		BillingMode:         awsdynamodb.BillingMode_PAY_PER_REQUEST,
		TimeToLiveAttribute: jsii.String(store.TTLAttribute),
		Stream:              awsdynamodb.StreamViewType_NEW_AND_OLD_IMAGES,
		PointInTimeRecoverySpecification: &awsdynamodb.PointInTimeRecoverySpecification{
			PointInTimeRecoveryEnabled: jsii.Bool(true),
		},
		DeletionProtection: jsii.Bool(true),
		RemovalPolicy:      awscdk.RemovalPolicy_RETAIN,
	})
	table.AddLocalSecondaryIndex(&awsdynamodb.LocalSecondaryIndexProps{
		IndexName: jsii.String(store.ReadyIndex), SortKey: text(store.ReadySortKey),
		ProjectionType: awsdynamodb.ProjectionType_ALL,
	})
	return table
}

// newSecret generates a secret. Letters and digits suffice at this length, and no header or shell changes them.
func newSecret(stack awscdk.Stack, s Settings, name, description string, generate *awssecretsmanager.SecretStringGenerator) awssecretsmanager.Secret {
	if generate == nil {
		generate = &awssecretsmanager.SecretStringGenerator{}
	}
	generate.PasswordLength, generate.ExcludePunctuation = jsii.Number(64), jsii.Bool(true)
	return awssecretsmanager.NewSecret(stack, jsii.String(name), &awssecretsmanager.SecretProps{
		SecretName:           jsii.String(s.Prefix + "/" + name),
		Description:          jsii.String(description),
		GenerateSecretString: generate,
		RemovalPolicy:        awscdk.RemovalPolicy_RETAIN,
	})
}
