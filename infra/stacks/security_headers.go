package stacks

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awscloudfront"
	"github.com/aws/jsii-runtime-go"

	"guichet/infra/stacks/csp"
)

// newSecurityHeaders is what every file of the dashboard is served with.
func newSecurityHeaders(stack awscdk.Stack, s Settings, d data) awscloudfront.ResponseHeadersPolicy {
	// The issuer has the metadata and the keys, the domain has the tokens.
	policy := csp.Policy("https://"+*d.files.BucketRegionalDomainName(), "https://cognito-idp."+*awscdk.Aws_REGION()+"."+*awscdk.Aws_URL_SUFFIX(), signInURL(s))
	return awscloudfront.NewResponseHeadersPolicy(stack, jsii.String("SecurityHeaders"), &awscloudfront.ResponseHeadersPolicyProps{
		ResponseHeadersPolicyName: jsii.String(s.Prefix + "-dashboard"),
		SecurityHeadersBehavior: &awscloudfront.ResponseSecurityHeadersBehavior{
			ContentSecurityPolicy: &awscloudfront.ResponseHeadersContentSecurityPolicy{
				ContentSecurityPolicy: jsii.String(policy), Override: jsii.Bool(true),
			},
			ContentTypeOptions: &awscloudfront.ResponseHeadersContentTypeOptions{Override: jsii.Bool(true)},
			FrameOptions: &awscloudfront.ResponseHeadersFrameOptions{
				FrameOption: awscloudfront.HeadersFrameOption_DENY, Override: jsii.Bool(true),
			},
			ReferrerPolicy: &awscloudfront.ResponseHeadersReferrerPolicy{
				ReferrerPolicy: awscloudfront.HeadersReferrerPolicy_SAME_ORIGIN, Override: jsii.Bool(true),
			},
			StrictTransportSecurity: &awscloudfront.ResponseHeadersStrictTransportSecurity{
				AccessControlMaxAge: awscdk.Duration_Days(jsii.Number(730)), Override: jsii.Bool(true),
			},
		},
		CustomHeadersBehavior: &awscloudfront.ResponseCustomHeadersBehavior{
			CustomHeaders: &[]*awscloudfront.ResponseCustomHeader{
				customHeader("Permissions-Policy", "microphone=(self), speaker-selection=(self), camera=(self), display-capture=(self), geolocation=(), payment=()"),
				customHeader("Cross-Origin-Opener-Policy", "same-origin"),
			},
		},
	})
}

func customHeader(name, value string) *awscloudfront.ResponseCustomHeader {
	return &awscloudfront.ResponseCustomHeader{Header: jsii.String(name), Value: jsii.String(value), Override: jsii.Bool(true)}
}
