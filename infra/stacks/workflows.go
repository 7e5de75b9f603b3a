package stacks

import (
	"fmt"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsevents"
	"github.com/aws/aws-cdk-go/awscdk/v2/awseventstargets"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/aws-cdk-go/awscdk/v2/awslambda"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsstepfunctions"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	definitions "guichet/infra/workflows"
)

// workflows are the server's timers and the function that they call.
type workflows struct {
	ring, wrapUp, send, fetch, callback awsstepfunctions.StateMachine

	machines map[string]awsstepfunctions.StateMachine // all of them, by name
	function awslambda.Function
	sweep    awsevents.Rule
}

// machineNames are those of infra/workflows.
var machineNames = []string{"ring", "wrapup", "send", "fetch", callbackMachine}

func newWorkflows(scope constructs.Construct, s Settings, d data, f front) workflows {
	stack := newStack(scope, s, "workflows", "timers and the sweeper", replaces)
	// A sweep looks at every agent and line: it may take longer than a timer, and ends before the next one starts.
	function := newFunction(stack, s, functionSpec{"workflow", "Ends offers and wrap-ups in time, sends again, fetches files, and sweeps", behindTheScenes, 55},
		append(conversing(d, f), tellCallbacks(s), keepVoicemail(d), setting("GUICHET_CENTRE", s.Prefix))...)
	machines := map[string]awsstepfunctions.StateMachine{}
	for _, name := range machineNames {
		machines[name] = newStateMachine(stack, s, name, function)
	}
	sweep := scheduleSweep(stack, function)
	tell(stack, sweep.RuleName()) // to alarms
	return workflows{
		ring: machines["ring"], wrapUp: machines["wrapup"], send: machines["send"], fetch: machines["fetch"], callback: machines[callbackMachine],
		machines: machines, function: function, sweep: sweep,
	}
}

// callbackMachine is the state machine whose tasks end by their tokens.
const callbackMachine = "callback"

func machineName(s Settings, name string) string { return s.Prefix + "-" + name }

// tellCallbacks lets a function tell the callbacks' state machine what has become of an attempt. The machine is named, since it is
// made after the function that it calls.
func tellCallbacks(s Settings) need {
	return func(function awslambda.Function) {
		allow(function, []string{"states:SendTaskSuccess"}, awscdk.Stack_Of(function).FormatArn(&awscdk.ArnComponents{
			Service: jsii.String("states"), Resource: jsii.String("stateMachine"), ArnFormat: awscdk.ArnFormat_COLON_RESOURCE_NAME,
			ResourceName: jsii.String(machineName(s, callbackMachine)),
		}))
	}
}

// newStateMachine reads infra/workflows/<name>.asl.json.
func newStateMachine(stack awscdk.Stack, s Settings, name string, function awslambda.Function) awsstepfunctions.StateMachine {
	definition, err := definitions.Definitions.ReadFile(name + ".asl.json")
	if err != nil {
		panic(fmt.Errorf("state machine %s: %w", name, err)) // embedded: only a programming error gets here
	}
	machine := awsstepfunctions.NewStateMachine(stack, jsii.String(name), &awsstepfunctions.StateMachineProps{
		StateMachineName:        jsii.String(machineName(s, name)),
		StateMachineType:        awsstepfunctions.StateMachineType_STANDARD,
		DefinitionBody:          awsstepfunctions.DefinitionBody_FromString(jsii.String(string(definition))),
		DefinitionSubstitutions: &map[string]*string{"WorkflowFunctionArn": function.FunctionArn()},
		TracingEnabled:          jsii.Bool(true), // its executions and the function's work for them are one trace
	})
	machine.AddToRolePolicy(awsiam.NewPolicyStatement(&awsiam.PolicyStatementProps{
		Actions: jsii.Strings("lambda:InvokeFunction"), Resources: &[]*string{function.FunctionArn()},
	}))
	return machine
}

// scheduleSweep finds within a minute what a process that died left undone. One that fails, or could not be started in time, is
// not tried again, by the schedule or by Lambda, and told to nobody: the next is there before. That all fail is seen by the alarms.
func scheduleSweep(stack awscdk.Stack, function awslambda.Function) awsevents.Rule {
	function.ConfigureAsyncInvoke(&awslambda.EventInvokeConfigOptions{RetryAttempts: jsii.Number(0), MaxEventAge: seconds(60)})
	return awsevents.NewRule(stack, jsii.String("Sweep"), &awsevents.RuleProps{
		Schedule: awsevents.Schedule_Rate(awscdk.Duration_Minutes(jsii.Number(1))),
		Targets: &[]awsevents.IRuleTarget{awseventstargets.NewLambdaFunction(function, &awseventstargets.LambdaFunctionProps{
			Event:         awsevents.RuleTargetInput_FromObject(map[string]string{"action": "sweep"}),
			RetryAttempts: jsii.Number(0),
			MaxEventAge:   seconds(60),
		})},
	})
}
