package bridge

import (
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"

	"guichet/media-node/internal/peer"
)

// Session is a browser's audio connection, opened by WHIP: an agent's or a visitor's, which its ticket has decided.
type Session struct {
	ID   string
	ETag string // of the ICE session: changes with every restart
	Peer *peer.Peer

	bridge *Bridge
	bearer [sha256.Size]byte
	owner  owner
}

// owner is whose session it is.
type owner interface {
	peer.Listener
	// end closes the session at the browser's wish.
	end()
}

// open creates the session of an owner. bearer is the token that must come with later requests.
func (b *Bridge) open(o owner, bearer string, remote peer.Remote) Session {
	return Session{
		ID: "ses_" + rand.Text(), ETag: newETag(), Peer: b.mux.Open(remote, o),
		bridge: b, bearer: sha256.Sum256([]byte(bearer)), owner: o,
	}
}

// Session returns an open session, or nil.
func (b *Bridge) Session(id string) *Session {
	if s := b.sessions[id]; s != nil {
		return &s.Session
	}
	if v := b.visitors[id]; v != nil {
		return &v.Session
	}
	return nil
}

// Owns tells whether the token is the one that the session was opened with.
func (s *Session) Owns(bearer string) bool {
	sum := sha256.Sum256([]byte(bearer))
	return subtle.ConstantTimeCompare(sum[:], s.bearer[:]) == 1
}

// Restart gives the session new ICE credentials and a new ETag.
func (s *Session) Restart(remoteUfrag string) peer.Credentials {
	s.ETag = newETag()
	return s.Peer.Restart(remoteUfrag)
}

// End closes the session at the browser's wish.
func (s *Session) End() { s.owner.end() }

// neverUp notes a session that ends before anything was reported of it.
func (s *Session) neverUp(who, id string) {
	s.bridge.cfg.Log.Warn("session never came up: no ICE check from the browser, or DTLS failed", "session", s.ID, who, id)
}

func newETag() string { return `"` + rand.Text() + `"` }
