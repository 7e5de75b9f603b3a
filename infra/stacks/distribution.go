package stacks

import (
	_ "embed" // the functions at the edge

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awscertificatemanager"
	"github.com/aws/aws-cdk-go/awscdk/v2/awscloudfront"
	"github.com/aws/aws-cdk-go/awscdk/v2/awscloudfrontorigins"
	"github.com/aws/jsii-runtime-go"
)

// originSecretHeader is how the functions recognise the front: their own addresses are public.
const originSecretHeader = "X-Origin-Secret"

var (
	//go:embed edge/single-page.js
	singlePage string
	//go:embed edge/forwarded-host.js
	forwardedHost string
)

func newDistribution(stack awscdk.Stack, s Settings, f front, d data, acl *string) awscloudfront.Distribution {
	headers := &map[string]*string{originSecretHeader: d.origin.SecretValue().UnsafeUnwrap()} // resolved at deployment
	host := viewerRequest(stack, "ForwardedHost", forwardedHost)
	http := passedOn(functionsOrigin(*f.http.ApiId(), headers), host)
	realtime := passedOn(functionsOrigin(*f.realtime.ApiId(), headers), host)
	media := passedOn(awscloudfrontorigins.VpcOrigin_WithApplicationLoadBalancer(f.network.balancer,
		&awscloudfrontorigins.VpcOriginWithEndpointProps{
			VpcOriginName: jsii.String(s.Prefix + "-media"), ProtocolPolicy: awscloudfront.OriginProtocolPolicy_HTTP_ONLY,
		}), host)
	// It writes no logs: docs/decisions/access-logs-without-queries.md.
	props := &awscloudfront.DistributionProps{
		Comment:           jsii.String("Guichet " + s.Prefix),
		WebAclId:          acl,
		HttpVersion:       awscloudfront.HttpVersion_HTTP2_AND_3,
		DefaultRootObject: jsii.String("index.html"),
		DefaultBehavior: &awscloudfront.BehaviorOptions{
			Origin:                awscloudfrontorigins.S3BucketOrigin_WithOriginAccessControl(f.site, nil),
			ViewerProtocolPolicy:  awscloudfront.ViewerProtocolPolicy_REDIRECT_TO_HTTPS,
			ResponseHeadersPolicy: newSecurityHeaders(stack, s, d),
			FunctionAssociations:  viewerRequest(stack, "SinglePage", singlePage),
		},
		AdditionalBehaviors: &map[string]*awscloudfront.BehaviorOptions{
			"/api/*":      http,
			"/twilio/*":   http,
			"/channels/*": http,
			"/hooks/*":    http,
			realtimePath:  realtime,
			"/media/*":    media,
		},
	}
	if s.Domain != "" {
		props.DomainNames = jsii.Strings(s.Domain)
		props.Certificate = awscertificatemanager.Certificate_FromCertificateArn(stack, jsii.String("Certificate"), jsii.String(s.Certificate))
	}
	return awscloudfront.NewDistribution(stack, jsii.String("Distribution"), props)
}

func functionsOrigin(apiID string, headers *map[string]*string) awscloudfront.IOrigin {
	return awscloudfrontorigins.NewHttpOrigin(jsii.String(executeAPIHost(apiID)), &awscloudfrontorigins.HttpOriginProps{
		ProtocolPolicy:     awscloudfront.OriginProtocolPolicy_HTTPS_ONLY,
		OriginSslProtocols: &[]awscloudfront.OriginSslPolicy{awscloudfront.OriginSslPolicy_TLS_V1_2},
		CustomHeaders:      headers,
	})
}

// passedOn is a path whose requests reach the origin as they came, WebSockets included, and whose answers are never kept.
func passedOn(origin awscloudfront.IOrigin, edge *[]*awscloudfront.FunctionAssociation) *awscloudfront.BehaviorOptions {
	return &awscloudfront.BehaviorOptions{
		Origin:                origin,
		AllowedMethods:        awscloudfront.AllowedMethods_ALLOW_ALL(),
		CachePolicy:           awscloudfront.CachePolicy_CACHING_DISABLED(),
		OriginRequestPolicy:   awscloudfront.OriginRequestPolicy_ALL_VIEWER_EXCEPT_HOST_HEADER(),
		ViewerProtocolPolicy:  awscloudfront.ViewerProtocolPolicy_HTTPS_ONLY,
		ResponseHeadersPolicy: awscloudfront.ResponseHeadersPolicy_SECURITY_HEADERS(),
		FunctionAssociations:  edge,
	}
}

func viewerRequest(stack awscdk.Stack, name, code string) *[]*awscloudfront.FunctionAssociation {
	return &[]*awscloudfront.FunctionAssociation{{
		EventType: awscloudfront.FunctionEventType_VIEWER_REQUEST,
		Function: awscloudfront.NewFunction(stack, jsii.String(name), &awscloudfront.FunctionProps{
			Code: awscloudfront.FunctionCode_FromInline(jsii.String(code)), Runtime: awscloudfront.FunctionRuntime_JS_2_0(),
		}),
	}}
}
