package stacks

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func aclRules(t *testing.T) map[string]object {
	t.Helper()
	acl := only(t, stack(t, "edge"), "AWS::WAFv2::WebACL")
	assert.Equal(t, "CLOUDFRONT", acl["Scope"])
	assert.Equal(t, object{"Allow": object{}}, acl["DefaultAction"])
	rules := map[string]object{}
	for i, r := range acl["Rules"].([]any) {
		rule := r.(object)
		assert.EqualValues(t, i, rule["Priority"])
		rules[rule["Name"].(string)] = rule
	}
	return rules
}

// An address that asks too much is told to wait; who needs no token for it, sooner.
func TestFloodsAreRefused(t *testing.T) {
	t.Parallel()
	rules := aclRules(t)
	limits := map[string]any{}
	for _, name := range []string{"visitors", "everybody"} {
		rate := rules[name]["Statement"].(object)["RateBasedStatement"].(object)
		assert.Equal(t, "IP", rate["AggregateKeyType"], name)
		assert.Equal(t, 60.0, rate["EvaluationWindowSec"], name)
		limits[name] = rate["Limit"]
		refusal := rules[name]["Action"].(object)["Block"].(object)["CustomResponse"].(object)
		assert.Equal(t, 429.0, refusal["ResponseCode"], name)
		assert.Equal(t, []any{object{"Name": "Retry-After", "Value": "60"}}, refusal["ResponseHeaders"], name)
	}
	assert.Equal(t, map[string]any{"visitors": 1000.0, "everybody": 20000.0}, limits)
	only := rules["visitors"]["Statement"].(object)["RateBasedStatement"].(object)["ScopeDownStatement"].(object)["ByteMatchStatement"].(object)
	assert.Equal(t, []any{"/channels/webchat/", "STARTS_WITH"}, []any{only["SearchString"], only["PositionalConstraint"]})
	assert.Contains(t, text(t, only["TextTransformations"]), "URL_DECODE")
	assert.NotContains(t, rules["everybody"]["Statement"].(object)["RateBasedStatement"], "ScopeDownStatement")
}

// No rule refuses what people write, what providers send, or long requests.
func TestWhatPeopleWritePasses(t *testing.T) {
	t.Parallel()
	common := aclRules(t)["common"]
	assert.Equal(t, object{"None": object{}}, common["OverrideAction"])
	group := common["Statement"].(object)["ManagedRuleGroupStatement"].(object)
	assert.Equal(t, []any{"AWS", "AWSManagedRulesCommonRuleSet"}, []any{group["VendorName"], group["Name"]})
	var counted []string
	for _, o := range group["RuleActionOverrides"].([]any) {
		assert.Equal(t, object{"Count": object{}}, o.(object)["ActionToUse"])
		counted = append(counted, o.(object)["Name"].(string))
	}
	assert.Equal(t, slices.Sorted(maps.Keys(onlyCounted)), counted)
	for _, body := range []string{"SizeRestrictions", "CrossSiteScripting", "GenericLFI", "GenericRFI", "EC2MetaDataSSRF"} {
		assert.Contains(t, counted, body+"_BODY", "all rules of the group that look into bodies")
	}
}

// Samples of requests would have their queries.
func TestNoRequestIsSampled(t *testing.T) {
	t.Parallel()
	acl := text(t, only(t, stack(t, "edge"), "AWS::WAFv2::WebACL"))
	assert.NotContains(t, acl, `"SampledRequestsEnabled":true`)
	assert.Equal(t, 4, strings.Count(acl, `"SampledRequestsEnabled":false`), "of the list and of each rule")
	assert.Empty(t, resources(stack(t, "edge"), "AWS::WAFv2::LoggingConfiguration"))
}

func TestTheFrontIsGuardedFromAnotherRegion(t *testing.T) {
	t.Parallel()
	acl := text(t, distribution(t)["WebACLId"])
	reader := resources(stack(t, "front"), "Custom::CrossRegionExportReader")
	require.Len(t, reader, 1)
	for id := range reader {
		assert.Contains(t, acl, id)
	}
	writer := only(t, stack(t, "edge"), "Custom::CrossRegionExportWriter")
	assert.Contains(t, text(t, writer), `"region":"eu-west-3"`)
	assert.Contains(t, text(t, writer), "WebAcl")
}

// Without a Region in the file there is no web ACL, and the synthesis says so.
func TestWithoutARegionThereIsNoWebACL(t *testing.T) {
	t.Parallel()
	made, err := other()
	require.NoError(t, err)
	assert.NotContains(t, made.templates, "edge")
	assert.Len(t, made.templates, 8)
	assert.NotContains(t, only(t, made.templates["front"], "AWS::CloudFront::Distribution")["DistributionConfig"], "WebACLId")
	require.Len(t, made.warnings, 1)
	assert.Contains(t, made.warnings[0], "deployment.region in guichet.yaml")
}
