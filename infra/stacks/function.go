package stacks

import (
	"path/filepath"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/aws-cdk-go/awscdk/v2/awslambda"
	"github.com/aws/aws-cdk-go/awscdk/v2/awslogs"
	"github.com/aws/jsii-runtime-go"
)

// functionNames are the folders of functions/ and of what `make build` makes of them.
var functionNames = []string{"agentapi", "cards", "channelhook", "mediahook", "realtime", "reportapi", "stream", "voice", "workflow"}

// functionSpec is what one function is, apart from what it may use.
type functionSpec struct {
	name, description string
	// memoryMiB also sets the share of a processor: a whole one at 1769.
	memoryMiB, timeoutSeconds float64
}

const (
	// onTheCallersPath is for functions that somebody waits for: at a cold start the TLS handshakes are work.
	onTheCallersPath = 512
	// behindTheScenes is for functions that nobody waits for.
	behindTheScenes = 256
)

// need gives a function something: the permission and the environment variable that names it, never one alone.
type need func(awslambda.Function)

// newFunction defines a function whose role has no permission but its own log and its needs.
func newFunction(stack awscdk.Stack, s Settings, spec functionSpec, needs ...need) awslambda.Function {
	log := awslogs.NewLogGroup(stack, jsii.String(spec.name+"-log"), &awslogs.LogGroupProps{
		LogGroupName:  jsii.String("/" + s.Prefix + "/" + spec.name),
		Retention:     awslogs.RetentionDays_ONE_MONTH,
		RemovalPolicy: awscdk.RemovalPolicy_DESTROY,
	})
	role := awsiam.NewRole(stack, jsii.String(spec.name+"-role"), &awsiam.RoleProps{
		AssumedBy:   awsiam.NewServicePrincipal(jsii.String("lambda.amazonaws.com"), nil),
		Description: jsii.String("What " + spec.name + " of " + s.Prefix + " may do"),
	})
	log.GrantWrite(role)
	function := awslambda.NewFunction(stack, jsii.String(spec.name), &awslambda.FunctionProps{
		Description:  jsii.String(spec.description),
		Runtime:      awslambda.Runtime_PROVIDED_AL2023(),
		Architecture: awslambda.Architecture_ARM_64(),
		Handler:      jsii.String("bootstrap"),
		Code:         awslambda.Code_FromAsset(jsii.String(filepath.Join(s.Assets.Functions, spec.name)), nil),
		MemorySize:   jsii.Number(spec.memoryMiB),
		Timeout:      seconds(spec.timeoutSeconds),
		LogGroup:     log,
		Role:         role,
		Tracing:      tracing(spec.name),
	})
	for _, give := range needs {
		give(function)
	}
	return function
}

// tracing lets X-Ray follow a function: one request a second and 5 % of the others. What comes over the realtime connections are
// heartbeats, which would be most of all traces. See docs/decisions/observability.md.
func tracing(name string) awslambda.Tracing {
	if name == "realtime" {
		return awslambda.Tracing_DISABLED
	}
	return awslambda.Tracing_ACTIVE
}

// allow adds actions on resources to the function's role.
func allow(function awslambda.Function, actions []string, resources ...*string) {
	function.AddToRolePolicy(awsiam.NewPolicyStatement(&awsiam.PolicyStatementProps{
		Actions: jsii.Strings(actions...), Resources: &resources,
	}))
}
