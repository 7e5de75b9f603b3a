package whip

import (
	"errors"
	"io"
	"log/slog"
	"mime"
	"net/http"
	"net/netip"
	"strings"

	"guichet/media-node/internal/bridge"
	"guichet/media-node/internal/problem"
	"guichet/media-node/internal/reactor"
	"guichet/shared/mediaapi"
)

const (
	typeSDP      = "application/sdp"
	typeFragment = "application/trickle-ice-sdpfrag"

	maxOffer    = 64 << 10 // bytes: Chrome's offer for one audio stream takes 3 KB
	maxFragment = 16 << 10
)

// Config is what a Server needs.
type Config struct {
	Loop     *reactor.Loop
	Sessions *bridge.Bridge
	// Admit uses up the bearer's ticket.
	Admit func(token string) (mediaapi.Ticket, error)
	// Welcome returns false, and has answered, when the bearer of this ticket is not taken.
	Welcome func(w http.ResponseWriter, ticket mediaapi.Ticket) bool
	// Fingerprint of the node's certificate (SHA-256).
	Fingerprint string
	// Candidates are the addresses under which the UDP port is reached, best first.
	Candidates []netip.AddrPort
	// Others is where requests are passed on; nil on a node that is alone, and for what others have passed on.
	Others Others
	Log    *slog.Logger
}

// Others are the other nodes, one of which a request may be for. Their methods return true when they have answered.
type Others interface {
	// PassOpening is for a new session. It fails when the ticket was used on another node.
	PassOpening(w http.ResponseWriter, r *http.Request, ticket mediaapi.Ticket, body []byte) (passed bool, err error)
	// PassSession is for a session that is not here.
	PassSession(w http.ResponseWriter, r *http.Request, id string, body []byte) (passed bool)
}

// Server answers WHIP requests. Mount its methods under one path.
type Server struct {
	cfg   Config
	local local
}

// NewServer returns a server.
func NewServer(cfg Config) *Server {
	return &Server{cfg: cfg, local: local{fingerprint: cfg.Fingerprint, candidates: cfg.Candidates}}
}

// Register mounts the endpoint at path and the sessions below it.
func (s *Server) Register(outer *http.ServeMux, path string) {
	mux := http.NewServeMux()
	outer.Handle(path, cors(mux))
	outer.Handle(path+"/", cors(mux))
	mux.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) {
		problem.Write(w, http.StatusNotFound, "no such resource")
	})
	mux.HandleFunc("POST "+path, func(w http.ResponseWriter, r *http.Request) { s.open(w, r, path) })
	mux.HandleFunc("OPTIONS "+path, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Accept-Post", typeSDP)
		w.Header().Set("Allow", "OPTIONS, POST")
		w.WriteHeader(http.StatusNoContent)
	})
	mux.HandleFunc(path, methodNotAllowed("OPTIONS, POST"))
	mux.HandleFunc("PATCH "+path+"/{session}", s.patch)
	mux.HandleFunc("DELETE "+path+"/{session}", s.end)
	mux.HandleFunc("OPTIONS "+path+"/{session}", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Accept-Patch", typeFragment)
		w.Header().Set("Allow", "OPTIONS, PATCH, DELETE")
		w.WriteHeader(http.StatusNoContent)
	})
	mux.HandleFunc(path+"/{session}", methodNotAllowed("OPTIONS, PATCH, DELETE"))
}

func (s *Server) open(w http.ResponseWriter, r *http.Request, path string) {
	token, ok := bearer(w, r)
	if !ok {
		return
	}
	body, ok := readBody(w, r, typeSDP, maxOffer)
	if !ok {
		return
	}
	ticket, err := s.cfg.Admit(token)
	passed := false
	if err == nil && s.cfg.Others != nil {
		passed, err = s.cfg.Others.PassOpening(w, r, ticket, body)
	}
	if err != nil {
		s.cfg.Log.Warn("session refused", "error", err)
		refuse(w)
		return
	}
	if passed {
		return
	}
	o, err := parseOffer(body)
	if err != nil {
		problem.Write(w, map[bool]int{true: http.StatusBadRequest, false: http.StatusUnprocessableEntity}[errors.Is(err, errSDP)], err.Error())
		return
	}
	if !s.cfg.Welcome(w, ticket) {
		return
	}
	open := s.cfg.Sessions.OpenAgent
	if ticket.Purpose == mediaapi.PurposeVisitorAudio {
		open = s.cfg.Sessions.OpenVisitor
	}
	var id, etag, answer string
	if s.cfg.Loop.Do(func() {
		session := open(ticket, token, o.remote)
		id, etag = session.ID, session.ETag
		answer = s.local.answer(o, session.Peer.Local(), session.Peer.SSRC())
	}) != nil {
		problem.Write(w, http.StatusServiceUnavailable, "the node is closing")
		return
	}
	w.Header().Set("Content-Type", typeSDP)
	w.Header().Set("Location", path+"/"+id)
	w.Header().Set("ETag", etag)
	w.Header().Set("Accept-Patch", typeFragment)
	w.WriteHeader(http.StatusCreated)
	_, _ = io.WriteString(w, answer)
}

// patch restarts ICE, or takes note of candidates (RFC 9725, section 4.3).
func (s *Server) patch(w http.ResponseWriter, r *http.Request) {
	token, ok := bearer(w, r)
	if !ok {
		return
	}
	body, ok := readBody(w, r, typeFragment, maxFragment)
	if !ok {
		return
	}
	f, err := parseFragment(body)
	if err != nil {
		problem.Write(w, http.StatusUnprocessableEntity, err.Error())
		return
	}
	match := r.Header.Get("If-Match")
	var status int
	var etag, answer string
	found := s.withSession(w, r, token, body, func(session *bridge.Session) {
		restart := f.ufrag != session.Peer.RemoteUfrag()
		switch {
		case match == "":
			status = http.StatusPreconditionRequired
		case match != "*" && (restart || match != session.ETag):
			status = http.StatusPreconditionFailed
		case restart:
			status, answer = http.StatusOK, s.local.fragment(f.mid, session.Restart(f.ufrag))
			etag = session.ETag
		default:
			status = http.StatusNoContent
		}
	})
	switch {
	case !found:
	case status == http.StatusOK:
		w.Header().Set("Content-Type", typeFragment)
		w.Header().Set("ETag", etag)
		_, _ = io.WriteString(w, answer)
	case status == http.StatusNoContent:
		w.WriteHeader(status)
	default:
		problem.Write(w, status, "If-Match must be the session's ETag for candidates, and * for an ICE restart")
	}
}

func (s *Server) end(w http.ResponseWriter, r *http.Request) {
	if token, ok := bearer(w, r); ok && s.withSession(w, r, token, nil, (*bridge.Session).End) {
		w.WriteHeader(http.StatusOK)
	}
}

// withSession runs f on the loop if the session exists and is the bearer's; otherwise it answers and returns false, or the node
// does that has the session. body is what was read of the request.
func (s *Server) withSession(w http.ResponseWriter, r *http.Request, token string, body []byte, f func(*bridge.Session)) bool {
	id := r.PathValue("session")
	var found, owned bool
	err := s.cfg.Loop.Do(func() {
		if session := s.cfg.Sessions.Session(id); session != nil {
			if found, owned = true, session.Owns(token); owned {
				f(session)
			}
		}
	})
	switch {
	case err == nil && !found && s.cfg.Others != nil && s.cfg.Others.PassSession(w, r, id, body):
	case err != nil || !found:
		problem.Write(w, http.StatusNotFound, "no such session")
	case !owned:
		refuse(w)
	}
	return owned
}

func bearer(w http.ResponseWriter, r *http.Request) (string, bool) {
	scheme, token, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	if !strings.EqualFold(scheme, "Bearer") || token == "" {
		refuse(w)
		return "", false
	}
	return token, true
}

func refuse(w http.ResponseWriter) {
	w.Header().Set("WWW-Authenticate", "Bearer")
	problem.Write(w, http.StatusUnauthorized, "a valid ticket is needed")
}

func readBody(w http.ResponseWriter, r *http.Request, contentType string, limit int64) ([]byte, bool) {
	if got, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || got != contentType {
		w.Header().Set("Accept", contentType)
		problem.Write(w, http.StatusUnsupportedMediaType, "the body must be "+contentType)
		return nil, false
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, limit))
	if tooLarge := new(http.MaxBytesError); errors.As(err, &tooLarge) {
		problem.Write(w, http.StatusRequestEntityTooLarge, "the body is too large")
		return nil, false
	}
	if err != nil {
		problem.Write(w, http.StatusBadRequest, "the body could not be read")
		return nil, false
	}
	return body, true
}

func methodNotAllowed(allow string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Allow", allow)
		problem.Write(w, http.StatusMethodNotAllowed, "allowed: "+allow)
	}
}
