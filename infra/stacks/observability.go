package stacks

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awscloudwatch"
	"github.com/aws/aws-cdk-go/awscdk/v2/awscloudwatchactions"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsecs"
	"github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsevents"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/aws-cdk-go/awscdk/v2/awslambda"
	"github.com/aws/aws-cdk-go/awscdk/v2/awssns"
	"github.com/aws/aws-cdk-go/awscdk/v2/awssnssubscriptions"
	"github.com/aws/aws-cdk-go/awscdk/v2/awssqs"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsstepfunctions"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
)

// watched is what the dashboard shows and the alarms look at.
type watched struct {
	prefix    string
	rests     bool                          // no media node runs at times
	functions map[string]awslambda.Function // by name
	machines  map[string]awsstepfunctions.StateMachine
	data      data
	front     front
	failed    awssqs.Queue
	sweep     awsevents.Rule
	service   awsecs.FargateService
	targets   awselasticloadbalancingv2.ApplicationTargetGroup
}

// newObservability makes the dashboard and, if somebody is to be told, the alarms. See docs/runbooks.md and docs/decisions/observability.md.
func newObservability(scope constructs.Construct, s Settings, w watched) {
	stack := newStack(scope, s, "observability", "the dashboard and the alarms", replaces)
	w.prefix, w.rests = s.Prefix, s.Media.Open != nil
	var alarms []awscloudwatch.IAlarm
	if s.AlarmsTo != "" {
		action := awscloudwatchactions.NewSnsAction(newTopic(stack, s))
		for _, a := range w.alarms(stack) {
			alarms = append(alarms, a.add(stack, s, action))
		}
	}
	w.addDashboard(stack, s, alarms)
}

// newTopic tells alarms to somebody, who has to confirm the subscription once. Only CloudWatch, for this account, may say anything.
func newTopic(stack awscdk.Stack, s Settings) awssns.Topic {
	topic := awssns.NewTopic(stack, jsii.String("Alarms"), &awssns.TopicProps{
		DisplayName: jsii.String("Guichet " + s.Prefix), EnforceSSL: jsii.Bool(true),
	})
	topic.AddToResourcePolicy(awsiam.NewPolicyStatement(&awsiam.PolicyStatementProps{
		Principals: &[]awsiam.IPrincipal{awsiam.NewServicePrincipal(jsii.String("cloudwatch.amazonaws.com"), nil)},
		Actions:    jsii.Strings("sns:Publish"),
		Resources:  &[]*string{topic.TopicArn()},
		Conditions: &map[string]any{"StringEquals": map[string]any{"aws:SourceAccount": stack.Account()}},
	}))
	topic.AddSubscription(awssnssubscriptions.NewEmailSubscription(jsii.String(s.AlarmsTo), nil))
	return topic
}

// mediaParts finds the media nodes' service and its targets in their stack.
func mediaParts(scope constructs.Construct, s Settings) (awsecs.FargateService, awselasticloadbalancingv2.ApplicationTargetGroup) {
	media := scope.Node().FindChild(jsii.String(s.Prefix + "-media")).Node()
	return media.FindChild(jsii.String("Service")).(awsecs.FargateService),
		media.FindChild(jsii.String("Targets")).(awselasticloadbalancingv2.ApplicationTargetGroup)
}
