package boottest

import (
	"encoding/base64"
	"encoding/json"
	"maps"
	"net/http"
	"os"
	"strings"

	"github.com/aws/aws-lambda-go/events"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// recorded is an event of testdata, with what differs from test to test put in its place.
func (w *world) recorded(file string, replaced ...string) []byte {
	w.t.Helper()
	text, err := os.ReadFile("testdata/" + file)
	require.NoError(w.t, err)
	return []byte(strings.NewReplacer(replaced...).Replace(string(text)))
}

// httpEvent is a request as an HTTP API gives it to a function, payload format 2.0
// (https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html).
type httpEvent map[string]any

func (w *world) request(file string, replaced ...string) httpEvent {
	w.t.Helper()
	var e httpEvent
	require.NoError(w.t, json.Unmarshal(w.recorded(file, replaced...), &e))
	return e
}

func (e httpEvent) headers() map[string]any { return e["headers"].(map[string]any) }

// with is the event with another value of a header; without one if it is empty.
func (e httpEvent) with(header, value string) httpEvent {
	other := maps.Clone(e)
	headers := maps.Clone(e.headers())
	if headers[header] = value; value == "" {
		delete(headers, header)
	}
	other["headers"] = headers
	return other
}

// address is where the request was sent to, on the public origin.
func (e httpEvent) address() string {
	address := publicURL + e["rawPath"].(string)
	if query := e["rawQueryString"].(string); query != "" {
		address += "?" + query
	}
	return address
}

func (e httpEvent) body() string {
	body, _ := e["body"].(string)
	if e["isBase64Encoded"] == true {
		decoded, _ := base64.StdEncoding.DecodeString(body)
		return string(decoded)
	}
	return body
}

// send gives a function a request and returns its answer.
func (p *process) send(e httpEvent) (status int, body string) {
	p.t.Helper()
	event, err := json.Marshal(e)
	require.NoError(p.t, err)
	var out events.APIGatewayV2HTTPResponse
	require.NoError(p.t, json.Unmarshal(p.invoke(event), &out))
	if out.IsBase64Encoded {
		decoded, err := base64.StdEncoding.DecodeString(out.Body)
		require.NoError(p.t, err)
		return out.StatusCode, string(decoded)
	}
	return out.StatusCode, out.Body
}

// refuses holds that a function answers a request with 403 and writes nothing.
func (w *world) refuses(p *process, e httpEvent, why string) {
	w.t.Helper()
	before := w.items()
	status, body := p.send(e)
	assert.Equal(w.t, http.StatusForbidden, status, "%s: %s", why, body)
	assert.Empty(w.t, w.written(before), why)
}

// originHeader is boot.OriginHeader, as an HTTP API writes it.
const originHeader = "x-origin-secret"

// behindTheFront holds that a function takes no request that did not come through the front, whatever else it has.
func (w *world) behindTheFront(p *process, e httpEvent) {
	w.t.Helper()
	require.Equal(w.t, originSecret, e.headers()[originHeader])
	w.refuses(p, e.with(originHeader, ""), "not from the front")
	w.refuses(p, e.with(originHeader, originSecret+"x"), "another's secret")
}
