// Package rest is what the REST APIs share: how an operation is declared, who asks, and how errors are told. It knows no
// operation of theirs.
package rest

import (
	"context"
	"log/slog"
	"net/http"
	"reflect"
	"strconv"

	"github.com/danielgtaylor/huma/v2"

	"guichet/shared/center"
)

// maxBody holds any request of the dashboard's: a message of 5000 characters, however they are escaped.
const maxBody = 64 << 10

// Config is the description of an API for signed-in people.
func Config(title string) huma.Config {
	c := huma.DefaultConfig(title, "1")
	c.OpenAPIPath, c.DocsPath, c.SchemasPath = "", "", "" // the file in the repository is the documentation
	c.CreateHooks = nil                                   // no $schema links in answers
	c.Components.SecuritySchemes = map[string]*huma.SecurityScheme{
		"signedIn": {Type: "http", Scheme: "bearer", BearerFormat: "JWT"},
	}
	c.Security = []map[string][]string{{"signedIn": {}}}
	return c
}

// Routes is where operations are declared.
type Routes struct {
	API   huma.API
	Agent func(ctx context.Context, id string) (*center.Agent, error) // who asks; Forbidden for who is none
	Log   *slog.Logger
}

// output is an answer with a body.
type output struct{ Body any }

// Register declares an operation whose handler is given the signed-in agent's id and answers with a value of the given type.
// huma.Register is compiled anew for each pair of types that it is given, which makes the function 20 KB larger: it is told of the
// answer's type by a schema instead.
func Register[I any](
	r Routes, method, path, id, summary string, answer reflect.Type, handle func(context.Context, string, *I) (any, error),
) {
	op := operation(method, path, id, summary)
	op.Responses = map[string]*huma.Response{strconv.Itoa(http.StatusOK): {Content: map[string]*huma.MediaType{
		"application/json": {Schema: r.API.OpenAPI().Components.Schemas.Schema(answer, true, answer.Name())},
	}}}
	huma.Register(r.API, op, func(ctx context.Context, in *I) (*output, error) {
		agentID, err := agentOf(ctx)
		if err != nil {
			return nil, Problem(err)
		}
		body, err := handle(ctx, agentID, in)
		if err != nil {
			return nil, r.failed(ctx, id, agentID, err)
		}
		return &output{body}, nil
	})
}

// AddFor declares an operation whose handler is given the agent.
func AddFor[I, O any](r Routes, method, path, id, summary string, handle func(context.Context, *center.Agent, *I) (O, error)) {
	Register(r, method, path, id, summary, reflect.TypeFor[O](), func(ctx context.Context, agentID string, in *I) (any, error) {
		me, err := r.Agent(ctx, agentID)
		if err != nil {
			return nil, err
		}
		return handle(ctx, me, in)
	})
}

// AddSilent declares an operation that has nothing to say when it is done.
func AddSilent[I any](r Routes, method, path, id, summary string, handle func(context.Context, string, *I) error) {
	huma.Register(r.API, operation(method, path, id, summary), func(ctx context.Context, in *I) (*struct{}, error) {
		agentID, err := agentOf(ctx)
		if err != nil {
			return nil, Problem(err)
		}
		if err := handle(ctx, agentID, in); err != nil {
			return nil, r.failed(ctx, id, agentID, err)
		}
		return nil, nil
	})
}

// File is an answer that is a file to be kept.
type File struct {
	ContentType string `header:"Content-Type"`
	Disposition string `header:"Content-Disposition"`
	Body        []byte
}

// AddFile declares an operation for the agent whose answer is a file.
func AddFile[I any](r Routes, path, id, summary, contentType string, handle func(context.Context, *center.Agent, *I) (*File, error)) {
	op := operation(http.MethodGet, path, id, summary)
	op.Responses = map[string]*huma.Response{strconv.Itoa(http.StatusOK): {Content: map[string]*huma.MediaType{
		contentType: {Schema: &huma.Schema{Type: huma.TypeString}},
	}}}
	huma.Register(r.API, op, func(ctx context.Context, in *I) (*File, error) {
		agentID, err := agentOf(ctx)
		if err != nil {
			return nil, Problem(err)
		}
		me, err := r.Agent(ctx, agentID)
		if err != nil {
			return nil, r.failed(ctx, id, agentID, err)
		}
		file, err := handle(ctx, me, in)
		if err != nil {
			return nil, r.failed(ctx, id, agentID, err)
		}
		return file, nil
	})
}

func operation(method, path, id, summary string) huma.Operation {
	return huma.Operation{
		OperationID: id, Method: method, Path: path, Summary: summary, MaxBodyBytes: maxBody,
		Errors: []int{http.StatusUnauthorized, http.StatusForbidden, http.StatusNotFound, http.StatusConflict},
	}
}

// failed is the error document of a failure, which is logged when it is ours.
func (r Routes) failed(ctx context.Context, operation, agentID string, err error) error {
	p := Problem(err)
	if p.Status == http.StatusInternalServerError {
		r.Log.ErrorContext(ctx, "request failed", "operation", operation, "agent", agentID, "error", err)
	}
	return p
}
