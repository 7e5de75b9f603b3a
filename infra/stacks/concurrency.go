package stacks

import (
	"github.com/aws/aws-cdk-go/awscdk/v2/awslambda"
	"github.com/aws/jsii-runtime-go"
)

// leastShared is how many executions there must be for a part of them to be set aside: AWS keeps 100 that no function may reserve,
// https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html
const leastShared = 200

// ceiling lets a function have one in so many of the account's concurrent executions, and no more. Without it, whoever
// floods what is open to everybody would take the last one from the calls. In an account that has few there is no ceiling:
// it would be too low to work under.
//
// What calls need (voice, mediahook, stream) has none, and three quarters to itself.
func ceiling(s Settings, oneIn int) need {
	return func(function awslambda.Function) {
		if s.Concurrency < leastShared {
			return
		}
		function.Node().DefaultChild().(awslambda.CfnFunction).SetReservedConcurrentExecutions(jsii.Number(float64(s.Concurrency / oneIn)))
	}
}
