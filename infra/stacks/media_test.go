package stacks

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestMediaNodesHavePublicAddresses(t *testing.T) {
	t.Parallel()
	service := only(t, stack(t, "media"), "AWS::ECS::Service")
	network := service["NetworkConfiguration"].(object)["AwsvpcConfiguration"].(object)
	assert.Equal(t, "ENABLED", network["AssignPublicIp"])
	assert.Contains(t, text(t, network["Subnets"]), "NodeSubnet")
	assert.Equal(t, "FARGATE", service["LaunchType"])
}

func TestMediaNodesAreOpenForCallsAndMeetingsAlone(t *testing.T) {
	t.Parallel()
	group := only(t, stack(t, "media"), "AWS::EC2::SecurityGroup")
	ingress := group["SecurityGroupIngress"].([]any)
	require.Len(t, ingress, 2)
	for i, port := range []float64{3478, 3479} {
		rule := ingress[i].(object)
		assert.Equal(t, []any{"udp", port, port, "0.0.0.0/0"}, []any{rule["IpProtocol"], rule["FromPort"], rule["ToPort"], rule["CidrIp"]})
	}
	fromBalancer := only(t, stack(t, "media"), "AWS::EC2::SecurityGroupIngress")
	assert.Equal(t, 8081.0, fromBalancer["FromPort"])
	assert.Contains(t, text(t, fromBalancer["SourceSecurityGroupId"]), "BalancerSecurityGroup")
}

func TestMediaTask(t *testing.T) {
	t.Parallel()
	task := only(t, stack(t, "media"), "AWS::ECS::TaskDefinition")
	assert.Equal(t, object{"CpuArchitecture": "ARM64", "OperatingSystemFamily": "LINUX"}, task["RuntimePlatform"])
	container := task["ContainerDefinitions"].([]any)[0].(object)
	assert.Equal(t, true, container["ReadonlyRootFilesystem"])
	assert.EqualValues(t, 120, container["StopTimeout"], "as long as a drain may take")
	known := parsedBy(t, "../../media-node/main.go")
	for _, kind := range []string{"Environment", "Secrets"} {
		for _, variable := range container[kind].([]any) {
			assert.Contains(t, known, variable.(object)["Name"])
		}
	}
	assert.Contains(t, text(t, container["Secrets"]), "MEDIA_KEY")
}

func TestMediaPathsReachTheNodes(t *testing.T) {
	t.Parallel()
	rule := only(t, stack(t, "media"), "AWS::ElasticLoadBalancingV2::ListenerRule")
	assert.Contains(t, text(t, rule["Conditions"]), `"/media/*"`)
	assert.Equal(t, "/media/healthz", only(t, stack(t, "media"), "AWS::ElasticLoadBalancingV2::TargetGroup")["HealthCheckPath"])
}
