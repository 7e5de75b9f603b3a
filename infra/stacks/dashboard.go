package stacks

import (
	"net/url"

	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awslogs"
	"github.com/aws/aws-cdk-go/awscdk/v2/awss3deployment"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"
)

// hashed are the files of the site whose names change with their content.
const hashed = "assets/*"

// newDashboard fills the site. Nothing is invalidated: what keeps its name is asked for again each time.
func newDashboard(scope constructs.Construct, s Settings, f front, id identity) {
	stack := newStack(scope, s, "dashboard", "the dashboard's files", replaces)
	log := awslogs.NewLogGroup(stack, jsii.String("log"), &awslogs.LogGroupProps{
		LogGroupName:  jsii.String("/" + s.Prefix + "/dashboard-deployment"),
		Retention:     awslogs.RetentionDays_ONE_MONTH,
		RemovalPolicy: awscdk.RemovalPolicy_DESTROY,
	})
	site := func() awss3deployment.ISource {
		return awss3deployment.Source_Asset(jsii.String(s.Assets.Dashboard), nil)
	}
	config := awss3deployment.Source_JsonData(jsii.String("config.json"), siteConfig(s, f, id), nil)
	deploy := func(name, cacheControl string, props awss3deployment.BucketDeploymentProps) awss3deployment.BucketDeployment {
		props.DestinationBucket, props.LogGroup = f.site, log
		props.CacheControl = &[]awss3deployment.CacheControl{awss3deployment.CacheControl_FromString(jsii.String(cacheControl))}
		props.Prune = jsii.Bool(false) // a page that is open still loads its own release's files
		props.RetainOnDelete = jsii.Bool(false)
		return awss3deployment.NewBucketDeployment(stack, jsii.String(name), &props)
	}
	files := deploy("files", "public, max-age=31536000, immutable", awss3deployment.BucketDeploymentProps{
		Sources: &[]awss3deployment.ISource{site()}, Exclude: jsii.Strings("*"), Include: jsii.Strings(hashed),
	})
	pages := deploy("pages", "no-cache", awss3deployment.BucketDeploymentProps{
		Sources: &[]awss3deployment.ISource{site(), config}, Exclude: jsii.Strings(hashed),
	})
	pages.Node().AddDependency(files) // never a page before its files
}

// siteConfig is what dashboard/src/session/site-config.ts reads. Cognito's metadata names no end of session.
func siteConfig(s Settings, f front, id identity) map[string]*string {
	signOut := signInURL(s) + "/logout?client_id=" + *id.client.UserPoolClientId() +
		"&logout_uri=" + url.QueryEscape("https://") + f.host + url.QueryEscape("/") // a host is the same in a query
	return map[string]*string{
		"issuer":     id.pool.UserPoolProviderUrl(),
		"clientId":   id.client.UserPoolClientId(),
		"scope":      jsii.String("openid email profile"),
		"signOutUrl": jsii.String(signOut),
	}
}
