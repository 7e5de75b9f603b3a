package stacks

import (
	"fmt"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsecrassets"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsecs"
	"github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsiam"
	"github.com/aws/aws-cdk-go/awscdk/v2/awslogs"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsservicediscovery"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"guichet/shared/mediaapi"
)

const (
	mediaDockerfile = "media-node/Dockerfile"
	mediaHTTPPort   = 8081 // WHIP, media streams, health
	mediaFleetPort  = 8082 // what nodes ask each other and pass on
	mediaUDPPort    = 3478 // all agents' audio
	roomUDPPort     = 3479 // all meeting rooms
)

// mediaSources are what the image is made of: nothing else may be imported by the node, so nothing else makes a new image. The
// Dockerfile copies them.
var mediaSources = []string{"go.mod", "go.sum", "media-node", "shared/mediaapi", "shared/wav"}

// mediaName is the host name, below the cluster's own namespace, that has the addresses of all nodes.
const mediaName = "media"

// newMedia runs the media nodes. See docs/decisions/media-node-network.md.
func newMedia(scope constructs.Construct, s Settings, d data, f front) {
	stack := newStack(scope, s, "media", "the media nodes", replaces)
	cluster := awsecs.NewCluster(stack, jsii.String("Cluster"), &awsecs.ClusterProps{
		Vpc:                      f.network.vpc,
		DefaultCloudMapNamespace: &awsecs.CloudMapNamespaceOptions{Name: jsii.String(mediaNamespace(s))},
	})
	group := awsec2.NewSecurityGroup(stack, jsii.String("Nodes"), &awsec2.SecurityGroupProps{
		Vpc: f.network.vpc, Description: jsii.String("Media nodes of " + s.Prefix),
	})
	group.AddIngressRule(awsec2.Peer_AnyIpv4(), awsec2.Port_Udp(jsii.Number(mediaUDPPort)), jsii.String("Audio of agents"), nil)
	group.AddIngressRule(awsec2.Peer_AnyIpv4(), awsec2.Port_Udp(jsii.Number(roomUDPPort)), jsii.String("Meeting rooms"), nil)
	group.AddIngressRule(group, awsec2.Port_Tcp(jsii.Number(mediaFleetPort)), jsii.String("Other nodes"), nil)
	log := newMediaLog(stack, s)
	service := awsecs.NewFargateService(stack, jsii.String("Service"), &awsecs.FargateServiceProps{
		Cluster:        cluster,
		TaskDefinition: newMediaTask(stack, s, d, f, cluster, log), // how many is for autoscaling to say
		CloudMapOptions: &awsecs.CloudMapOptions{
			Name: jsii.String(mediaName), DnsRecordType: awsservicediscovery.DnsRecordType_A, DnsTtl: seconds(10),
		},
		AssignPublicIp: jsii.Bool(true),
		VpcSubnets:     &awsec2.SubnetSelection{SubnetType: awsec2.SubnetType_PUBLIC},
		SecurityGroups: &[]awsec2.ISecurityGroup{group},
		CircuitBreaker: &awsecs.DeploymentCircuitBreaker{Rollback: jsii.Bool(true)},
		// New nodes are up before old ones go, and beside those whose calls go on.
		MinHealthyPercent: jsii.Number(100), MaxHealthyPercent: jsii.Number(200),
	})
	addMediaRoute(stack, f, service)
	scaleMedia(s.Media, s.Prefix, service, log)
}

func mediaNamespace(s Settings) string { return s.Prefix + ".guichet.internal" }

func newMediaLog(stack awscdk.Stack, s Settings) awslogs.LogGroup {
	return awslogs.NewLogGroup(stack, jsii.String("log"), &awslogs.LogGroupProps{
		LogGroupName:  jsii.String("/" + s.Prefix + "/media-node"),
		Retention:     awslogs.RetentionDays_ONE_MONTH,
		RemovalPolicy: awscdk.RemovalPolicy_DESTROY,
	})
}

func newMediaTask(stack awscdk.Stack, s Settings, d data, f front, cluster awsecs.Cluster, log awslogs.LogGroup) awsecs.FargateTaskDefinition {
	task := awsecs.NewFargateTaskDefinition(stack, jsii.String("Task"), &awsecs.FargateTaskDefinitionProps{
		Cpu: jsii.Number(1024), MemoryLimitMiB: jsii.Number(2048), // one core holds several hundred calls
		RuntimePlatform: &awsecs.RuntimePlatform{
			CpuArchitecture:       awsecs.CpuArchitecture_ARM64(),
			OperatingSystemFamily: awsecs.OperatingSystemFamily_LINUX(),
		},
	})
	// It asks ECS, through the container agent, not to end it while calls are live.
	task.AddToTaskRolePolicy(awsiam.NewPolicyStatement(&awsiam.PolicyStatementProps{
		Actions: jsii.Strings("ecs:UpdateTaskProtection"),
		Resources: &[]*string{stack.FormatArn(&awscdk.ArnComponents{
			Service: jsii.String("ecs"), Resource: jsii.String("task"), ResourceName: jsii.String(*cluster.ClusterName() + "/*"),
		})},
	}))
	task.AddContainer(jsii.String("node"), &awsecs.ContainerDefinitionOptions{
		Image:                  mediaImage(s),
		ReadonlyRootFilesystem: jsii.Bool(true),
		StopTimeout:            seconds(120), // the longest that Fargate grants for draining
		Environment: &map[string]*string{
			"MEDIA_HTTP":          jsii.String(fmt.Sprintf("0.0.0.0:%d", mediaHTTPPort)),
			"MEDIA_UDP":           jsii.String(fmt.Sprintf("0.0.0.0:%d", mediaUDPPort)),
			"MEDIA_ROOM_UDP":      jsii.String(fmt.Sprintf("0.0.0.0:%d", roomUDPPort)),
			"MEDIA_FLEET_HTTP":    jsii.String(fmt.Sprintf("0.0.0.0:%d", mediaFleetPort)),
			"MEDIA_FLEET_NAME":    jsii.String(mediaName + "." + mediaNamespace(s)),
			"MEDIA_MAX_CALLS":     jsii.String(fmt.Sprint(mostCallsPerNode)),
			"MEDIA_EVENT_URL":     jsii.String(f.publicURL() + mediaapi.EventPath),
			"MEDIA_PUBLIC_IP_URL": jsii.String("https://checkip.amazonaws.com"), // Fargate tells no task its public address
		},
		Secrets: &map[string]awsecs.Secret{
			"MEDIA_KEY": awsecs.Secret_FromSecretsManager(d.mediaKey, nil),
		},
		PortMappings: &[]*awsecs.PortMapping{
			{ContainerPort: jsii.Number(mediaHTTPPort)},
			{ContainerPort: jsii.Number(mediaFleetPort)},
			{ContainerPort: jsii.Number(mediaUDPPort), Protocol: awsecs.Protocol_UDP},
			{ContainerPort: jsii.Number(roomUDPPort), Protocol: awsecs.Protocol_UDP},
		},
		Logging: awsecs.LogDrivers_AwsLogs(&awsecs.AwsLogDriverProps{
			StreamPrefix: jsii.String("node"), LogGroup: log,
		}),
	})
	return task
}

// mediaImage is built when it is deployed; synthesis only takes the fingerprint of its sources, and needs no Docker.
func mediaImage(s Settings) awsecs.ContainerImage {
	exclude := []string{"*"}
	for _, source := range mediaSources {
		exclude = append(exclude, "!"+source)
	}
	return awsecs.ContainerImage_FromAsset(jsii.String(s.Assets.Source), &awsecs.AssetImageProps{
		File:       jsii.String(mediaDockerfile),
		Platform:   awsecrassets.Platform_LINUX_ARM64(),
		AssetName:  jsii.String(s.Prefix + "-media-node"),
		IgnoreMode: awscdk.IgnoreMode_DOCKER,
		Exclude:    jsii.Strings(append(exclude, "media-node/bench", "**/*_test.go", "**/testdata")...),
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
			// ECS tells the node to stop only afterwards. It chooses nodes without a call; one that came in that moment has
			// this and the drain to end.
			DeregistrationDelay: seconds(60),
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
