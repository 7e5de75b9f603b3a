package stacks

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsdynamodb"
	"github.com/aws/aws-cdk-go/awscdk/v2/awskms"
	"github.com/aws/aws-cdk-go/awscdk/v2/awss3"
	"github.com/aws/aws-cdk-go/awscdk/v2/awssecretsmanager"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"guichet/infra/stacks/outputs"
	"guichet/shared/store"
)

// data is what a centre must never lose: the table, the files of messages, and the secrets.
type data struct {
	table                          awsdynamodb.Table
	files                          awss3.Bucket
	mediaKey, twilio, meta, origin awssecretsmanager.Secret
	key                            awskms.Key // nil: AWS's keys
}

func newData(scope constructs.Construct, s Settings) data {
	stack := newStack(scope, s, "data", "the table, the files and the secrets", keepsState)
	key := newKey(stack, s)
	secret := func(name, description string, generate *awssecretsmanager.SecretStringGenerator) awssecretsmanager.Secret {
		made := newSecret(stack, s, name, description, generate)
		encryptSecret(made, key)
		return made
	}
	d := data{
		key:      key,
		table:    newTable(stack, key),
		files:    newFiles(stack, s, key),
		mediaKey: secret("media-key", "Signs the tickets and the events of the media nodes", nil),
		// Until an operator stores the account's own token, a random one refuses every webhook.
		twilio: secret("twilio", "Twilio account: accountSid and authToken", &awssecretsmanager.SecretStringGenerator{
			SecretStringTemplate: jsii.String(`{"accountSid":""}`), GenerateStringKey: jsii.String("authToken"),
		}),
		// Likewise: a random application secret refuses every webhook.
		meta: secret("meta", "Meta application: appSecret, verifyToken, pages and instagram with their access tokens", &awssecretsmanager.SecretStringGenerator{
			SecretStringTemplate: jsii.String(`{"verifyToken":"","pages":{},"instagram":{}}`), GenerateStringKey: jsii.String("appSecret"),
		}),
		origin: secret("origin", "What the front tells the functions to be recognised", nil),
	}
	say(stack, outputs.Table, *d.table.TableName(), "Everything but files and secrets")
	return d
}

// newTable defines what store.EnsureTable creates where nothing is deployed, and what protects it. Without a key it is AWS's.
func newTable(stack awscdk.Stack, key awskms.Key) awsdynamodb.Table {
	text := func(name string) *awsdynamodb.Attribute {
		return &awsdynamodb.Attribute{Name: jsii.String(name), Type: awsdynamodb.AttributeType_STRING}
	}
	props := &awsdynamodb.TableProps{
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
	}
	if key != nil {
		props.Encryption, props.EncryptionKey = awsdynamodb.TableEncryption_CUSTOMER_MANAGED, key
	}
	table := awsdynamodb.NewTable(stack, jsii.String("Table"), props)
	table.AddLocalSecondaryIndex(&awsdynamodb.LocalSecondaryIndexProps{
		IndexName: jsii.String(store.ReadyIndex), SortKey: text(store.ReadySortKey),
		ProjectionType: awsdynamodb.ProjectionType_ALL,
	})
	return table
}

// filesRetentionDays is store.chatRetention: a file goes when its message goes. Recorded messages last until they are deleted.
const filesRetentionDays = 400

// newFiles defines where the files of messages are. Browsers send and fetch them by links that last minutes, from the
// dashboard and from any site that has the webchat widget: the link is what admits, whatever the origin.
func newFiles(stack awscdk.Stack, s Settings, key awskms.Key) awss3.Bucket {
	props := &awss3.BucketProps{
		BlockPublicAccess: awss3.BlockPublicAccess_BLOCK_ALL(),
		Encryption:        awss3.BucketEncryption_S3_MANAGED,
		EnforceSSL:        jsii.Bool(true),
		Cors: &[]*awss3.CorsRule{{
			AllowedMethods: &[]awss3.HttpMethods{awss3.HttpMethods_GET, awss3.HttpMethods_PUT},
			AllowedOrigins: jsii.Strings("*"), AllowedHeaders: jsii.Strings("content-type"), MaxAge: jsii.Number(3600),
		}},
		LifecycleRules: lifecycle(s),
		RemovalPolicy:  awscdk.RemovalPolicy_RETAIN,
	}
	if key != nil { // asked for the bucket, not for each file, which would cost
		props.Encryption, props.EncryptionKey, props.BucketKeyEnabled = awss3.BucketEncryption_KMS, key, jsii.Bool(true)
	}
	bucket := awss3.NewBucket(stack, jsii.String("Files"), props)
	say(stack, outputs.Files, *bucket.BucketName(), "The files of messages, and sound")
	return bucket
}

// lifecycle says when files go by themselves.
func lifecycle(s Settings) *[]*awss3.LifecycleRule {
	rules := []*awss3.LifecycleRule{{
		Prefix:                              jsii.String(filesPrefix),
		Expiration:                          awscdk.Duration_Days(jsii.Number(filesRetentionDays)),
		AbortIncompleteMultipartUploadAfter: awscdk.Duration_Days(jsii.Number(1)),
	}}
	if s.VoicemailDays > 0 {
		rules = append(rules, &awss3.LifecycleRule{
			Prefix: jsii.String(voicemailPrefix), Expiration: awscdk.Duration_Days(jsii.Number(s.VoicemailDays)),
		})
	}
	return &rules
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
		// It stays but when its stack could not be made: left behind, its name would be taken, and no second try could make it.
		// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-attribute-deletionpolicy.html
		RemovalPolicy: awscdk.RemovalPolicy_RETAIN_ON_UPDATE_OR_DELETE,
	})
}
