package boottest

import (
	"regexp"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/infra/local/objects"
)

// Where the centre is deployed. The identifiers are made up, in the form of AWS's.
const (
	region     = objects.Region
	account    = "123456789012"
	publicHost = "d111111abcdef8.cloudfront.net"
	publicURL  = "https://" + publicHost
	realtimeID = "a1b2c3d4e5"
	ringARN    = "arn:aws:states:" + region + ":" + account + ":stateMachine:guichet-ring"
	wrapUpARN  = "arn:aws:states:" + region + ":" + account + ":stateMachine:guichet-wrapup"
	secretARN  = "arn:aws:secretsmanager:" + region + ":" + account + ":secret:guichet/"
)

// placeholder is what the templates leave to AWS.
var placeholder = regexp.MustCompile(`\$\{[^}]+\}`)

// values are what AWS puts in their place.
func (w *world) values() map[string]string {
	machine := "arn:aws:states:" + region + ":" + account + ":stateMachine:guichet-"
	return map[string]string{
		"${AWS::Region}": region, "${AWS::URLSuffix}": "amazonaws.com",
		"${data.Table}": w.centre.Table, "${data.Files}": objects.Bucket,
		"${data.mediakey}": secretARN + "media-key-a1b2c3", "${data.twilio}": secretARN + "twilio-a1b2c3",
		"${data.meta}": secretARN + "meta-a1b2c3", "${data.origin}": secretARN + "origin-a1b2c3",
		"${front.Distribution.DomainName}": publicHost, "${front.Realtime}": realtimeID,
		"${workflows.ring}": ringARN, "${workflows.wrapup}": wrapUpARN, "${workflows.send}": machine + "send",
		"${workflows.fetch}": machine + "fetch", "${workflows.callback}": machine + "callback",
	}
}

func (w *world) function(name string) deployed {
	w.t.Helper()
	all := allDeployed(w.t)
	require.Contains(w.t, all, name)
	return all[name]
}

// environment is what a function's process is given: by the template; by Lambda itself
// (https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html); and how it reaches the internet, which a machine tells any
// program of Go's (https://pkg.go.dev/net/http#ProxyFromEnvironment, https://pkg.go.dev/crypto/x509#SystemCertPool).
func (w *world) environment(name string, f deployed, runtimeAPI string) []string {
	w.t.Helper()
	values := w.values()
	env := []string{
		"AWS_LAMBDA_RUNTIME_API=" + runtimeAPI, "_HANDLER=" + f.Handler, "LAMBDA_TASK_ROOT=/var/task", "LAMBDA_RUNTIME_DIR=/var/runtime",
		"AWS_LAMBDA_FUNCTION_NAME=" + name, "AWS_LAMBDA_FUNCTION_VERSION=$LATEST", "AWS_EXECUTION_ENV=AWS_Lambda_provided.al2023",
		"AWS_REGION=" + region, "AWS_DEFAULT_REGION=" + region, "TZ=:UTC", "LANG=en_US.UTF-8", "PATH=/usr/local/bin:/usr/bin/:/bin:/opt/bin",
		"AWS_ACCESS_KEY_ID=" + credentials.AccessKeyID, "AWS_SECRET_ACCESS_KEY=" + credentials.SecretAccessKey, "AWS_SESSION_TOKEN=" + credentials.SessionToken,
		"HTTPS_PROXY=" + w.internet.proxy.URL, "SSL_CERT_FILE=" + w.internet.authority.file,
	}
	for variable, value := range f.Environment {
		env = append(env, variable+"="+placeholder.ReplaceAllStringFunc(value, func(p string) string {
			assert.Contains(w.t, values, p, "%s of %s: say what it is here", variable, name)
			return values[p]
		}))
	}
	return env
}
