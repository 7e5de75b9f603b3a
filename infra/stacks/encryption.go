package stacks

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/aws-cdk-go/awscdk/v2/awskms"
	"github.com/aws/aws-cdk-go/awscdk/v2/awslogs"
	"github.com/aws/aws-cdk-go/awscdk/v2/awssecretsmanager"
	"github.com/aws/aws-cdk-go/awscdk/v2/awssqs"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"guichet/shared/config"
)

// usingKey is what the services do with a key, in the name of whoever uses the service.
var usingKey = []string{
	"kms:DescribeKey", "kms:Encrypt", "kms:Decrypt", "kms:ReEncryptFrom", "kms:ReEncryptTo", "kms:GenerateDataKey",
	"kms:GenerateDataKeyWithoutPlaintext",
}

// newKey makes the centre's own key, or none. Who may use it is said in the key's policy once, and in no role: the centre's roles,
// through the services that keep its data. docs/decisions/one-key.md has why.
func newKey(stack awscdk.Stack, s Settings) awskms.Key {
	if s.Encryption != config.EncryptionOwn {
		return nil
	}
	key := awskms.NewKey(stack, jsii.String("Key"), &awskms.KeyProps{
		Alias:             jsii.String("alias/" + s.Prefix),
		Description:       jsii.String("Everything that Guichet " + s.Prefix + " keeps"),
		EnableKeyRotation: jsii.Bool(true),
		RemovalPolicy:     awscdk.RemovalPolicy_RETAIN, // without it nothing can be read again
	})
	account, region := *awscdk.Aws_ACCOUNT_ID(), *awscdk.Aws_REGION()
	// https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-via-service
	key.AddToResourcePolicy(awsiam.NewPolicyStatement(&awsiam.PolicyStatementProps{
		Sid:        jsii.String("TheCentreThroughTheServicesThatKeepItsData"),
		Principals: &[]awsiam.IPrincipal{awsiam.NewAnyPrincipal()},
		Actions:    jsii.Strings(usingKey...),
		Resources:  jsii.Strings("*"), // in a key's policy: this key
		Conditions: &map[string]any{
			"StringEquals": map[string]any{
				"kms:CallerAccount": account,
				"kms:ViaService": []string{
					through("dynamodb", region), through("s3", region), through("secretsmanager", region), through("sqs", region),
				},
			},
			// CloudFormation begins a role's name with that of its stack.
			"ArnLike": map[string]any{"aws:PrincipalArn": "arn:" + *awscdk.Aws_PARTITION() + ":iam::" + account + ":role/" + s.Prefix + "-*"},
		},
	}), nil)
	// https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
	key.AddToResourcePolicy(awsiam.NewPolicyStatement(&awsiam.PolicyStatementProps{
		Sid:        jsii.String("TheCentresLogs"),
		Principals: &[]awsiam.IPrincipal{awsiam.NewServicePrincipal(jsii.String("logs."+region+".amazonaws.com"), nil)},
		Actions:    jsii.Strings(usingKey...),
		Resources:  jsii.Strings("*"),
		Conditions: &map[string]any{"ArnLike": map[string]any{
			"kms:EncryptionContext:aws:logs:arn": "arn:" + *awscdk.Aws_PARTITION() + ":logs:" + region + ":" + account + ":log-group:/" + s.Prefix + "/*",
		}},
	}), nil)
	return key
}

func through(service, region string) string { return service + "." + region + ".amazonaws.com" }

// encryptSecret goes round the CDK's own way, which lets a secret's readers into the key's policy: the data's stack would then
// need those of the readers, which need it.
func encryptSecret(secret awssecretsmanager.Secret, key awskms.Key) {
	if key != nil {
		secret.Node().DefaultChild().(awssecretsmanager.CfnSecret).SetKmsKeyId(key.KeyArn())
	}
}

// encryptQueue goes round the CDK's own way, too: it grants senders kms:GenerateDataKey* and kms:ReEncrypt*.
func (d data) encryptQueue(queue awssqs.Queue) {
	if d.key == nil {
		return
	}
	resource := queue.Node().DefaultChild().(awssqs.CfnQueue)
	resource.SetKmsMasterKeyId(d.key.KeyArn())
	resource.SetSqsManagedSseEnabled(jsii.Bool(false))
}

// encryptLogs is for every log of the centre's Region, whoever made it.
func (d data) encryptLogs(scope constructs.Construct, s Settings) {
	if d.key == nil {
		return
	}
	for _, c := range *scope.Node().FindAll(constructs.ConstructOrder_PREORDER) {
		if group, ok := c.(awslogs.CfnLogGroup); ok && *group.Stack().StackName() != s.Prefix+"-edge" {
			group.SetKmsKeyId(d.key.KeyArn())
		}
	}
}
