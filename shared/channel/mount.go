package channel

import (
	"net/http"
	"strings"
)

// PathPrefix is where the webhooks of all channels are, each under its name.
const PathPrefix = "/channels/"

// Mount registers the webhooks of every channel, each under /channels/{name}.
func (s *Set) Mount(mux *http.ServeMux, r Receiver) {
	for _, c := range s.channels {
		c.Routes(prefixed{mux, PathPrefix + c.Name()}, r)
	}
}

// prefixed puts a prefix before the path of each pattern.
type prefixed struct {
	mux    *http.ServeMux
	prefix string
}

func (p prefixed) Handle(pattern string, handler http.Handler) {
	method, path, found := strings.Cut(pattern, " ")
	if !found {
		p.mux.Handle(p.prefix+pattern, handler)
		return
	}
	p.mux.Handle(method+" "+p.prefix+path, handler)
}
