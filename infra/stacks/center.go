package stacks

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
)

// AddCenter adds the stacks of one centre, in the order of their deployment: each knows only those before it.
// Why they are cut so: docs/decisions/stacks-by-life-cycle.md.
func AddCenter(scope constructs.Construct, s Settings) {
	acl := newEdge(scope, s)
	data := newData(scope, s)
	front := newFront(scope, s, data, acl)
	identity := newIdentity(scope, s, front)
	workflows := newWorkflows(scope, s, data, front)
	api := newAPI(scope, s, data, front, identity, workflows)
	newMedia(scope, s, data, front)
	newDashboard(scope, s, front, identity)
	api.functions["workflow"] = workflows.function
	service, targets := mediaParts(scope, s)
	newObservability(scope, s, watched{
		functions: api.functions, machines: workflows.machines, data: data, front: front, failed: api.failed, sweep: workflows.sweep,
		service: service, targets: targets,
	})
	data.encryptLogs(scope, s) // the last: it has to see every log
}

// keeping says whether a stack holds what can't be made again.
type keeping bool

const (
	keepsState keeping = true
	replaces   keeping = false
)

func newStack(scope constructs.Construct, s Settings, name, description string, k keeping) awscdk.Stack {
	props := &awscdk.StackProps{
		Description:           jsii.String("Guichet " + s.Prefix + ": " + description),
		TerminationProtection: jsii.Bool(bool(k)),
	}
	if s.Region != "" {
		// The account stays that of the credentials. Without a Region the CDK can't tell where the web ACL is to be known.
		props.Env, props.CrossRegionReferences = &awscdk.Environment{Region: jsii.String(s.Region)}, jsii.Bool(true)
	}
	stack := awscdk.NewStack(scope, jsii.String(s.Prefix+"-"+name), props)
	awscdk.Tags_Of(stack).Add(jsii.String("guichet:center"), jsii.String(s.Prefix), nil)
	return stack
}

// say has CloudFormation tell something of a stack, under a name that package outputs has.
func say(stack awscdk.Stack, name, value, description string) {
	awscdk.NewCfnOutput(stack, jsii.String(name), &awscdk.CfnOutputProps{
		Value: jsii.String(value), Description: jsii.String(description),
	})
}

// tell has a stack tell others a value even while none of them asks. CloudFormation takes back nothing that a stack which is deployed
// still asks for, and deploys who tells before who asks: what only some centres' files make others ask for, is told always.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-stack-exports.html
func tell(stack awscdk.Stack, value *string) {
	stack.ExportValue(value, nil)
}

// seconds keeps the many durations readable.
func seconds(n float64) awscdk.Duration { return awscdk.Duration_Seconds(jsii.Number(n)) }
