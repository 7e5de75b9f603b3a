package wsapi_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-lambda-go/events"
	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/apigatewaymanagementapi"
	"github.com/aws/aws-sdk-go-v2/service/apigatewaymanagementapi/types"
	"github.com/coder/websocket"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/infra/local/wsapi"
)

// rig is an API whose handler records every event and answers with respond.
type rig struct {
	t      *testing.T
	api    *wsapi.API
	url    string
	client *apigatewaymanagementapi.Client
	events chan events.APIGatewayWebsocketProxyRequest
}

type respond func(events.APIGatewayWebsocketProxyRequest) (events.APIGatewayProxyResponse, error)

func agree(events.APIGatewayWebsocketProxyRequest) (events.APIGatewayProxyResponse, error) {
	return events.APIGatewayProxyResponse{StatusCode: http.StatusOK}, nil
}

func newRig(t *testing.T, limits wsapi.Limits, answer respond) *rig {
	t.Helper()
	r := &rig{t: t, events: make(chan events.APIGatewayWebsocketProxyRequest, 100)}
	r.api = wsapi.New("realtime", limits, func(_ context.Context, e events.APIGatewayWebsocketProxyRequest) (events.APIGatewayProxyResponse, error) {
		r.events <- e
		return answer(e)
	})
	mux := http.NewServeMux()
	mux.Handle("/realtime", r.api)
	mux.Handle("/realtime/@connections/", http.StripPrefix("/realtime", r.api.Management()))
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	t.Cleanup(r.api.Close)
	r.url = server.URL + "/realtime"
	r.client = apigatewaymanagementapi.New(apigatewaymanagementapi.Options{
		Region: "local", BaseEndpoint: aws.String(r.url), Credentials: credentials.NewStaticCredentialsProvider("local", "local", ""),
	})
	return r
}

func (r *rig) dial(query string) *websocket.Conn {
	r.t.Helper()
	socket, response, err := websocket.Dial(r.t.Context(), r.url+query, nil)
	require.NoError(r.t, err)
	if response.Body != nil {
		require.NoError(r.t, response.Body.Close())
	}
	r.t.Cleanup(func() { _ = socket.CloseNow() })
	return socket
}

// connect dials and waits until the connection can be posted to.
func (r *rig) connect(query string) (*websocket.Conn, events.APIGatewayWebsocketProxyRequest) {
	r.t.Helper()
	socket := r.dial(query)
	event := r.event("$connect")
	require.Eventually(r.t, func() bool { return len(r.api.Connections()) > 0 }, 5*time.Second, time.Millisecond)
	return socket, event
}

func (r *rig) event(route string) events.APIGatewayWebsocketProxyRequest {
	r.t.Helper()
	select {
	case e := <-r.events:
		require.Equal(r.t, route, e.RequestContext.RouteKey)
		return e
	case <-time.After(10 * time.Second):
		r.t.Fatalf("no %s", route)
		return events.APIGatewayWebsocketProxyRequest{}
	}
}

func (r *rig) post(id, message string) error {
	_, err := r.client.PostToConnection(r.t.Context(), &apigatewaymanagementapi.PostToConnectionInput{
		ConnectionId: aws.String(id), Data: []byte(message),
	})
	return err
}

func TestRoutes(t *testing.T) {
	t.Parallel()
	r := newRig(t, wsapi.ServiceLimits(), agree)
	socket, connect := r.connect("?ticket=a&ticket=b")
	assert.Equal(t, "CONNECT", connect.RequestContext.EventType)
	assert.Equal(t, "realtime", connect.RequestContext.Stage)
	assert.Equal(t, strings.TrimSuffix(strings.TrimPrefix(r.url, "http://"), "/realtime"), connect.RequestContext.DomainName)
	assert.Equal(t, map[string]string{"ticket": "b"}, connect.QueryStringParameters)
	assert.Equal(t, map[string][]string{"ticket": {"a", "b"}}, connect.MultiValueQueryStringParameters)
	assert.Equal(t, "13", connect.Headers["Sec-Websocket-Version"])
	assert.Equal(t, "127.0.0.1", connect.RequestContext.Identity.SourceIP)
	id := connect.RequestContext.ConnectionID
	assert.Equal(t, []string{id}, r.api.Connections())

	require.NoError(t, socket.Write(t.Context(), websocket.MessageText, []byte(`{"type":"heartbeat"}`)))
	message := r.event("$default")
	assert.Equal(t, `{"type":"heartbeat"}`, message.Body)
	assert.Equal(t, id, message.RequestContext.ConnectionID)
	assert.NotEmpty(t, message.RequestContext.MessageID)

	require.NoError(t, socket.Close(websocket.StatusNormalClosure, "bye"))
	disconnect := r.event("$disconnect")
	assert.Equal(t, id, disconnect.RequestContext.ConnectionID)
	assert.EqualValues(t, 1000, disconnect.RequestContext.DisconnectStatusCode)
	assert.Equal(t, "bye", *disconnect.RequestContext.DisconnectReason)
	assert.Empty(t, r.api.Connections())
}

func TestRefusedConnect(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		answer respond
		status int
	}{
		"unauthorized": {func(events.APIGatewayWebsocketProxyRequest) (events.APIGatewayProxyResponse, error) {
			return events.APIGatewayProxyResponse{StatusCode: http.StatusUnauthorized}, nil
		}, http.StatusUnauthorized},
		"error": {func(events.APIGatewayWebsocketProxyRequest) (events.APIGatewayProxyResponse, error) {
			return events.APIGatewayProxyResponse{}, assert.AnError
		}, http.StatusBadGateway},
		"panic": {func(events.APIGatewayWebsocketProxyRequest) (events.APIGatewayProxyResponse, error) {
			panic("no table")
		}, http.StatusBadGateway},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newRig(t, wsapi.ServiceLimits(), c.answer)
			_, response, err := websocket.Dial(t.Context(), r.url, nil)
			require.Error(t, err)
			require.NoError(t, response.Body.Close())
			assert.Equal(t, c.status, response.StatusCode)
			r.event("$connect")
			assert.Empty(t, r.api.Connections())
		})
	}
}

func TestFailedMessageIsToldToTheClient(t *testing.T) {
	t.Parallel()
	r := newRig(t, wsapi.ServiceLimits(), func(e events.APIGatewayWebsocketProxyRequest) (events.APIGatewayProxyResponse, error) {
		if e.Body == "bad" {
			return events.APIGatewayProxyResponse{}, assert.AnError
		}
		return agree(e)
	})
	socket, connect := r.connect("")
	require.NoError(t, socket.Write(t.Context(), websocket.MessageText, []byte("bad")))
	_, told, err := socket.Read(t.Context())
	require.NoError(t, err)
	assert.Contains(t, string(told), "Internal server error")
	assert.Contains(t, string(told), connect.RequestContext.ConnectionID)
}

func TestLimits(t *testing.T) {
	t.Parallel()
	short, inbound := wsapi.ServiceLimits(), wsapi.ServiceLimits()
	short.Idle, inbound.InboundBytes = 20*time.Millisecond, 8
	brief := wsapi.ServiceLimits()
	brief.Lifetime = 20 * time.Millisecond
	cases := map[string]struct {
		limits wsapi.Limits
		kind   websocket.MessageType
		send   string
		code   websocket.StatusCode
	}{
		"idle":     {limits: short, code: websocket.StatusGoingAway},
		"lifetime": {limits: brief, code: websocket.StatusGoingAway},
		"size":     {limits: inbound, kind: websocket.MessageText, send: "nine bytes", code: websocket.StatusMessageTooBig},
		"binary":   {limits: inbound, kind: websocket.MessageBinary, send: "bytes", code: websocket.StatusUnsupportedData},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newRig(t, c.limits, agree)
			socket := r.dial("")
			r.event("$connect")
			if c.send != "" {
				require.NoError(t, socket.Write(t.Context(), c.kind, []byte(c.send)))
			}
			_, _, err := socket.Read(t.Context())
			assert.Equal(t, c.code, websocket.CloseStatus(err))
			assert.EqualValues(t, c.code, r.event("$disconnect").RequestContext.DisconnectStatusCode)
		})
	}
}

func TestManagement(t *testing.T) {
	t.Parallel()
	limits := wsapi.ServiceLimits()
	limits.OutboundBytes = 64
	r := newRig(t, limits, agree)
	socket, connect := r.connect("")
	id := connect.RequestContext.ConnectionID

	require.NoError(t, r.post(id, "bonjour"))
	kind, message, err := socket.Read(t.Context())
	require.NoError(t, err)
	assert.Equal(t, websocket.MessageText, kind)
	assert.Equal(t, "bonjour", string(message))

	got, err := r.client.GetConnection(t.Context(), &apigatewaymanagementapi.GetConnectionInput{ConnectionId: aws.String(id)})
	require.NoError(t, err)
	assert.WithinDuration(t, time.Now(), *got.ConnectedAt, time.Minute)
	assert.Equal(t, "127.0.0.1", *got.Identity.SourceIp)

	var tooLarge *types.PayloadTooLargeException
	require.ErrorAs(t, r.post(id, strings.Repeat("x", 65)), &tooLarge)

	_, err = r.client.DeleteConnection(t.Context(), &apigatewaymanagementapi.DeleteConnectionInput{ConnectionId: aws.String(id)})
	require.NoError(t, err)
	_, _, err = socket.Read(t.Context())
	assert.Equal(t, websocket.StatusNormalClosure, websocket.CloseStatus(err))
	r.event("$disconnect")

	var gone *types.GoneException
	require.ErrorAs(t, r.post(id, "bonjour"), &gone)
}

func TestWhoeverPostsMayLeave(t *testing.T) {
	t.Parallel()
	r := newRig(t, wsapi.ServiceLimits(), agree)
	socket, connect := r.connect("")
	gone, leave := context.WithCancel(t.Context())
	leave()
	for _, message := range []string{"one", "two"} {
		target := "/@connections/" + connect.RequestContext.ConnectionID
		recorder := httptest.NewRecorder()
		r.api.Management().ServeHTTP(recorder, httptest.NewRequestWithContext(gone, http.MethodPost, target, strings.NewReader(message)))
		assert.Equal(t, http.StatusOK, recorder.Code)
		_, received, err := socket.Read(t.Context())
		require.NoError(t, err, "the connection stays")
		assert.Equal(t, message, string(received))
	}
}

func TestDropSkipsDisconnect(t *testing.T) {
	t.Parallel()
	r := newRig(t, wsapi.ServiceLimits(), agree)
	socket, connect := r.connect("")
	require.True(t, r.api.Drop(connect.RequestContext.ConnectionID))
	_, _, err := socket.Read(t.Context())
	assert.EqualValues(t, -1, websocket.CloseStatus(err))
	r.api.Close()
	assert.Empty(t, r.events)
	assert.False(t, r.api.Drop(connect.RequestContext.ConnectionID))
}

func TestCloseDisconnectsEveryone(t *testing.T) {
	t.Parallel()
	r := newRig(t, wsapi.ServiceLimits(), agree)
	socket, _ := r.connect("")
	go func() { _, _, _ = socket.Read(context.WithoutCancel(t.Context())) }()
	r.api.Close()
	assert.EqualValues(t, websocket.StatusGoingAway, r.event("$disconnect").RequestContext.DisconnectStatusCode)
	_, response, err := websocket.Dial(t.Context(), r.url, nil)
	require.Error(t, err)
	require.NoError(t, response.Body.Close())
	assert.Equal(t, http.StatusServiceUnavailable, response.StatusCode)
}

func TestSubprotocolOfTheRoute(t *testing.T) {
	t.Parallel()
	r := newRig(t, wsapi.ServiceLimits(), func(events.APIGatewayWebsocketProxyRequest) (events.APIGatewayProxyResponse, error) {
		return events.APIGatewayProxyResponse{StatusCode: http.StatusOK, Headers: map[string]string{"Sec-WebSocket-Protocol": "guichet"}}, nil
	})
	socket, response, err := websocket.Dial(t.Context(), r.url, &websocket.DialOptions{Subprotocols: []string{"guichet"}})
	require.NoError(t, err)
	assert.Equal(t, http.StatusSwitchingProtocols, response.StatusCode)
	assert.Equal(t, "guichet", socket.Subprotocol())
	require.NoError(t, socket.CloseNow())
}
