package boot

import (
	"context"
	"net/http"
	"os"
	"sync"

	"github.com/aws/aws-lambda-go/events"
	"github.com/aws/aws-lambda-go/lambda"
	"github.com/awslabs/aws-lambda-go-api-proxy/httpadapter"
)

// Start runs a function whose handler is built at its first event, since building it reads secrets.
func Start[E, R any](build func(context.Context, *Dependencies) (func(context.Context, E) (R, error), error)) {
	d, err := newDependencies()
	if err != nil {
		logger().Error("cannot start", "error", err)
		os.Exit(1)
	}
	var once lazy[func(context.Context, E) (R, error)]
	lambda.Start(func(ctx context.Context, event E) (R, error) {
		handle, err := once.get(func() (func(context.Context, E) (R, error), error) { return build(ctx, d) })
		if err != nil {
			var none R
			return none, err
		}
		return handle(ctx, event)
	})
}

// Claims puts a verified token's claims into a request's context.
type Claims func(context.Context, map[string]string) context.Context

// StartHTTP runs a function that serves HTTP behind the front. claims is nil where nobody signs in.
func StartHTTP(claims Claims, build func(*Dependencies, *Centre) (http.Handler, error)) {
	Start(func(ctx context.Context, d *Dependencies) (func(context.Context, request) (response, error), error) {
		c, err := d.Centre(ctx)
		if err != nil {
			return nil, err
		}
		handler, err := build(d, c)
		if err != nil {
			return nil, err
		}
		return proxied(claims, c.OriginSecret, handler), nil
	})
}

type (
	request  = events.APIGatewayV2HTTPRequest
	response = events.APIGatewayV2HTTPResponse
)

// StartReading runs a function that serves HTTP behind the front and moves no contacts: it reads the front's secret alone.
func StartReading(claims Claims, build func(*Dependencies) http.Handler) {
	Start(func(ctx context.Context, d *Dependencies) (func(context.Context, request) (response, error), error) {
		values, err := d.secrets(ctx, d.Environment.OriginSecret)
		if err != nil {
			return nil, err
		}
		return proxied(claims, values[0], build(d)), nil
	})
}

// proxied gives API Gateway's requests to a handler.
func proxied(claims Claims, originSecret string, handler http.Handler) func(context.Context, request) (response, error) {
	proxy := httpadapter.NewV2(asSent(fromFront(originSecret, handler)))
	return func(ctx context.Context, r request) (response, error) {
		if a := r.RequestContext.Authorizer; claims != nil && a != nil && a.JWT != nil {
			ctx = claims(ctx, a.JWT.Claims)
		}
		return proxy.ProxyWithContext(context.WithValue(ctx, sentHeaders{}, r.Headers), r)
	}
}

type sentHeaders struct{}

// asSent gives a request the headers that its event has: the adapter cuts them at their commas, of which a media node's signature has one.
func asSent(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		sent, _ := r.Context().Value(sentHeaders{}).(map[string]string)
		for name, value := range sent {
			r.Header.Set(name, value)
		}
		next.ServeHTTP(w, r)
	})
}

// lazy builds a value once; a failure is not kept, so that the next event tries again.
type lazy[T any] struct {
	mu    sync.Mutex
	ready bool
	value T
}

func (l *lazy[T]) get(build func() (T, error)) (T, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.ready {
		return l.value, nil
	}
	v, err := build()
	if err == nil {
		l.value, l.ready = v, true
	}
	return v, err
}
