package stacks

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"guichet/infra/cost"
)

// docs/cost.md is written from what infra/cost assumes of what is deployed.
func TestCostsAreOfWhatIsDeployed(t *testing.T) {
	t.Parallel()
	assert.Len(t, aclRules(t), cost.Rules, "each is paid for")
	assert.Len(t, resources(stack(t, "data"), "AWS::SecretsManager::Secret"), cost.Secrets)
	task := only(t, stack(t, "media"), "AWS::ECS::TaskDefinition")
	assert.Equal(t, []any{"1024", "2048"}, []any{task["Cpu"], task["Memory"]})
	assert.Equal(t, []int{1, 2}, []int{cost.NodeProcessors, cost.NodeGB}, "1024 units are a processor")
	for name, function := range functions(t) {
		gb := cost.RequestGB
		switch name {
		case "stream", "cards", "workflow":
			gb = cost.ChangeGB
		}
		assert.Equal(t, gb*1024, function["MemorySize"], name)
	}
	balancers := resources(stack(t, "front"), "AWS::ElasticLoadBalancingV2::LoadBalancer")
	assert.Len(t, balancers, 1)
	assert.Empty(t, resources(stack(t, "front"), "AWS::EC2::EIP"), "the node's address is the only one")
}
