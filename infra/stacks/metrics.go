package stacks

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awscloudwatch"
	"github.com/aws/aws-cdk-go/awscdk/v2/awslambda"
	"github.com/aws/aws-cdk-go/awscdk/v2/awslogs"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsstepfunctions"
	"github.com/aws/jsii-runtime-go"

	"guichet/shared/measure"
)

const (
	sum     = "Sum"
	maximum = "Maximum"
	average = "Average"
)

func over(statistic string, period float64) *awscloudwatch.MetricOptions {
	return &awscloudwatch.MetricOptions{Statistic: jsii.String(statistic), Period: seconds(period)}
}

// expression is metric math. What it uses is never drawn itself.
func expression(text string, period float64, using map[string]awscloudwatch.IMetric) awscloudwatch.MathExpression {
	return awscloudwatch.NewMathExpression(&awscloudwatch.MathExpressionProps{
		Expression: jsii.String(text), Period: seconds(period), UsingMetrics: &using,
	})
}

// measured is something that functions/cards counts.
func (w watched) measured(m measure.Metric, period float64) awscloudwatch.IMetric {
	return w.custom(m, sum, period)
}

// found is something that the sweep finds, every minute.
func (w watched) found(m measure.Metric) awscloudwatch.IMetric {
	return w.custom(m, maximum, minute)
}

func (w watched) custom(m measure.Metric, statistic string, period float64) awscloudwatch.IMetric {
	return awscloudwatch.NewMetric(&awscloudwatch.MetricProps{
		Namespace: jsii.String(measure.Namespace), MetricName: jsii.String(m.Name), Label: jsii.String(m.Name),
		DimensionsMap: &map[string]*string{measure.Dimension: jsii.String(w.prefix)},
		Statistic:     jsii.String(statistic), Period: seconds(period),
	})
}

// logged counts the lines of a function's log in which a field is as given. Metric filters know no fixed dimension: their metrics lie
// in a namespace of the centre's own. One exists, and costs, in the hours alone in which there was such a line.
func (w watched) logged(stack awscdk.Stack, name string, function awslambda.Function, field, value string) awscloudwatch.IMetric {
	filter := awslogs.NewMetricFilter(stack, jsii.String(name), &awslogs.MetricFilterProps{
		LogGroup:        function.LogGroup(),
		FilterPattern:   awslogs.FilterPattern_StringValue(jsii.String(field), jsii.String("="), jsii.String(value)),
		MetricNamespace: jsii.String(measure.Namespace + "/" + w.prefix), MetricName: jsii.String(name), MetricValue: jsii.String("1"),
	})
	return filter.Metric(over(sum, minutes))
}

func failures(f awslambda.Function, period float64) awscloudwatch.IMetric {
	return f.MetricErrors(over(sum, period))
}

func duration(f awslambda.Function, statistic string, period float64) awscloudwatch.IMetric {
	return f.MetricDuration(over(statistic, period))
}

// throttles are those of the whole account.
func throttles() awscloudwatch.IMetric {
	return awslambda.Function_MetricAllThrottles(over(sum, minutes))
}

// iteratorAge is how old the last record of a batch is, in milliseconds.
func iteratorAge(f awslambda.Function) awscloudwatch.IMetric {
	return f.Metric(jsii.String("IteratorAge"), over(maximum, minute))
}

func executionsFailed(m awsstepfunctions.StateMachine) awscloudwatch.IMetric {
	return m.MetricFailed(over(sum, minutes))
}

func (w watched) table(metric string, period float64) awscloudwatch.IMetric {
	return w.data.table.Metric(jsii.String(metric), over(sum, period))
}

// tableErrors are DynamoDB's own failures in an operation. There is no metric of all operations.
func (w watched) tableErrors(operation string) awscloudwatch.IMetric {
	return awscloudwatch.NewMetric(&awscloudwatch.MetricProps{
		Namespace: jsii.String("AWS/DynamoDB"), MetricName: jsii.String("SystemErrors"),
		DimensionsMap: &map[string]*string{"TableName": w.data.table.TableName(), "Operation": jsii.String(operation)},
		Statistic:     jsii.String(sum), Period: seconds(minutes),
	})
}

func (w watched) setAside() awscloudwatch.IMetric {
	return w.failed.MetricApproximateNumberOfMessagesVisible(over(maximum, minutes))
}

func (w watched) httpErrors() awscloudwatch.IMetric {
	return w.front.http.MetricServerError(over(sum, minutes))
}

// sweeps are how often the rule has called the sweep.
func (w watched) sweeps() awscloudwatch.IMetric {
	return awscloudwatch.NewMetric(&awscloudwatch.MetricProps{
		Namespace: jsii.String("AWS/Events"), MetricName: jsii.String("Invocations"),
		DimensionsMap: &map[string]*string{"RuleName": w.sweep.RuleName()},
		Statistic:     jsii.String(sum), Period: seconds(minutes),
	})
}

// healthyNodes is the most that any of the load balancer's own nodes sees.
func (w watched) healthyNodes() awscloudwatch.IMetric {
	return w.targets.Metrics().HealthyHostCount(over(maximum, minute))
}

func (w watched) mediaCPU() awscloudwatch.IMetric {
	return w.service.MetricCpuUtilization(over(average, minute))
}
