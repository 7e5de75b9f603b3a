package stacks

import (
	"cmp"
	"fmt"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awsapigatewayv2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awscloudfront"
	"github.com/aws/aws-cdk-go/awscdk/v2/awss3"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"guichet/infra/stacks/outputs"
)

// realtimePath is the path on the one origin and, without the slash, the name of the WebSocket API's stage.
const realtimePath = "/realtime"

// front is every address that the outside knows, and nothing that answers behind it: the routes, the tasks and the
// files come with later stacks. So all of them can be told the public URL without a circle.
type front struct {
	network      network
	http         awsapigatewayv2.HttpApi
	realtime     awsapigatewayv2.WebSocketApi
	site         awss3.Bucket
	distribution awscloudfront.Distribution
	host         string // of the one origin: the centre's own domain, or CloudFront's
}

// newFront defines the addresses. Without a web ACL there is none before them.
func newFront(scope constructs.Construct, s Settings, d data, acl *string) front {
	stack := newStack(scope, s, "front", "the public addresses", replaces)
	if acl == nil {
		awscdk.Annotations_Of(stack).AddWarningV2(jsii.String("guichet:no-web-acl"), jsii.String(noWebACL))
	}
	f := front{
		network: newNetwork(stack, s),
		http: awsapigatewayv2.NewHttpApi(stack, jsii.String("Http"), &awsapigatewayv2.HttpApiProps{
			ApiName: jsii.String(s.Prefix), CreateDefaultStage: jsii.Bool(false),
		}),
		realtime: awsapigatewayv2.NewWebSocketApi(stack, jsii.String("Realtime"), &awsapigatewayv2.WebSocketApiProps{
			ApiName: jsii.String(s.Prefix + "-realtime"), RouteSelectionExpression: jsii.String("$request.body.type"),
		}),
		site: awss3.NewBucket(stack, jsii.String("Site"), &awss3.BucketProps{
			BlockPublicAccess: awss3.BlockPublicAccess_BLOCK_ALL(),
			EnforceSSL:        jsii.Bool(true),
			RemovalPolicy:     awscdk.RemovalPolicy_DESTROY, // the dashboard stack fills it and empties it
		}),
	}
	f.distribution = newDistribution(stack, s, f, d, acl)
	tell(stack, f.distribution.DistributionDomainName()) // in place of which others may have a domain of the centre's own
	f.host = cmp.Or(s.Domain, *f.distribution.DistributionDomainName())
	say(stack, outputs.PublicURL, f.publicURL(), "Where the centre is")
	say(stack, outputs.Distribution, *f.distribution.DistributionDomainName(), "What a domain of the centre's own points to")
	return f
}

// publicURL has no trailing slash.
func (f front) publicURL() string { return "https://" + f.host }

// realtimeEndpoint is the management API of the WebSocket API's stage.
func (f front) realtimeEndpoint() string {
	return "https://" + executeAPIHost(*f.realtime.ApiId()) + realtimePath
}

func executeAPIHost(apiID string) string {
	return fmt.Sprintf("%s.execute-api.%s.%s", apiID, *awscdk.Aws_REGION(), *awscdk.Aws_URL_SUFFIX())
}
