package stacks

import (
	"encoding/json"
	"os/exec"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/infra/stacks/outputs"
)

// The managed policies: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/attach-managed-policies.html
const (
	cachingDisabled           = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"
	allViewerExceptHostHeader = "b689b0a8-53d0-40ab-baf2-68738e2966ac"
)

func distribution(t *testing.T) object {
	t.Helper()
	return only(t, stack(t, "front"), "AWS::CloudFront::Distribution")["DistributionConfig"].(object)
}

// origin returns the origin that a behaviour names.
func origin(t *testing.T, behaviour object) object {
	t.Helper()
	for _, o := range distribution(t)["Origins"].([]any) {
		if o.(object)["Id"] == behaviour["TargetOriginId"] {
			return o.(object)
		}
	}
	t.Fatalf("no origin %v", behaviour["TargetOriginId"])
	return nil
}

func TestOneOriginServesEverything(t *testing.T) {
	t.Parallel()
	want := map[string]string{ // what the origin's JSON must have
		"/api/*": `"Http`, "/twilio/*": `"Http`, "/channels/*": `"Http`, "/hooks/*": `"Http`, "/realtime": `"Realtime`, "/media/*": `VpcOriginConfig`,
	}
	got := map[string]bool{}
	for _, b := range distribution(t)["CacheBehaviors"].([]any) {
		behaviour := b.(object)
		path := behaviour["PathPattern"].(string)
		got[path] = true
		assert.Equal(t, cachingDisabled, behaviour["CachePolicyId"], path)
		assert.Equal(t, allViewerExceptHostHeader, behaviour["OriginRequestPolicyId"], path)
		assert.Equal(t, "https-only", behaviour["ViewerProtocolPolicy"], path)
		assert.Contains(t, behaviour["AllowedMethods"], "DELETE", path)
		assert.Contains(t, text(t, behaviour["FunctionAssociations"]), "ForwardedHost", path)
		assert.Contains(t, text(t, origin(t, behaviour)), want[path], path)
	}
	assert.Len(t, got, len(want))
}

func TestFunctionsKnowTheFrontByItsSecret(t *testing.T) {
	t.Parallel()
	for _, b := range distribution(t)["CacheBehaviors"].([]any) {
		behaviour := b.(object)
		headers := text(t, origin(t, behaviour)["OriginCustomHeaders"])
		if behaviour["PathPattern"] == "/media/*" {
			assert.Equal(t, "null", headers, "the load balancer is private: it needs no secret")
			continue
		}
		assert.Contains(t, headers, `"HeaderName":"X-Origin-Secret"`)
		assert.Contains(t, headers, "{{resolve:secretsmanager:")
	}
}

func TestErrorsOfTheAPIsAreNotMasked(t *testing.T) {
	t.Parallel()
	assert.NotContains(t, distribution(t), "CustomErrorResponses")
	assert.Contains(t, text(t, distribution(t)["DefaultCacheBehavior"].(object)["FunctionAssociations"]), "SinglePage")
}

func TestMediaBalancerIsPrivate(t *testing.T) {
	t.Parallel()
	balancer := only(t, stack(t, "front"), "AWS::ElasticLoadBalancingV2::LoadBalancer")
	assert.Equal(t, "internal", balancer["Scheme"])
	assert.Contains(t, text(t, balancer["Subnets"]), "BalancerSubnet")
	assert.NotContains(t, text(t, balancer["Subnets"]), "NodeSubnet")
	assert.Empty(t, resources(stack(t, "front"), "AWS::EC2::NatGateway"))
}

func TestDashboardIsServedWithItsPolicy(t *testing.T) {
	t.Parallel()
	config := only(t, stack(t, "front"), "AWS::CloudFront::ResponseHeadersPolicy")["ResponseHeadersPolicyConfig"]
	headers := text(t, config)
	for _, want := range []string{"ContentSecurityPolicy", "StrictTransportSecurity", "ContentTypeOptions", "Permissions-Policy"} {
		assert.Contains(t, headers, want)
	}
	assert.Contains(t, headers, "https://cognito-idp.")
	assert.Contains(t, headers, "https://acme-")
	assert.Contains(t, text(t, distribution(t)["DefaultCacheBehavior"]), "SecurityHeaders")
}

// Queries have callers' numbers in them, and CloudFront's logs have queries.
func TestTheFrontWritesNoLogs(t *testing.T) {
	t.Parallel()
	assert.NotContains(t, distribution(t), "Logging")
	assert.Empty(t, resources(stack(t, "front"), "AWS::Logs::Delivery"))
}

func TestADomainOfTheCentresOwn(t *testing.T) {
	t.Parallel()
	front := otherStack(t, "front")
	config := only(t, front, "AWS::CloudFront::Distribution")["DistributionConfig"].(object)
	assert.Equal(t, []any{"contact.acme.example"}, config["Aliases"])
	viewer := config["ViewerCertificate"].(object)
	assert.Equal(t, otherCertificate, viewer["AcmCertificateArn"])
	assert.Equal(t, "TLSv1.2_2021", viewer["MinimumProtocolVersion"])
	assert.Equal(t, "https://contact.acme.example", output(front, outputs.PublicURL))
	assert.NotContains(t, distribution(t), "Aliases")
}

// What operators look for is there, under the names that package outputs gives.
func TestOutputs(t *testing.T) {
	t.Parallel()
	for name, stackName := range map[string]string{
		outputs.Table: "data", outputs.UserPool: "identity", outputs.PublicURL: "front", outputs.Distribution: "front",
	} {
		assert.NotNil(t, output(stack(t, stackName), name), name)
	}
}

// output is the value of an output of a stack, or nil.
func output(template object, name string) any {
	all, _ := template["Outputs"].(object)
	one, _ := all[name].(object)
	return one["Value"]
}

func TestEdgeFunctions(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, code, uri, wantURI string }{
		{"root", singlePage, "/", "/index.html"},
		{"page", singlePage, "/desk/contacts/ctc_1", "/index.html"},
		{"return from signing in", singlePage, "/signed-in", "/index.html"},
		{"meeting", singlePage, "/meet/", "/meet/index.html"},
		{"file", singlePage, "/assets/app-1a2b.js", "/assets/app-1a2b.js"},
		{"dot in a folder", singlePage, "/v1.2/page", "/index.html"},
		{"settings", singlePage, "/config.json", "/config.json"},
		{"API", forwardedHost, "/api/queues/que_1", "/api/queues/que_1"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			request := runAtEdge(t, c.code, c.uri)
			assert.Equal(t, c.wantURI, request["uri"])
			if c.code == forwardedHost {
				assert.Equal(t, object{"value": "d1.cloudfront.net"}, request["headers"].(object)["x-forwarded-host"])
				assert.Equal(t, object{"value": "192.0.2.1"}, request["headers"].(object)["x-client-address"])
			}
		})
	}
}

// runAtEdge runs a function with an event of https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/functions-event-structure.html
func runAtEdge(t *testing.T, code, uri string) object {
	t.Helper()
	event := text(t, object{"viewer": object{"ip": "192.0.2.1"}, "request": object{"method": "GET", "uri": uri, "headers": object{
		"host": object{"value": "d1.cloudfront.net"}, "x-forwarded-host": object{"value": "forged.example.com"},
		"x-client-address": object{"value": "198.51.100.1"},
	}}})
	out, err := exec.CommandContext(t.Context(), "node", "-e", code+"console.log(JSON.stringify(handler("+event+")))").Output()
	require.NoError(t, err)
	var request object
	require.NoError(t, json.Unmarshal(out, &request))
	return request
}
