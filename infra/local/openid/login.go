package openid

import (
	"context"
	"embed"
	"html/template"
	"log/slog"
	"net/http"
	"net/url"

	"github.com/zitadel/oidc/v3/pkg/op"
	"golang.org/x/text/language"
)

const loginPath = "/oidc/sign-in"

//go:embed page
var page embed.FS

// policy allows the page its style sheet and its form; the form's answer leads back to the dashboard, which may be
// on a development server's port.
const policy = "default-src 'none'; style-src 'self'; form-action 'self' http://localhost:* http://127.0.0.1:*; frame-ancestors 'none'; base-uri 'none'"

// login is the page on which a person is picked.
type login struct {
	storage  *storage
	callback func(context.Context, string) string
	issuer   *op.IssuerInterceptor
	template *template.Template
}

func (l *login) mount(mux *http.ServeMux) {
	l.template = template.Must(template.ParseFS(page, "page/sign-in.html"))
	mux.HandleFunc("GET "+loginPath, l.show)
	mux.Handle("POST "+loginPath, l.issuer.HandlerFunc(l.choose))
	mux.HandleFunc("GET "+loginPath+"/style.css", func(w http.ResponseWriter, r *http.Request) {
		http.ServeFileFS(w, r, page, "page/style.css")
	})
}

// view is what the template shows.
type view struct {
	Text      text
	Languages []languageLink
	Request   string
	People    []choice
}

type languageLink struct {
	Tag, Name, URL string
	Current        bool
}

type choice struct{ ID, Name, Role string }

func (l *login) show(w http.ResponseWriter, r *http.Request) {
	id := r.URL.Query().Get("request")
	request, err := l.storage.find(func(other *authRequest) bool { return other.id == id })
	asked := r.URL.Query().Get("lang")
	if err != nil {
		l.render(w, http.StatusGone, view{Text: textFor(asked, nil, r)})
		return
	}
	shown := textFor(asked, request.UILocales, r)
	v := view{Text: shown, Request: id}
	for _, other := range texts {
		v.Languages = append(v.Languages, languageLink{
			Tag: other.Tag, Name: other.Language, Current: other.Tag == shown.Tag,
			URL: loginPath + "?" + url.Values{"request": {id}, "lang": {other.Tag}}.Encode(),
		})
	}
	for _, person := range l.storage.people {
		v.People = append(v.People, choice{ID: person.ID, Name: person.Name, Role: shown.Roles[person.Role]})
	}
	l.render(w, http.StatusOK, v)
}

func (l *login) choose(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, 4<<10)
	id, person := r.PostFormValue("request"), r.PostFormValue("person")
	if _, known := l.storage.person(person); !known {
		l.render(w, http.StatusUnprocessableEntity, view{Text: textFor("", nil, r)})
		return
	}
	if err := l.storage.pick(id, person); err != nil {
		l.render(w, http.StatusGone, view{Text: textFor("", nil, r)})
		return
	}
	http.Redirect(w, r, l.callback(r.Context(), id), http.StatusSeeOther)
}

func (l *login) render(w http.ResponseWriter, status int, v view) {
	header := w.Header()
	header.Set("Content-Type", "text/html; charset=utf-8")
	header.Set("Content-Language", v.Text.Tag)
	header.Set("Content-Security-Policy", policy)
	header.Set("Cache-Control", "no-store")
	header.Set("Referrer-Policy", "no-referrer")
	header.Set("X-Content-Type-Options", "nosniff")
	w.WriteHeader(status)
	if err := l.template.Execute(w, v); err != nil {
		slog.Error("show the sign-in page", "component", "openid", "error", err)
	}
}

// textFor chooses the language: the one asked for on the page, else the client's, else the browser's.
func textFor(asked string, client []language.Tag, r *http.Request) text {
	supported := make([]language.Tag, len(texts))
	for i, t := range texts {
		supported[i] = language.Make(t.Tag)
	}
	var wanted []language.Tag
	if asked != "" {
		wanted = append(wanted, language.Make(asked))
	}
	wanted = append(wanted, client...)
	accepted, _, _ := language.ParseAcceptLanguage(r.Header.Get("Accept-Language"))
	_, index, _ := language.NewMatcher(supported).Match(append(wanted, accepted...)...)
	return texts[index]
}
