package boot

import (
	"context"
	"log/slog"
	"os"
	"strings"

	"github.com/aws/aws-lambda-go/lambdacontext"
	"github.com/awslabs/aws-lambda-go-api-proxy/core"

	"guichet/shared/center"
	"guichet/shared/dispatch"
	"guichet/shared/logline"
	"guichet/shared/measure"
)

// Measures takes what a function measures. It costs no request: CloudWatch reads it from the log.
func (d *Dependencies) Measures() *measure.Writer {
	return measure.New(os.Stdout, d.Environment.Centre, dispatch.Clock)
}

func logger() *slog.Logger { return logline.New(os.Stdout, invocation) }

// traceKey is under what the runtime has X-Ray's header in the context: github.com/aws/aws-lambda-go/lambda, invoke_loop.go.
const traceKey = "x-amzn-trace-id"

// invocation says to which invocation a line belongs, and whom the request's path names.
func invocation(ctx context.Context) []slog.Attr {
	var attrs []slog.Attr
	if l, ok := lambdacontext.FromContext(ctx); ok {
		attrs = append(attrs, slog.String(logline.Request, l.AwsRequestID))
	}
	if header, ok := ctx.Value(traceKey).(string); ok {
		if root := traceRoot(header); root != "" {
			attrs = append(attrs, slog.String(logline.Trace, root))
		}
	}
	if r, ok := core.GetAPIGatewayV2ContextFromContext(ctx); ok {
		attrs = append(attrs, named(r.HTTP.Path)...)
	}
	return attrs
}

// traceRoot is the trace's id in a header such as Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=1:
// https://docs.aws.amazon.com/xray/latest/devguide/xray-concepts.html#xray-concepts-tracingheader
func traceRoot(header string) string {
	_, after, _ := strings.Cut(header, "Root=")
	id, _, _ := strings.Cut(after, ";")
	return id
}

// named are the call, the chat and the message that a path names.
func named(path string) []slog.Attr {
	var attrs []slog.Attr
	for _, part := range strings.Split(path, "/") {
		switch {
		case strings.HasPrefix(part, center.PrefixContact):
			attrs = append(attrs, slog.String(logline.Contact, part))
		case strings.HasPrefix(part, center.PrefixChat):
			attrs = append(attrs, slog.String(logline.Chat, part))
		case strings.HasPrefix(part, center.PrefixMessage):
			attrs = append(attrs, slog.String(logline.Message, part))
		}
	}
	return attrs
}
