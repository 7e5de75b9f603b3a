// Package gateway is the one origin of the one-machine runner: what CloudFront and the HTTP API do on AWS. It decides
// which part serves a path, who may call it and how much they may send, and nothing else.
package gateway

import (
	"context"
	"encoding/json"
	"io/fs"
	"net"
	"net/http"
	"time"

	"guichet/shared/mediaapi"
)

// Body limits in bytes. The functions behind have smaller ones of their own.
const (
	bodyLimit  = 1 << 20
	mediaLimit = 64 << 10 // an SDP offer
	fileLimit  = 25 << 20
)

// Parts are the handlers behind the origin. Each sees the paths unshortened.
type Parts struct {
	Dashboard fs.FS        // static files; nil when it has not been built
	Widget    string       // the key of the one at DemoPath; empty: there is none
	Site      Site         // what /config.json says
	API       http.Handler // /api/, behind the authorizer
	Reports   http.Handler // what of /api/ reportPaths names, behind it, too
	Authorize Authorizer
	Voice     http.Handler // /twilio/voice/
	Channels  http.Handler // /channels/
	MediaHook http.Handler // /hooks/media
	Media     http.Handler // /media/
	Realtime  http.Handler // /realtime
	OpenID    http.Handler // /oidc/
	Objects   http.Handler // /s3/
	Simulator http.Handler // /simulator
}

// reportPaths are those of functions/reportapi; infra/stacks has the same.
var reportPaths = []string{"/api/cards", "/api/activity/", "/api/reports", "/api/reports.csv", "/api/supervision", "/api/queues/{id}/details"}

// Site is what the dashboard learns of its surroundings from /config.json, which a deployment writes on AWS.
type Site struct {
	Issuer   string `json:"issuer"`
	ClientID string `json:"clientId"`
	Scope    string `json:"scope"`
}

// New mounts the parts.
func New(p Parts) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("/api/", limited(bodyLimit, p.Authorize.require(invoked(p.API))))
	for _, path := range reportPaths {
		mux.Handle(path, limited(bodyLimit, p.Authorize.require(invoked(p.Reports))))
	}
	mux.Handle("/twilio/voice/", limited(bodyLimit, invoked(p.Voice)))
	mux.Handle("/channels/", limited(bodyLimit, invoked(p.Channels)))
	mux.Handle(mediaapi.EventPath, limited(bodyLimit, invoked(p.MediaHook)))
	mux.Handle("/media/", limited(mediaLimit, p.Media))
	mux.Handle("/realtime", p.Realtime)
	mux.Handle("/oidc/", limited(bodyLimit, p.OpenID))
	mux.Handle("/s3/", limited(fileLimit, p.Objects))
	mux.Handle("/simulator/api/messages/files", limited(fileLimit, p.Simulator))
	mux.Handle("/simulator", limited(bodyLimit, p.Simulator))
	mux.Handle("/simulator/", limited(bodyLimit, p.Simulator))
	mux.Handle("GET /config.json", secured(config(p.Site)))
	if p.Dashboard != nil && p.Widget != "" {
		mux.Handle("GET "+DemoPath, secured(demoSite(p.Dashboard, p.Widget)))
	}
	mux.Handle("/", secured(static(p.Dashboard)))
	return forwarded(mux)
}

// forwarded tells the parts where the client was, and believes nothing that the client says of it.
func forwarded(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for _, name := range []string{"Forwarded", "X-Origin-Secret", "X-Forwarded-For", "X-Forwarded-Port", "X-Real-Ip", "X-Client-Address"} {
			r.Header.Del(name)
		}
		r.Header.Set("X-Forwarded-Host", r.Host)
		r.Header.Set("X-Forwarded-Proto", "http")
		if client, _, err := net.SplitHostPort(r.RemoteAddr); err == nil {
			r.Header.Set("X-Forwarded-For", client)
			r.Header.Set("X-Client-Address", client)
		}
		next.ServeHTTP(w, r)
	})
}

// limited refuses a body that says it is too long, and cuts one that does not say so.
func limited(limit int64, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.ContentLength > limit {
			problem(w, http.StatusRequestEntityTooLarge, "the body is longer than this origin takes")
			return
		}
		r.Body = http.MaxBytesReader(w, r.Body, limit)
		next.ServeHTTP(w, r)
	})
}

// functionLimit is how long a function may take: 30 seconds is the limit of an HTTP API's integration.
const functionLimit = 30 * time.Second

// invoked runs a function to its end, as Lambda does, even if the client leaves before.
func invoked(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(r.Context()), functionLimit)
		defer cancel()
		next.ServeHTTP(w, r.WithContext(ctx))
	})
}

func config(site Site) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("Cache-Control", "no-cache")
		_ = json.NewEncoder(w).Encode(site)
	})
}

// problem answers as RFC 9457 has it.
func problem(w http.ResponseWriter, status int, detail string) {
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(map[string]any{"title": http.StatusText(status), "status": status, "detail": detail})
}
