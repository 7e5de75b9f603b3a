package stacks

import (
	"github.com/aws/aws-cdk-go/awscdk/v2/awsec2"
	"github.com/aws/jsii-runtime-go"
)

// zonesOfOrigins are two zones that CloudFront's VPC origins reach, in Regions of which they do not reach all (use1-az3 and cac1-az3).
// Everywhere else the account's first two do. They have ids here: what an account calls us-east-1a may be any of them. In us-west-1 accounts
// have but two: docs/deploy.md says how to see whether they will do.
// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-vpc-origins.html
var zonesOfOrigins = map[string][]string{
	"us-east-1":    {"use1-az1", "use1-az2"},
	"ca-central-1": {"cac1-az1", "cac1-az2"},
}

// placeSubnets puts a network where CloudFront reaches its load balancer.
func placeSubnets(vpc awsec2.Vpc, region string) {
	for i, zone := range zonesOfOrigins[region] {
		for _, subnets := range []*[]awsec2.ISubnet{vpc.PublicSubnets(), vpc.IsolatedSubnets()} {
			subnet := (*subnets)[i].Node().DefaultChild().(awsec2.CfnSubnet)
			subnet.SetAvailabilityZone(nil)
			subnet.SetAvailabilityZoneId(jsii.String(zone))
		}
	}
}
