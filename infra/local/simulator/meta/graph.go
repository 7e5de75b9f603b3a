package meta

import (
	"crypto/hmac"
	"net/http"
	"regexp"
	"strings"
)

var versions = regexp.MustCompile(`^v[0-9]{1,2}\.[0-9]$`)

// Graph is the Graph API as far as messages need it: {version}/{account}/messages, {version}/me/messages and profiles.
// Paths are as on graph.facebook.com.
func (m *Meta) Graph() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("POST /{version}/{id}/messages", m.known(m.send))
	mux.HandleFunc("GET /{version}/{id}", m.known(m.profile))
	mux.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) { fail(w, "", errPath) })
	return mux
}

// known lets a request pass that has the access token of an account.
func (m *Meta) known(next func(http.ResponseWriter, *http.Request, Account)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		token := r.URL.Query().Get("access_token")
		if bearer, found := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer "); found {
			token = bearer
		}
		for _, account := range m.cfg.Accounts {
			if !hmac.Equal([]byte(token), []byte(account.AccessToken)) || token == "" {
				continue
			}
			if !versions.MatchString(r.PathValue("version")) {
				fail(w, account.Channel, errPath)
				return
			}
			// https://developers.facebook.com/docs/graph-api/guides/secure-requests#appsecret_proof
			if proof := r.URL.Query().Get("appsecret_proof"); proof != "" && !hmac.Equal([]byte(proof), []byte(m.cfg.App.sign([]byte(token)))) {
				fail(w, account.Channel, refusal(http.StatusBadRequest, 100, 0, "Invalid appsecret_proof provided in the API argument"))
				return
			}
			next(w, r, account)
			return
		}
		fail(w, "", errToken)
	}
}

// profile answers what a person allows to be known
// (https://developers.facebook.com/docs/messenger-platform/identity/user-profile,
// https://developers.facebook.com/docs/messenger-platform/instagram/features/user-profile).
func (m *Meta) profile(w http.ResponseWriter, r *http.Request, account Account) {
	t, known := m.customer(account, r.PathValue("id"))
	if !known {
		fail(w, account.Channel, errPath)
		return
	}
	first, last, _ := strings.Cut(t.Name, " ")
	all := map[string]string{"name": t.Name, "first_name": first, "last_name": last}
	if account.Channel == Instagram {
		all = map[string]string{"name": t.Name, "username": strings.ToLower(strings.Join(strings.Fields(t.Name), "."))}
	}
	fields := []string{"first_name", "last_name"}
	if asked := r.URL.Query().Get("fields"); asked != "" {
		fields = strings.Split(asked, ",")
	}
	answer := map[string]string{"id": t.Customer}
	for _, field := range fields {
		if value := all[field]; value != "" {
			answer[field] = value
		}
	}
	respond(w, http.StatusOK, answer)
}
