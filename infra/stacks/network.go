package stacks

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awselasticloadbalancingv2"
	"github.com/aws/jsii-runtime-go"
)

// network is where the media nodes live, and the load balancer before them. See docs/decisions/media-node-network.md.
type network struct {
	vpc      awsec2.Vpc
	balancer awselasticloadbalancingv2.ApplicationLoadBalancer
	listener awselasticloadbalancingv2.ApplicationListener
}

func newNetwork(stack awscdk.Stack, s Settings) network {
	subnets := func(name string, kind awsec2.SubnetType) *awsec2.SubnetConfiguration {
		return &awsec2.SubnetConfiguration{Name: jsii.String(name), SubnetType: kind}
	}
	n := network{vpc: awsec2.NewVpc(stack, jsii.String("Network"), &awsec2.VpcProps{
		MaxAzs:      jsii.Number(2), // what a load balancer needs at least
		NatGateways: jsii.Number(0), // the nodes have public addresses anyway
		SubnetConfiguration: &[]*awsec2.SubnetConfiguration{
			subnets("Node", awsec2.SubnetType_PUBLIC), subnets("Balancer", awsec2.SubnetType_PRIVATE_ISOLATED),
		},
	})}
	placeSubnets(n.vpc, s.Region)
	n.balancer = awselasticloadbalancingv2.NewApplicationLoadBalancer(stack, jsii.String("Balancer"),
		&awselasticloadbalancingv2.ApplicationLoadBalancerProps{
			Vpc: n.vpc, InternetFacing: jsii.Bool(false), DropInvalidHeaderFields: jsii.Bool(true),
			VpcSubnets: &awsec2.SubnetSelection{SubnetType: awsec2.SubnetType_PRIVATE_ISOLATED},
		})
	// Open means: to whatever reaches an isolated subnet, which is CloudFront's VPC origin and the nodes.
	n.listener = n.balancer.AddListener(jsii.String("Listener"), &awselasticloadbalancingv2.BaseApplicationListenerProps{
		Port: jsii.Number(80), Open: jsii.Bool(true),
		DefaultAction: awselasticloadbalancingv2.ListenerAction_FixedResponse(jsii.Number(404), nil),
	})
	return n
}
