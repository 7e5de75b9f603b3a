// Package cost says what a centre costs a month: what is counted of a call, a message and a desk, times published prices. The tests that
// count hold the counts, and docs/cost.md is written from it.
package cost

// Price is a published list price, in US dollars, without tax.
type Price struct {
	USD    float64
	Per    string // the unit
	Of     string
	Source string
	Read   string // when it was read, as 2006-01-02; empty: it could not be, and is what the page is known to say
	Quoted string // where it was read, if not at the source: most of AWS's pages show their numbers to browsers alone
}

// Prices of AWS are those of us-east-1. Others differ: in eu-west-3 a state transition is $0.0000297, and most of the rest 5 to 20 % dearer.
var (
	stateTransition = Price{0.025 / 1e3, "transition", "Step Functions, Standard", "https://aws.amazon.com/step-functions/pricing/", "2026-11-26", ""}
	writeUnit       = Price{0.625 / 1e6, "write request unit", "DynamoDB, on demand", "https://aws.amazon.com/dynamodb/pricing/on-demand/", "2026-11-26", "https://airbyte.com/data-engineering-resources/dynamodb-pricing"}
	readUnit        = Price{0.125 / 1e6, "read request unit", "DynamoDB, on demand", "https://aws.amazon.com/dynamodb/pricing/on-demand/", "2026-11-26", "https://airbyte.com/data-engineering-resources/dynamodb-pricing"}
	tableStorage    = Price{0.25, "GB-month", "DynamoDB, storage", "https://aws.amazon.com/dynamodb/pricing/on-demand/", "", ""}
	tableBackup     = Price{0.20, "GB-month", "DynamoDB, point-in-time recovery", "https://aws.amazon.com/dynamodb/pricing/on-demand/", "", ""}
	httpRequest     = Price{1.00 / 1e6, "request", "API Gateway, HTTP API", "https://aws.amazon.com/api-gateway/pricing/", "2026-11-26", "https://amnic.com/blogs/aws-api-gateway-pricing"}
	socketMessage   = Price{1.00 / 1e6, "message", "API Gateway, WebSocket API", "https://aws.amazon.com/api-gateway/pricing/", "2026-11-26", "https://amnic.com/blogs/aws-api-gateway-pricing"}
	socketMinute    = Price{0.25 / 1e6, "connection minute", "API Gateway, WebSocket API", "https://aws.amazon.com/api-gateway/pricing/", "2026-11-26", "https://amnic.com/blogs/aws-api-gateway-pricing"}
	invocation      = Price{0.20 / 1e6, "request", "Lambda", "https://aws.amazon.com/lambda/pricing/", "2026-11-26", "https://raw.githubusercontent.com/api-evangelist/aws-lambda/refs/heads/main/plans/aws-lambda-plans-pricing.yml"}
	compute         = Price{0.0000133334, "GB-second", "Lambda, arm64", "https://aws.amazon.com/lambda/pricing/", "2026-11-26", "https://app.unpkg.com/artillery@2.0.28/files/lib/platform/aws-lambda/prices.js"}
	edgeRequest     = Price{0.01 / 1e4, "request", "CloudFront, HTTPS; the first 10 million a month are free", "https://aws.amazon.com/cloudfront/pricing/pay-as-you-go/", "2026-11-26", "https://wring.co/blog/aws-cloudfront-pricing-guide"}
	edgeOut         = Price{0.085, "GB", "CloudFront, to the internet; the first TB a month is free", "https://aws.amazon.com/cloudfront/pricing/pay-as-you-go/", "2026-11-26", ""}
	edgeToOrigin    = Price{0.02, "GB", "CloudFront, to the origin", "https://aws.amazon.com/cloudfront/pricing/pay-as-you-go/", "", ""}
	internetOut     = Price{0.09, "GB", "EC2, to the internet; the first 100 GB a month are free", "https://aws.amazon.com/ec2/pricing/on-demand/", "2026-11-26", "https://amnic.com/blogs/aws-api-gateway-pricing"}
	nodeProcessor   = Price{0.03238, "vCPU-hour", "Fargate, Linux on ARM", "https://aws.amazon.com/fargate/pricing/", "2026-11-26", "https://www.vantage.sh/blog/fargate-pricing"}
	nodeMemory      = Price{0.00356, "GB-hour", "Fargate, Linux on ARM", "https://aws.amazon.com/fargate/pricing/", "2026-11-26", "https://www.vantage.sh/blog/fargate-pricing"}
	balancer        = Price{0.0225, "hour", "Application Load Balancer", "https://aws.amazon.com/elasticloadbalancing/pricing/", "2026-09-20", "https://raw.githubusercontent.com/api-evangelist/amazon-elastic-load-balancing/refs/heads/main/plans/amazon-elastic-load-balancing-plans-pricing.yml"}
	balancerUnit    = Price{0.008, "LCU-hour", "Application Load Balancer", "https://aws.amazon.com/elasticloadbalancing/pricing/", "2026-09-20", "https://raw.githubusercontent.com/api-evangelist/amazon-elastic-load-balancing/refs/heads/main/plans/amazon-elastic-load-balancing-plans-pricing.yml"}
	publicAddress   = Price{0.005, "hour", "public IPv4 address", "https://aws.amazon.com/vpc/pricing/", "2026-11-26", "https://nwobodo.me/notes/aws-extra-ipv4-cost-per-hour"}
	guard           = Price{5, "web ACL and month", "WAF", "https://aws.amazon.com/waf/pricing/", "2026-11-26", "https://c3x.dev/blog/aws-waf-cost-explained/"}
	guardRule       = Price{1, "rule and month", "WAF", "https://aws.amazon.com/waf/pricing/", "2026-11-26", "https://c3x.dev/blog/aws-waf-cost-explained/"}
	guarded         = Price{0.60 / 1e6, "request", "WAF", "https://aws.amazon.com/waf/pricing/", "2026-11-26", "https://c3x.dev/blog/aws-waf-cost-explained/"}
	ownKey          = Price{1, "key and month", "KMS, a key of one's own", "https://aws.amazon.com/kms/pricing/", "", ""}
	alarm           = Price{0.10, "alarm and month", "CloudWatch", "https://aws.amazon.com/cloudwatch/pricing/", "", ""}
	secret          = Price{0.40, "secret-month", "Secrets Manager", "https://aws.amazon.com/secrets-manager/pricing/", "", ""}
	logged          = Price{0.50, "GB", "CloudWatch Logs", "https://aws.amazon.com/cloudwatch/pricing/", "", ""}
)

// All lists the prices of AWS that are used.
func All() []Price {
	return []Price{
		stateTransition, writeUnit, readUnit, tableStorage, tableBackup, httpRequest, socketMessage, socketMinute, invocation, compute, edgeRequest,
		edgeOut, edgeToOrigin, internetOut, nodeProcessor, nodeMemory, balancer, balancerUnit, publicAddress, guard, guardRule, guarded, ownKey, alarm, secret, logged,
	}
}

// Prices of others, telephony aside.
var (
	connectMinute  = Price{0.038, "minute of a call", "Amazon Connect, voice", "https://aws.amazon.com/connect/pricing/", "2026-10-07", "https://raw.githubusercontent.com/api-evangelist/amazon-connect/refs/heads/main/plans/amazon-connect-plans-pricing.yml"}
	connectMessage = Price{0.010, "message", "Amazon Connect, chat", "https://aws.amazon.com/connect/pricing/", "2026-10-07", "https://raw.githubusercontent.com/api-evangelist/amazon-connect/refs/heads/main/plans/amazon-connect-plans-pricing.yml"}
	flexUser       = Price{150, "named user and month", "Twilio Flex, named users", "https://www.twilio.com/en-us/flex/pricing", "", ""}
	flexAccess     = Price{35, "active user and month", "Twilio Flex, user and usage: TaskRouter and what else is used come on top", "https://support.twilio.com/hc/en-us/articles/47882410772123", "2026-11-26", ""}
	genesysUser    = Price{115, "user and month", "Genesys Cloud CX 2, voice and digital, billed annually", "https://www.genesys.com/pricing", "2026-09-20", "https://raw.githubusercontent.com/api-evangelist/genesys/refs/heads/main/plans/genesys-plans-pricing.yml"}
	ujetUser       = Price{120, "user and month", "UJET Enterprise, voice and digital", "https://ujet.cx/pricing", "2026-10-07", "https://raw.githubusercontent.com/api-evangelist/ujet/refs/heads/main/plans/ujet-plans-pricing.yml"}
)

// Others lists the prices of others that are used.
func Others() []Price {
	return []Price{connectMinute, connectMessage, flexUser, flexAccess, genesysUser, ujetUser}
}
