package simulator

import (
	"net"
	"net/http"
	"net/url"
)

// sameOrigin refuses what another site's page, open in the same browser, sends to the developer's machine. Browsers put an
// Origin on every POST and WebSocket. Comparing it to Host is not enough: a name that an attacker points to 127.0.0.1
// (DNS rebinding) makes both equal, so the host must be the public one or a loopback one.
func (s *Simulator) sameOrigin(next http.HandlerFunc) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !s.ours(r) {
			pageFail(w, http.StatusForbidden, "origin", "this request comes from another site")
			return
		}
		next(w, r)
	})
}

func (s *Simulator) ours(r *http.Request) bool {
	origin, err := url.Parse(r.Header.Get("Origin"))
	if err != nil || origin.Host == "" {
		return false
	}
	if public, err := url.Parse(s.cfg.PublicURL); err == nil && public.Scheme == origin.Scheme && public.Host == origin.Host {
		return true
	}
	return origin.Host == r.Host && isLoopback(origin.Hostname())
}

func isLoopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || (ip != nil && ip.IsLoopback())
}
