package peer

import (
	"crypto/rand"
	"encoding/base32"
	"encoding/binary"
	"net/netip"
	"strings"
	"time"

	"github.com/pion/srtp/v3"
)

const (
	// ConsentTimeout is how long nothing authentic may come from a browser before its audio counts as gone. Chrome renews
	// its consent (RFC 7675) every 2.5 s and sends audio every 20 ms.
	ConsentTimeout = 5 * time.Second
	// goneTimeout ends a silent peer for good. Until then it may come back, also with an ICE restart from another network.
	goneTimeout = 60 * time.Second
	// connectTimeout is how long ICE and DTLS may take.
	connectTimeout = 30 * time.Second
	// mediaHold is how long the address that media comes from is preferred over a newly nominated one.
	mediaHold = 500 * time.Millisecond
	// maxAddrs bounds the addresses of one peer: a browser tries its few interfaces.
	maxAddrs = 16
)

// Listener is told about one peer, on the event loop.
type Listener interface {
	// Up: audio can flow. Comes again when a silent peer is back.
	Up()
	// Down: audio is gone. After a final one the peer is closed and nothing follows.
	Down(final bool)
	// Audio is a packet from the browser.
	Audio(p Packet)
}

// Packet is μ-law as it came from a browser over RTP: maybe late, twice or after others that were lost.
type Packet struct {
	SSRC      uint32
	Sequence  uint16
	Timestamp uint32
	Audio     []byte // valid during the call only
}

// Remote is what an offer tells about the browser.
type Remote struct {
	Ufrag       string
	Fingerprint string // of its certificate: hash name, space, hex pairs
	Active      bool   // it starts the DTLS handshake
	PayloadType uint8  // of PCMU
}

// Credentials are the node's ICE user name fragment and password for one peer.
type Credentials struct{ Ufrag, Password string }

type state uint8

const (
	connecting state = iota
	up
	silent
	closed
)

// Peer is one browser. Create with Mux.Open.
type Peer struct {
	mux      *Mux
	listener Listener
	local    Credentials
	remote   Remote
	state    state
	opened   time.Time
	heard    time.Time // last authentic packet

	addrs     []netip.AddrPort // proven by an ICE check, oldest first
	sendTo    netip.AddrPort
	lastMedia time.Time

	dtls   *dtlsPipe
	rx, tx *srtp.Context
	out    outbound
	in     reception
}

// Open creates a peer that waits for the browser's ICE checks.
func (m *Mux) Open(remote Remote, l Listener) *Peer {
	now := m.net.Now()
	p := &Peer{mux: m, listener: l, remote: remote, opened: now, heard: now, local: newCredentials()}
	p.dtls = newDTLSPipe(p)
	p.out = newOutbound()
	m.peers[p] = struct{}{}
	m.byUfrag[p.local.Ufrag] = p
	return p
}

// Local returns the credentials to put into the answer.
func (p *Peer) Local() Credentials { return p.local }

// RemoteUfrag is the browser's current ICE user name fragment.
func (p *Peer) RemoteUfrag() string { return p.remote.Ufrag }

// Restart gives the peer new ICE credentials (RFC 8445, section 9). Audio goes on over the old path until the browser has
// proven a new one.
func (p *Peer) Restart(remoteUfrag string) Credentials {
	delete(p.mux.byUfrag, p.local.Ufrag)
	p.local, p.remote.Ufrag = newCredentials(), remoteUfrag
	p.mux.byUfrag[p.local.Ufrag] = p
	return p.local
}

// Heard is when the last authentic packet came from the browser.
func (p *Peer) Heard() time.Time { return p.heard }

// Close ends the peer and tells the browser. The listener is not called any more.
func (p *Peer) Close() {
	if p.state == closed {
		return
	}
	p.state = closed
	delete(p.mux.peers, p)
	delete(p.mux.byUfrag, p.local.Ufrag)
	for _, a := range p.addrs {
		delete(p.mux.byAddr, a)
	}
	p.dtls.shut()
}

func (p *Peer) finish() {
	if p.state != closed {
		p.Close()
		p.listener.Down(true)
	}
}

func (p *Peer) tick(now time.Time) {
	quiet := now.Sub(p.heard)
	switch {
	case p.state == connecting && now.Sub(p.opened) > connectTimeout:
		p.finish()
	case p.state == up && quiet > ConsentTimeout:
		p.state = silent
		p.listener.Down(false)
	case p.state == silent && quiet > goneTimeout:
		p.finish()
	case p.state == up && now.Sub(p.out.reported) >= reportInterval:
		p.report(now)
	}
}

// alive notes an authentic packet.
func (p *Peer) alive() {
	p.heard = p.mux.net.Now()
	if p.state == silent {
		p.state = up
		p.listener.Up()
	}
}

// learn makes from an address of the peer, after a check with the right password came from it.
func (p *Peer) learn(from netip.AddrPort) {
	if owner := p.mux.byAddr[from]; owner != p {
		if owner != nil {
			owner.forget(from) // the browser reloaded and its socket got the same port again
		}
		p.mux.byAddr[from] = p
		p.addrs = append(p.addrs, from)
		if len(p.addrs) > maxAddrs {
			p.forget(p.addrs[0])
		}
	}
}

func (p *Peer) forget(addr netip.AddrPort) {
	delete(p.mux.byAddr, addr)
	for i, a := range p.addrs {
		if a == addr {
			p.addrs = append(p.addrs[:i], p.addrs[i+1:]...)
			return
		}
	}
}

func newCredentials() Credentials {
	var b [25]byte
	_, _ = rand.Read(b[:]) // never fails
	text := strings.ToLower(base32.StdEncoding.EncodeToString(b[:]))
	return Credentials{Ufrag: text[:10], Password: text[10:]}
}

func randomUint32() uint32 {
	var b [4]byte
	_, _ = rand.Read(b[:]) // never fails
	return binary.BigEndian.Uint32(b[:])
}
