package simulator

import (
	"bytes"
	"embed"
	"io/fs"
	"net/http"
	"strings"

	"golang.org/x/text/language"
)

//go:embed static
var staticFiles embed.FS

// PagePath is where Page is mounted, with and without what follows.
const PagePath = "/simulator"

// contentPolicy lets the page load nothing but its own files, and nobody frame it.
const contentPolicy = "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; " +
	"connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// Page serves the page under PagePath, from which a person places and takes calls, and the API that the page uses.
func (s *Simulator) Page() http.Handler {
	files, err := fs.Sub(staticFiles, "static")
	if err != nil {
		panic("embedded folder: " + err.Error()) // impossible: the folder is part of the program
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET "+PagePath, serveIndex(files))
	mux.HandleFunc("GET "+PagePath+"/{$}", serveIndex(files))
	mux.Handle("GET "+PagePath+"/static/", http.StripPrefix(PagePath+"/static", noCache(http.FileServerFS(files))))

	mux.HandleFunc("GET "+PagePath+"/api/state", s.pageState)
	mux.Handle("POST "+PagePath+"/api/calls", s.sameOrigin(s.pageDial))
	mux.Handle("POST "+PagePath+"/api/calls/{sid}/{action}", s.sameOrigin(s.pageAct))
	mux.Handle("POST "+PagePath+"/api/phones", s.sameOrigin(s.pagePhone))
	mux.Handle("GET "+PagePath+"/api/events", s.sameOrigin(s.pageEvents))
	mux.Handle("GET "+PagePath+"/api/calls/{sid}/audio", s.sameOrigin(s.pageAudio))
	s.mountMessages(mux)
	return secured(mux)
}

// serveIndex answers the page in the language that the browser prefers; the page can switch it.
func serveIndex(files fs.FS) http.HandlerFunc {
	matcher := language.NewMatcher([]language.Tag{language.English, language.French})
	return func(w http.ResponseWriter, r *http.Request) {
		page, err := fs.ReadFile(files, "index.html")
		if err != nil {
			http.Error(w, "the page is missing", http.StatusInternalServerError)
			return
		}
		tags, _, _ := language.ParseAcceptLanguage(r.Header.Get("Accept-Language"))
		if _, index, _ := matcher.Match(tags...); index == 1 {
			page = bytes.Replace(page, []byte(`<html lang="en"`), []byte(`<html lang="fr"`), 1)
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("Vary", "Accept-Language")
		w.Header().Set("Cache-Control", "no-cache")
		_, _ = w.Write(page)
	}
}

func noCache(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, "/") { // no folder listings
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Cache-Control", "no-cache")
		next.ServeHTTP(w, r)
	})
}

func secured(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", contentPolicy)
		h.Set("Permissions-Policy", "microphone=(self), camera=(), geolocation=()")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("X-Content-Type-Options", "nosniff")
		next.ServeHTTP(w, r)
	})
}
