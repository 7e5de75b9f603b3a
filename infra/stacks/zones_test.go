package stacks

import (
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// virginia is a centre in the web ACL's own Region, of which CloudFront's VPC origins do not reach every zone.
var virginia = sync.OnceValues(func() (synthesis, error) { return synth("deployment: {prefix: acme, region: us-east-1}") })

// zonesOf are the zones of a front's subnets by the subnets' kind, and whether they are said by id.
func zonesOf(t *testing.T, front object) map[string][]string {
	t.Helper()
	found := map[string][]string{}
	for id, subnet := range resources(front, "AWS::EC2::Subnet") {
		properties := subnet["Properties"].(object)
		zone, named := properties["AvailabilityZoneId"].(string)
		if !named {
			zone = text(t, properties["AvailabilityZone"])
		} else {
			assert.NotContains(t, properties, "AvailabilityZone", "EC2 takes one of them")
		}
		kind, _, _ := strings.Cut(strings.TrimPrefix(id, "Network"), "Subnet")
		found[kind] = append(found[kind], zone)
	}
	return found
}

// A VPC origin in a zone that CloudFront does not reach fails the first deployment.
func TestCloudFrontReachesTheZones(t *testing.T) {
	t.Parallel()
	made, err := virginia()
	require.NoError(t, err)
	for kind, zones := range zonesOf(t, made.templates["front"]) {
		assert.ElementsMatch(t, []string{"use1-az1", "use1-az2"}, zones, kind)
	}
	elsewhere := zonesOf(t, stack(t, "front"))
	require.Len(t, elsewhere, 2)
	for kind, zones := range elsewhere {
		assert.ElementsMatch(t, []string{`{"Fn::Select":[0,{"Fn::GetAZs":""}]}`, `{"Fn::Select":[1,{"Fn::GetAZs":""}]}`}, zones, kind)
	}
}

// In the web ACL's own Region nothing has to be carried to another.
func TestACentreInTheWebACLsRegion(t *testing.T) {
	t.Parallel()
	made, err := virginia()
	require.NoError(t, err)
	assert.Empty(t, resources(made.templates["front"], "Custom::CrossRegionExportReader"))
	assert.Contains(t, text(t, only(t, made.templates["front"], "AWS::CloudFront::Distribution")["DistributionConfig"].(object)["WebACLId"]), "acme-edge:")
}
