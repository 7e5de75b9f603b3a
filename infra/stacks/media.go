package stacks

import (
	"fmt"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsecrassets"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsecs"
	"github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awslogs"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"guichet/shared/mediaapi"
)

const (
	mediaDockerfile = "media-node/Dockerfile"
	mediaHTTPPort   = 8081 // WHIP, media streams, health
	mediaUDPPort    = 3478 // all agents' audio
	roomUDPPort     = 3479 // all meeting rooms
)

// newMedia runs the media nodes. See docs/decisions/media-node-network.md.
func newMedia(scope constructs.Construct, s Settings, d data, f front) {
	stack := newStack(scope, s, "media", "the media nodes", replaces)
	cluster := awsecs.NewCluster(stack, jsii.String("Cluster"), &awsecs.ClusterProps{Vpc: f.network.vpc})
	group := awsec2.NewSecurityGroup(stack, jsii.String("Nodes"), &awsec2.SecurityGroupProps{
		Vpc: f.network.vpc, Description: jsii.String("Media nodes of " + s.Prefix),
	})
	group.AddIngressRule(awsec2.Peer_AnyIpv4(), awsec2.Port_Udp(jsii.Number(mediaUDPPort)), jsii.String("Agents' audio"), nil)
	group.AddIngressRule(awsec2.Peer_AnyIpv4(), awsec2.Port_Udp(jsii.Number(roomUDPPort)), jsii.String("Meeting rooms"), nil)
	service := awsecs.NewFargateService(stack, jsii.String("Service"), &awsecs.FargateServiceProps{
		Cluster:        cluster,
		TaskDefinition: newMediaTask(stack, s, d, f),
		DesiredCount:   jsii.Number(1), // until a node passes on what is another's
		AssignPublicIp: jsii.Bool(true),
		VpcSubnets:     &awsec2.SubnetSelection{SubnetType: awsec2.SubnetType_PUBLIC},
		SecurityGroups: &[]awsec2.ISecurityGroup{group},
		CircuitBreaker: &awsecs.DeploymentCircuitBreaker{Rollback: jsii.Bool(true)},
		// A new node is up before an old one goes.
		MinHealthyPercent: jsii.Number(100), MaxHealthyPercent: jsii.Number(200),
	})
	addMediaRoute(stack, f, service)
}

func newMediaTask(stack awscdk.Stack, s Settings, d data, f front) awsecs.FargateTaskDefinition {
	task := awsecs.NewFargateTaskDefinition(stack, jsii.String("Task"), &awsecs.FargateTaskDefinitionProps{
		Cpu: jsii.Number(1024), MemoryLimitMiB: jsii.Number(2048), // one core holds several hundred calls
		RuntimePlatform: &awsecs.RuntimePlatform{
			CpuArchitecture:       awsecs.CpuArchitecture_ARM64(),
			OperatingSystemFamily: awsecs.OperatingSystemFamily_LINUX(),
		},
	})
	task.AddContainer(jsii.String("node"), &awsecs.ContainerDefinitionOptions{
		Image:                  mediaImage(s),
		ReadonlyRootFilesystem: jsii.Bool(true),
		StopTimeout:            seconds(120), // the longest that Fargate grants for draining
		Environment: &map[string]*string{
			"MEDIA_HTTP":          jsii.String(fmt.Sprintf("0.0.0.0:%d", mediaHTTPPort)),
			"MEDIA_UDP":           jsii.String(fmt.Sprintf("0.0.0.0:%d", mediaUDPPort)),
			"MEDIA_ROOM_UDP":      jsii.String(fmt.Sprintf("0.0.0.0:%d", roomUDPPort)),
			"MEDIA_EVENT_URL":     jsii.String(f.publicURL() + mediaapi.EventPath),
			"MEDIA_PUBLIC_IP_URL": jsii.String("https://checkip.amazonaws.com"), // Fargate tells no task its public address
		},
		Secrets: &map[string]awsecs.Secret{
			"MEDIA_KEY": awsecs.Secret_FromSecretsManager(d.mediaKey, nil),
		},
		PortMappings: &[]*awsecs.PortMapping{
			{ContainerPort: jsii.Number(mediaHTTPPort)},
			{ContainerPort: jsii.Number(mediaUDPPort), Protocol: awsecs.Protocol_UDP},
			{ContainerPort: jsii.Number(roomUDPPort), Protocol: awsecs.Protocol_UDP},
		},
		Logging: awsecs.LogDrivers_AwsLogs(&awsecs.AwsLogDriverProps{
			StreamPrefix: jsii.String("node"),
			LogGroup: awslogs.NewLogGroup(stack, jsii.String("log"), &awslogs.LogGroupProps{
				LogGroupName:  jsii.String("/" + s.Prefix + "/media-node"),
				Retention:     awslogs.RetentionDays_ONE_MONTH,
				RemovalPolicy: awscdk.RemovalPolicy_DESTROY,
			}),
		}),
	})
	return task
}

// mediaImage is built when it is deployed; synthesis only takes the fingerprint of its sources, and needs no Docker.
func mediaImage(s Settings) awsecs.ContainerImage {
	return awsecs.ContainerImage_FromAsset(jsii.String(s.Assets.Source), &awsecs.AssetImageProps{
		File:       jsii.String(mediaDockerfile),
		Platform:   awsecrassets.Platform_LINUX_ARM64(),
		AssetName:  jsii.String(s.Prefix + "-media-node"),
		IgnoreMode: awscdk.IgnoreMode_DOCKER,
		// Nothing else may be imported by the node, so nothing else makes a new image.
		Exclude: jsii.Strings("*", "!go.mod", "!go.sum", "!media-node", "!shared/mediaapi", "media-node/bench", "**/*_test.go", "**/testdata"),
	})
}

// addMediaRoute lets the load balancer pass /media/* to the nodes.
func addMediaRoute(stack awscdk.Stack, f front, service awsecs.FargateService) {
	targets := awselasticloadbalancingv2.NewApplicationTargetGroup(stack, jsii.String("Targets"),
		&awselasticloadbalancingv2.ApplicationTargetGroupProps{
			Vpc: f.network.vpc, Port: jsii.Number(mediaHTTPPort), Protocol: awselasticloadbalancingv2.ApplicationProtocol_HTTP,
			Targets: &[]awselasticloadbalancingv2.IApplicationLoadBalancerTarget{service},
			HealthCheck: &awselasticloadbalancingv2.HealthCheck{
				Path: jsii.String("/media/healthz"), Interval: seconds(10), Timeout: seconds(5),
				HealthyThresholdCount: jsii.Number(2), UnhealthyThresholdCount: jsii.Number(2),
			},
			// Short, because ECS tells the node to stop only afterwards: until then its agents stay with it, while new
			// calls reach the new node.
			DeregistrationDelay: seconds(5),
		})
	awselasticloadbalancingv2.NewApplicationListenerRule(stack, jsii.String("Route"),
		&awselasticloadbalancingv2.ApplicationListenerRuleProps{
			Listener: f.network.listener, Priority: jsii.Number(10),
			Conditions: &[]awselasticloadbalancingv2.ListenerCondition{
				awselasticloadbalancingv2.ListenerCondition_PathPatterns(jsii.Strings("/media/*")),
			},
			Action: awselasticloadbalancingv2.ListenerAction_Forward(
				&[]awselasticloadbalancingv2.IApplicationTargetGroup{targets}, nil),
		})
}
