package stacks

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsapplicationautoscaling"
	"github.com/aws/aws-cdk-go/awscdk/v2/awscloudwatch"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsecs"
	"github.com/aws/aws-cdk-go/awscdk/v2/awslogs"
	"github.com/aws/jsii-runtime-go"

	domain "guichet/shared/center"
	"guichet/shared/config"
)

const (
	// callsPerNode is what autoscaling aims at. Half of what one core holds: calls go on where they are, so a node must have
	// room for those that come until the next one is up.
	callsPerNode = 200
	// mostCallsPerNode is where a node leaves newcomers to the others. See docs/media-node.md, Figures.
	mostCallsPerNode = 400
	// openEarly is how many minutes before its hours a centre has its nodes: a task takes one or two to start, agents log in.
	openEarly = 15
)

// scaleMedia runs more nodes when there are more calls, and none outside the hours. Which node is to go is for ECS to choose
// among those without a call: a node that has some protects itself.
func scaleMedia(m config.Media, prefix string, service awsecs.FargateService, log awslogs.LogGroup) {
	count := service.AutoScaleTaskCount(&awsapplicationautoscaling.EnableScalingProps{
		MinCapacity: jsii.Number(m.Least), MaxCapacity: jsii.Number(m.Most),
	})
	// A metric filter, so that a node needs no permission to publish: it logs its load every minute. The embedded metric format
	// would do as much, but not where CloudWatch wants a header for it that the log driver cannot send.
	load := log.AddMetricFilter(jsii.String("LiveCalls"), &awslogs.MetricFilterOptions{
		FilterPattern: awslogs.FilterPattern_Literal(jsii.String(`{ $.msg = "load" && $.calls >= 0 }`)),
		MetricName:    jsii.String("LiveCalls"), MetricNamespace: jsii.String("Guichet/" + prefix), MetricValue: jsii.String("$.calls"),
	})
	count.ScaleToTrackCustomMetric(jsii.String("LiveCalls"), &awsecs.TrackCustomMetricProps{
		Metric: load.Metric(&awscloudwatch.MetricOptions{
			Statistic: jsii.String("Average"), // over the nodes: it falls when there are more
			Period:    awscdk.Duration_Minutes(jsii.Number(1)),
		}),
		TargetValue:      jsii.Number(callsPerNode),
		ScaleOutCooldown: seconds(60), ScaleInCooldown: seconds(600),
	})
	for _, turn := range turns(m.Open) {
		capacity := [2]int{}
		if turn.on {
			capacity = [2]int{m.Least, m.Most}
		}
		count.ScaleOnSchedule(jsii.String(turn.name()), &awsapplicationautoscaling.ScalingSchedule{
			Schedule: awsapplicationautoscaling.Schedule_Cron(&awsapplicationautoscaling.CronOptions{
				Minute: jsii.String(fmt.Sprint(turn.minute % 60)), Hour: jsii.String(fmt.Sprint(turn.minute / 60)),
				WeekDay: jsii.String(strings.Join(turn.days, ",")),
			}),
			TimeZone:    awscdk.TimeZone_Of(jsii.String(m.Zone)),
			MinCapacity: jsii.Number(capacity[0]), MaxCapacity: jsii.Number(capacity[1]),
		})
	}
}

// turn is a moment of some days of the week at which nodes begin to run, or cease.
type turn struct {
	minute int // of the day
	on     bool
	days   []string
}

func (t turn) name() string {
	return fmt.Sprintf("%s%02d%02d", map[bool]string{true: "Open", false: "Close"}[t.on], t.minute/60, t.minute%60)
}

const (
	minutesOfDay  = 24 * 60
	minutesOfWeek = 7 * minutesOfDay
)

// turns are those that make hours, by the minute of the day; none when nodes run always. Hours that touch, or would but for
// openEarly, have no turn between them.
func turns(h *domain.Hours) []turn {
	if h == nil {
		return nil
	}
	var runs [minutesOfWeek]bool
	for day, spans := range h.Week {
		for _, s := range spans {
			for minute := s.From - openEarly; minute < s.To; minute++ {
				runs[(day*minutesOfDay+minute+minutesOfWeek)%minutesOfWeek] = true
			}
		}
	}
	var out []turn
	for minute, on := range runs {
		if on == runs[(minute+minutesOfWeek-1)%minutesOfWeek] {
			continue
		}
		at, day := minute%minutesOfDay, time.Weekday(minute/minutesOfDay).String()
		i := slices.IndexFunc(out, func(t turn) bool { return t.minute == at && t.on == on })
		if i < 0 {
			i, out = len(out), append(out, turn{minute: at, on: on})
		}
		out[i].days = append(out[i].days, strings.ToUpper(day[:3]))
	}
	slices.SortFunc(out, func(a, b turn) int { return a.minute - b.minute })
	return out
}
