package stacks

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awscloudwatch"
	"github.com/aws/aws-cdk-go/awscdk/v2/awscloudwatchactions"
	"github.com/aws/jsii-runtime-go"
)

// alarm is one alarm. It rings when its metric is at the threshold in as many of the last periods as it says, and tells when that is
// over.
type alarm struct {
	runbook string // the section of docs/runbooks.md, and the alarm's name behind the prefix
	of      string // what of several alike it looks at, behind that; else empty
	says    string // in a sentence, what is wrong
	metric  awscloudwatch.IMetric
	at      float64 // it rings at this value and above
	below   bool    // or: below it
	times   float64 // in as many periods
	outOf   float64 // of so many; 0: of as many
	missing awscloudwatch.TreatMissingData
}

// What a missing value means to an alarm: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html
const (
	nothingHappened = awscloudwatch.TreatMissingData_NOT_BREACHING // nobody called, or nothing went wrong: nothing is written then
	somethingIsOff  = awscloudwatch.TreatMissingData_BREACHING     // what speaks every minute is silent
	asBefore        = awscloudwatch.TreatMissingData_IGNORE        // the service stops telling what has not changed
)

func (a alarm) name() string {
	if a.of == "" {
		return a.runbook
	}
	return a.runbook + "-" + a.of
}

func (a alarm) add(stack awscdk.Stack, s Settings, tell awscloudwatchactions.SnsAction) awscloudwatch.IAlarm {
	comparison := awscloudwatch.ComparisonOperator_GREATER_THAN_OR_EQUAL_TO_THRESHOLD
	if a.below {
		comparison = awscloudwatch.ComparisonOperator_LESS_THAN_THRESHOLD
	}
	periods := max(a.times, a.outOf)
	made := awscloudwatch.NewAlarm(stack, jsii.String(a.name()), &awscloudwatch.AlarmProps{
		AlarmName:          jsii.String(s.Prefix + "-" + a.name()),
		AlarmDescription:   jsii.String(a.says + " What to do: docs/runbooks.md#" + a.runbook),
		Metric:             a.metric,
		Threshold:          jsii.Number(a.at),
		ComparisonOperator: comparison,
		DatapointsToAlarm:  jsii.Number(a.times),
		EvaluationPeriods:  jsii.Number(periods),
		TreatMissingData:   a.missing,
	})
	made.AddAlarmAction(tell)
	made.AddOkAction(tell)
	return made
}
