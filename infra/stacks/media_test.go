package stacks

import (
	"fmt"
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
	assert.Len(t, network["Subnets"], 2, "in two zones")
	assert.Equal(t, "FARGATE", service["LaunchType"])
	assert.NotContains(t, service, "DesiredCount", "a deployment must not undo what autoscaling has done")
	deployment := service["DeploymentConfiguration"].(object)
	assert.Equal(t, []any{100.0, 200.0}, []any{deployment["MinimumHealthyPercent"], deployment["MaximumPercent"]}, "beside those whose calls go on")
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
	from := map[string]string{}
	for _, resource := range resources(stack(t, "media"), "AWS::EC2::SecurityGroupIngress") {
		rule := resource["Properties"].(object)
		assert.Equal(t, []any{"tcp", rule["FromPort"]}, []any{rule["IpProtocol"], rule["ToPort"]})
		assert.Contains(t, text(t, rule["GroupId"]), "Nodes")
		from[fmt.Sprint(rule["FromPort"])] = text(t, rule["SourceSecurityGroupId"])
	}
	require.Len(t, from, 2)
	assert.Contains(t, from["8081"], "BalancerSecurityGroup")
	assert.Contains(t, from["8082"], `"Nodes`, "from each other alone")
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

func TestMediaNodesFindEachOther(t *testing.T) {
	t.Parallel()
	template := stack(t, "media")
	namespace := only(t, template, "AWS::ServiceDiscovery::PrivateDnsNamespace")
	service := only(t, template, "AWS::ServiceDiscovery::Service")
	records := service["DnsConfig"].(object)["DnsRecords"].([]any)
	assert.Equal(t, []any{object{"TTL": 10.0, "Type": "A"}}, records)
	assert.Contains(t, text(t, only(t, template, "AWS::ECS::Service")["ServiceRegistries"]), "CloudmapService")
	name := fmt.Sprintf(`{"Name":"MEDIA_FLEET_NAME","Value":"%s.%s"}`, service["Name"], namespace["Name"])
	assert.Contains(t, text(t, only(t, template, "AWS::ECS::TaskDefinition")), name)
}

func TestMediaPathsReachTheNodes(t *testing.T) {
	t.Parallel()
	rule := only(t, stack(t, "media"), "AWS::ElasticLoadBalancingV2::ListenerRule")
	assert.Contains(t, text(t, rule["Conditions"]), `"/media/*"`)
	assert.Equal(t, "/media/healthz", only(t, stack(t, "media"), "AWS::ElasticLoadBalancingV2::TargetGroup")["HealthCheckPath"])
}
