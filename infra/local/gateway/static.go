package gateway

import (
	"io/fs"
	"net/http"
	"path"
	"regexp"
	"strings"

	"guichet/infra/stacks/csp"
)

// policies are the headers of every page of the dashboard. The explicit ws: source is for browsers in which 'self' does
// not cover WebSockets.
func policies(host string) map[string]string {
	return map[string]string{
		"Content-Security-Policy":    csp.Policy("", "ws://"+host),
		"Permissions-Policy":         "microphone=(self), speaker-selection=(self), camera=(self), display-capture=(self), geolocation=(), payment=()",
		"Referrer-Policy":            "same-origin",
		"X-Content-Type-Options":     "nosniff",
		"Cross-Origin-Opener-Policy": "same-origin",
	}
}

func secured(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for name, value := range policies(r.Host) {
			w.Header().Set(name, value)
		}
		next.ServeHTTP(w, r)
	})
}

// static serves the dashboard's files, the widget's and the meetings'. A path that names no file is a page of the dashboard,
// which finds out itself which, or of the meetings; one that ends like a file's is missing.
func static(files fs.FS) http.Handler {
	if files == nil {
		return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			http.Error(w, "The dashboard has not been built: run make run.", http.StatusNotFound)
		})
	}
	server := http.FileServerFS(files)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			w.Header().Set("Allow", "GET, HEAD")
			http.Error(w, "method not allowed", http.StatusMethodNotAllowed)
			return
		}
		name := strings.TrimPrefix(path.Clean(r.URL.Path), "/")
		info, err := fs.Stat(files, name)
		found := err == nil && !info.IsDir() && name != "index.html"
		switch {
		case found:
			w.Header().Set("Cache-Control", freshness(name))
			server.ServeHTTP(w, r)
		case path.Ext(name) != "" && name != "index.html":
			http.NotFound(w, r)
		default:
			w.Header().Set("Cache-Control", "no-cache")
			http.ServeFileFS(w, r, files, pageOf(files, r.URL.Path))
		}
	})
}

// DemoPath is a site that has the webchat, to try it on.
const DemoPath = "/webchat/demo.html"

var demoKey = regexp.MustCompile(`data-key="[^"]*"`)

// demoSite serves it with a widget of the centre.
func demoSite(files fs.FS, widget string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		page, err := fs.ReadFile(files, strings.TrimPrefix(DemoPath, "/"))
		if err != nil {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("Cache-Control", "no-cache")
		_, _ = w.Write(demoKey.ReplaceAll(page, []byte(`data-key="`+widget+`"`))) // a key needs no escaping
	})
}

// meetings is where the page of meetings is, when it has been built.
const meetings = "meet/index.html"

func pageOf(files fs.FS, path string) string {
	if _, err := fs.Stat(files, meetings); err == nil && strings.HasPrefix(path, "/meet/") {
		return meetings
	}
	return "index.html"
}

// freshness: names below assets/ have a hash of the content in them.
func freshness(name string) string {
	if strings.HasPrefix(name, "assets/") {
		return "public, max-age=31536000, immutable"
	}
	return "no-cache"
}
