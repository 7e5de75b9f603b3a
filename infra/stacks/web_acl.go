package stacks

import (
	"maps"
	"slices"

	"github.com/aws/aws-cdk-go/awscdk/v2/awswafv2"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
)

// edgeRegion is where CloudFront looks for web ACLs, wherever the centre is:
// https://docs.aws.amazon.com/waf/latest/developerguide/cloudfront-features.html
const edgeRegion = "us-east-1"

const noWebACL = "The centre has no web ACL: it would be in us-east-1, and a stack that is to know one of another Region needs its own. " +
	"Say deployment.region in guichet.yaml to have it."

// Requests that one address may make in a minute.
const (
	// visitorRequests is above what the webchat itself grants an address (shared/channel/webchat/limits.go), whose
	// refusals tell how long to wait: what comes here is no chat.
	visitorRequests = 1000
	// allRequests is above an office of 500 desks that reload at once, and below what the API's stage lets through: no
	// address has it for itself.
	allRequests = 20_000
)

// visitorPath is where anybody may ask something: no token, no ticket and no provider's signature is needed.
const visitorPath = "/channels/webchat/"

// onlyCounted are rules of AWSManagedRulesCommonRuleSet that must refuse nothing here, each with the reason. They count, so that
// one can see what they would have refused.
// https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-baseline.html
var onlyCounted = map[string]string{
	"SizeRestrictions_BODY":        "over 8 KB: batches of messages from Meta, offers of audio, notes; every function has a limit of its own",
	"SizeRestrictions_QUERYSTRING": "over 2 KB: the cards of many queues",
	"NoUserAgent_HEADER":           "providers and media nodes are known by what they sign, not by a name",
	"CrossSiteScripting_BODY":      "customers write what they like: refused, a message would come again until it is lost",
	"GenericLFI_BODY":              "likewise",
	"GenericRFI_BODY":              "likewise, and webhooks have addresses in them",
	"EC2MetaDataSSRF_BODY":         "likewise",
}

// newEdge adds what guards the front, and returns the web ACL's ARN; nil when the centre's Region is not known. WebSockets pass it
// once, when they open.
func newEdge(scope constructs.Construct, s Settings) *string {
	if s.Region == "" {
		return nil
	}
	s.Region = edgeRegion
	stack := newStack(scope, s, "edge", "what guards the front", replaces)
	acl := awswafv2.NewCfnWebACL(stack, jsii.String("WebAcl"), &awswafv2.CfnWebACLProps{
		Scope:            jsii.String("CLOUDFRONT"),
		DefaultAction:    &awswafv2.CfnWebACL_DefaultActionProperty{Allow: &awswafv2.CfnWebACL_AllowActionProperty{}},
		VisibilityConfig: seen(s.Prefix),
		Rules: &[]any{
			rateRule(0, "visitors", visitorRequests, under(visitorPath)),
			rateRule(1, "everybody", allRequests, nil),
			commonRules(2),
		},
	})
	return acl.AttrArn()
}

// seen has requests counted under a name. None is sampled: samples have queries, and those have callers' numbers.
func seen(name string) *awswafv2.CfnWebACL_VisibilityConfigProperty {
	return &awswafv2.CfnWebACL_VisibilityConfigProperty{
		MetricName: jsii.String(name), CloudWatchMetricsEnabled: jsii.Bool(true), SampledRequestsEnabled: jsii.Bool(false),
	}
}

// rateRule refuses what an address asks beyond the limit, as the functions do it themselves: 429, with the time to wait.
func rateRule(priority float64, name string, perMinute float64, only *awswafv2.CfnWebACL_StatementProperty) *awswafv2.CfnWebACL_RuleProperty {
	rate := &awswafv2.CfnWebACL_RateBasedStatementProperty{
		AggregateKeyType: jsii.String("IP"), Limit: jsii.Number(perMinute), EvaluationWindowSec: jsii.Number(60),
	}
	if only != nil {
		rate.ScopeDownStatement = only
	}
	return &awswafv2.CfnWebACL_RuleProperty{
		Name: jsii.String(name), Priority: jsii.Number(priority), VisibilityConfig: seen(name),
		Statement: &awswafv2.CfnWebACL_StatementProperty{RateBasedStatement: rate},
		Action: &awswafv2.CfnWebACL_RuleActionProperty{Block: &awswafv2.CfnWebACL_BlockActionProperty{
			CustomResponse: &awswafv2.CfnWebACL_CustomResponseProperty{
				ResponseCode: jsii.Number(429),
				ResponseHeaders: &[]any{
					&awswafv2.CfnWebACL_CustomHTTPHeaderProperty{Name: jsii.String("Retry-After"), Value: jsii.String("60")},
				},
			},
		}},
	}
}

// under matches paths below one, however they are written.
func under(path string) *awswafv2.CfnWebACL_StatementProperty {
	return &awswafv2.CfnWebACL_StatementProperty{ByteMatchStatement: &awswafv2.CfnWebACL_ByteMatchStatementProperty{
		FieldToMatch:         &awswafv2.CfnWebACL_FieldToMatchProperty{UriPath: map[string]any{}},
		PositionalConstraint: jsii.String("STARTS_WITH"),
		SearchString:         jsii.String(path),
		TextTransformations: &[]any{
			&awswafv2.CfnWebACL_TextTransformationProperty{Priority: jsii.Number(0), Type: jsii.String("URL_DECODE")},
			&awswafv2.CfnWebACL_TextTransformationProperty{Priority: jsii.Number(1), Type: jsii.String("NORMALIZE_PATH")},
		},
	}}
}

// commonRules are AWS's against what is common, but for those that would refuse what the centre lives of.
func commonRules(priority float64) *awswafv2.CfnWebACL_RuleProperty {
	count := &awswafv2.CfnWebACL_RuleActionProperty{Count: &awswafv2.CfnWebACL_CountActionProperty{}}
	var overrides []any
	for _, rule := range slices.Sorted(maps.Keys(onlyCounted)) {
		overrides = append(overrides, &awswafv2.CfnWebACL_RuleActionOverrideProperty{Name: jsii.String(rule), ActionToUse: count})
	}
	return &awswafv2.CfnWebACL_RuleProperty{
		Name: jsii.String("common"), Priority: jsii.Number(priority), VisibilityConfig: seen("common"),
		OverrideAction: &awswafv2.CfnWebACL_OverrideActionProperty{None: map[string]any{}},
		Statement: &awswafv2.CfnWebACL_StatementProperty{
			ManagedRuleGroupStatement: &awswafv2.CfnWebACL_ManagedRuleGroupStatementProperty{
				VendorName: jsii.String("AWS"), Name: jsii.String("AWSManagedRulesCommonRuleSet"), RuleActionOverrides: &overrides,
			},
		},
	}
}
