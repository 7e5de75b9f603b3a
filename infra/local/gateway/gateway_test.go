package gateway_test

import (
	"context"
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	jose "github.com/go-jose/go-jose/v4"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/infra/local/gateway"
)

const issuer = "http://localhost:8080/oidc"

type claimsKey struct{}

// rig is a gateway before parts that answer with what they were given.
type rig struct {
	t       *testing.T
	handler http.Handler
	key     *rsa.PrivateKey
}

func newRig(t *testing.T, dashboard fstest.MapFS) *rig {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	require.NoError(t, err)
	part := func(name string) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			body, err := io.ReadAll(r.Body)
			if err != nil {
				w.WriteHeader(http.StatusRequestEntityTooLarge)
				return
			}
			w.Header().Set("Part", name)
			_ = json.NewEncoder(w).Encode(map[string]any{
				"path": r.URL.Path, "headers": r.Header, "claims": r.Context().Value(claimsKey{}), "bytes": len(body),
				"cancelled": r.Context().Err() != nil,
			})
		})
	}
	parts := gateway.Parts{
		Site: gateway.Site{Issuer: issuer, ClientID: "desk", Scope: "openid"}, Widget: "shop",
		API: part("api"), Reports: part("reports"), Voice: part("voice"), MediaHook: part("mediahook"), Media: part("media"), Realtime: part("realtime"),
		OpenID: part("openid"), Simulator: part("simulator"), Channels: part("channels"), Objects: part("objects"),
		Authorize: gateway.Authorizer{
			Issuer: issuer, ClientID: "desk", Keys: &oidc.StaticKeySet{PublicKeys: []crypto.PublicKey{&key.PublicKey}},
			WithClaims: func(ctx context.Context, claims map[string]string) context.Context {
				return context.WithValue(ctx, claimsKey{}, claims)
			},
		},
	}
	if dashboard != nil {
		parts.Dashboard = dashboard
	}
	return &rig{t: t, handler: gateway.New(parts), key: key}
}

func (r *rig) do(method, target, body string, headers map[string]string) *http.Response {
	r.t.Helper()
	request := httptest.NewRequestWithContext(r.t.Context(), method, target, strings.NewReader(body))
	for name, value := range headers {
		request.Header.Set(name, value)
	}
	recorder := httptest.NewRecorder()
	r.handler.ServeHTTP(recorder, request)
	return recorder.Result()
}

func (r *rig) token(key *rsa.PrivateKey, changes map[string]any) string {
	r.t.Helper()
	claims := map[string]any{
		"iss": issuer, "client_id": "desk", "sub": "s", "exp": time.Now().Add(time.Hour).Unix(),
		"username": "agt_camille", "cognito:groups": []string{"agent", "supervisor"},
	}
	maps.Copy(claims, changes)
	payload, err := json.Marshal(claims)
	require.NoError(r.t, err)
	signer, err := jose.NewSigner(jose.SigningKey{Algorithm: jose.RS256, Key: key}, nil)
	require.NoError(r.t, err)
	signed, err := signer.Sign(payload)
	require.NoError(r.t, err)
	raw, err := signed.CompactSerialize()
	require.NoError(r.t, err)
	return raw
}

func text(t *testing.T, response *http.Response) string {
	t.Helper()
	body, err := io.ReadAll(response.Body)
	require.NoError(t, err)
	return string(body)
}

func TestPathsReachTheirParts(t *testing.T) {
	t.Parallel()
	r := newRig(t, nil)
	for path, part := range map[string]string{
		"/twilio/voice/incoming": "voice", "/channels/sms/incoming": "channels", "/hooks/media": "mediahook", "/media/whip": "media", "/realtime": "realtime",
		"/oidc/authorize": "openid", "/simulator": "simulator", "/simulator/static/x.js": "simulator",
		"/s3/guichet-files/files/x": "objects", "/simulator/api/messages/files": "simulator",
	} {
		response := r.do(http.MethodPost, path, "x", nil)
		assert.Equal(t, part, response.Header.Get("Part"), path)
		assert.Contains(t, text(t, response), `"path":"`+path+`"`)
	}
	assert.Equal(t, http.StatusNotFound, r.do(http.MethodPost, "/realtime/@connections/x", "", nil).StatusCode, "the management API is not public")
}

func TestFiguresAreAnotherFunctions(t *testing.T) {
	t.Parallel()
	r := newRig(t, nil)
	for path, part := range map[string]string{
		"/api/cards": "reports", "/api/activity/day": "reports", "/api/reports": "reports", "/api/reports.csv": "reports", "/api/supervision": "reports",
		"/api/queues/que_x/details": "reports", "/api/queues/que_x": "api", "/api/desk": "api",
	} {
		response := r.do(http.MethodGet, path, "", map[string]string{"Authorization": "Bearer " + r.token(r.key, nil)})
		assert.Equal(t, part, response.Header.Get("Part"), path)
		assert.Equal(t, http.StatusUnauthorized, r.do(http.MethodGet, path, "", nil).StatusCode, path)
	}
}

func TestFunctionsRunToTheirEndWhenTheClientLeaves(t *testing.T) {
	t.Parallel()
	r := newRig(t, nil)
	gone, leave := context.WithCancel(t.Context())
	leave()
	for path, cancelled := range map[string]bool{"/twilio/voice/incoming": false, "/hooks/media": false, "/api/desk": false, "/media/whip": true} {
		request := httptest.NewRequestWithContext(gone, http.MethodPost, path, nil)
		request.Header.Set("Authorization", "Bearer "+r.token(r.key, nil))
		recorder := httptest.NewRecorder()
		r.handler.ServeHTTP(recorder, request)
		assert.Contains(t, text(t, recorder.Result()), fmt.Sprintf(`"cancelled":%t`, cancelled), path)
	}
}

func TestAPIWantsAValidToken(t *testing.T) {
	t.Parallel()
	r := newRig(t, nil)
	other, err := rsa.GenerateKey(rand.Reader, 2048)
	require.NoError(t, err)
	cases := map[string]struct {
		authorization string
		status        int
	}{
		"none":             {"", http.StatusUnauthorized},
		"another scheme":   {"Basic YTpi", http.StatusUnauthorized},
		"no JWT":           {"Bearer abc", http.StatusUnauthorized},
		"another key":      {"Bearer " + r.token(other, nil), http.StatusUnauthorized},
		"another issuer":   {"Bearer " + r.token(r.key, map[string]any{"iss": "http://evil.example"}), http.StatusUnauthorized},
		"expired":          {"Bearer " + r.token(r.key, map[string]any{"exp": 1}), http.StatusUnauthorized},
		"another client":   {"Bearer " + r.token(r.key, map[string]any{"client_id": "x"}), http.StatusUnauthorized},
		"another audience": {"Bearer " + r.token(r.key, map[string]any{"aud": "x"}), http.StatusUnauthorized},
		"unsigned":         {"Bearer eyJhbGciOiJub25lIn0.e30.", http.StatusUnauthorized},
		"audience":         {"Bearer " + r.token(r.key, map[string]any{"aud": "desk", "client_id": "x"}), http.StatusOK},
		"client":           {"bearer " + r.token(r.key, nil), http.StatusOK},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			response := r.do(http.MethodGet, "/api/desk", "", map[string]string{"Authorization": c.authorization})
			assert.Equal(t, c.status, response.StatusCode)
			if c.status == http.StatusUnauthorized {
				assert.Equal(t, "application/problem+json", response.Header.Get("Content-Type"))
				assert.Equal(t, "Bearer", response.Header.Get("WWW-Authenticate"))
				assert.Empty(t, response.Header.Get("Part"), "the API was asked")
			}
		})
	}
}

func TestClaimsAreFlatAsOnAWS(t *testing.T) {
	t.Parallel()
	r := newRig(t, nil)
	token := r.token(r.key, map[string]any{"auth_time": 1764000000, "email_verified": true})
	var seen struct{ Claims map[string]string }
	response := r.do(http.MethodGet, "/api/desk", "", map[string]string{"Authorization": "Bearer " + token})
	require.NoError(t, json.NewDecoder(response.Body).Decode(&seen))
	assert.Equal(t, "agt_camille", seen.Claims["username"])
	assert.Equal(t, "[agent supervisor]", seen.Claims["cognito:groups"])
	assert.Equal(t, "1764000000", seen.Claims["auth_time"])
	assert.Equal(t, "true", seen.Claims["email_verified"])
}

func TestClientsCannotForgeWhereTheyAre(t *testing.T) {
	t.Parallel()
	r := newRig(t, nil)
	var seen struct{ Headers map[string][]string }
	response := r.do(http.MethodPost, "http://localhost:8080/twilio/voice/incoming", "", map[string]string{
		"X-Origin-Secret": "guess", "X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https", "X-Forwarded-For": "1.2.3.4", "Forwarded": "for=1.2.3.4",
	})
	require.NoError(t, json.NewDecoder(response.Body).Decode(&seen))
	assert.Equal(t, []string{"localhost:8080"}, seen.Headers["X-Forwarded-Host"])
	assert.Equal(t, []string{"http"}, seen.Headers["X-Forwarded-Proto"])
	assert.Equal(t, []string{"192.0.2.1"}, seen.Headers["X-Forwarded-For"])
	assert.NotContains(t, seen.Headers, "X-Origin-Secret")
	assert.NotContains(t, seen.Headers, "Forwarded")
}

func TestLongBodiesAreRefused(t *testing.T) {
	t.Parallel()
	r := newRig(t, nil)
	authorization := map[string]string{"Authorization": "Bearer " + r.token(r.key, nil)}
	for path, limit := range map[string]int{"/api/desk": 1 << 20, "/twilio/voice/incoming": 1 << 20, "/channels/sms/incoming": 1 << 20, "/hooks/media": 1 << 20, "/media/whip": 64 << 10, "/s3/b/k": 25 << 20} {
		assert.Equal(t, http.StatusOK, r.do(http.MethodPost, path, strings.Repeat("x", limit), authorization).StatusCode, path)
		refused := r.do(http.MethodPost, path, strings.Repeat("x", limit+1), authorization)
		assert.Equal(t, http.StatusRequestEntityTooLarge, refused.StatusCode, path)
		assert.Equal(t, "application/problem+json", refused.Header.Get("Content-Type"))
	}
	unsaid := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/hooks/media", io.MultiReader(strings.NewReader(strings.Repeat("x", 1<<20+1))))
	recorder := httptest.NewRecorder()
	r.handler.ServeHTTP(recorder, unsaid)
	assert.Equal(t, http.StatusRequestEntityTooLarge, recorder.Code, "without Content-Length")
}

func TestDashboard(t *testing.T) {
	t.Parallel()
	r := newRig(t, fstest.MapFS{
		"index.html": {Data: []byte("<title>Guichet</title>")}, "assets/index-abc.js": {Data: []byte("script")}, "favicon.svg": {Data: []byte("icon")},
		"meet/index.html": {Data: []byte("<title>Meeting</title>")}, "webchat/widget.js": {Data: []byte("widget")},
		"webchat/demo.html": {Data: []byte(`<script src="widget.js" data-key="lavande" async></script>`)},
	})
	cases := map[string]struct {
		status      int
		body, cache string
	}{
		"/":                    {http.StatusOK, "<title>", "no-cache"},
		"/desk/contacts/con_1": {http.StatusOK, "<title>", "no-cache"},
		"/assets":              {http.StatusOK, "<title>Guichet", "no-cache"},
		"/meet/a-room":         {http.StatusOK, "<title>Meeting", "no-cache"},
		"/meeting":             {http.StatusOK, "<title>Guichet", "no-cache"},
		"/webchat/widget.js":   {http.StatusOK, "widget", "no-cache"},
		"/webchat/demo.html":   {http.StatusOK, `data-key="shop" async`, "no-cache"},
		"/webchat/gone.js":     {http.StatusNotFound, "", ""},
		"/assets/index-abc.js": {http.StatusOK, "script", "immutable"},
		"/favicon.svg":         {http.StatusOK, "icon", "no-cache"},
		"/assets/gone.js":      {http.StatusNotFound, "", ""},
	}
	for path, c := range cases {
		response := r.do(http.MethodGet, path, "", nil)
		assert.Equal(t, c.status, response.StatusCode, path)
		assert.Contains(t, text(t, response), c.body, path)
		assert.Contains(t, response.Header.Get("Cache-Control"), c.cache, path)
		policy := response.Header.Get("Content-Security-Policy")
		assert.Contains(t, policy, "script-src 'self';", path)
		assert.Contains(t, policy, "connect-src 'self' ws://example.com;", path)
		assert.Contains(t, response.Header.Get("Permissions-Policy"), "microphone=(self)", path)
	}
	assert.Equal(t, http.StatusMethodNotAllowed, r.do(http.MethodPost, "/", "", nil).StatusCode)
	assert.JSONEq(t, `{"issuer":"`+issuer+`","clientId":"desk","scope":"openid"}`, text(t, r.do(http.MethodGet, "/config.json", "", nil)))
}

func TestUnbuiltDashboardSaysSo(t *testing.T) {
	t.Parallel()
	response := newRig(t, nil).do(http.MethodGet, "/", "", nil)
	assert.Equal(t, http.StatusNotFound, response.StatusCode)
	assert.Contains(t, text(t, response), "make run")
}
