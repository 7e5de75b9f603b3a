// Package peer is the node's end of WebRTC connections that carry one PCMU stream each way: ICE-lite, DTLS and SRTP for
// all of them on one UDP port. It knows neither HTTP nor calls. Everything but New runs on the event loop's goroutine.
package peer

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/tls"
	"fmt"
	"net/netip"
	"sync"
	"time"

	"github.com/pion/dtls/v3/pkg/crypto/selfsign"
	"github.com/pion/rtp"
)

// Network is the event loop, as far as peers need it; see reactor.Loop.
type Network interface {
	Buffer() []byte
	Send(b []byte, to netip.AddrPort)
	Post(f func()) bool
	Now() time.Time
}

// Mux holds the peers of one UDP port.
type Mux struct {
	net         Network
	certificate tls.Certificate
	fingerprint string

	byUfrag map[string]*Peer
	byAddr  map[netip.AddrPort]*Peer
	peers   map[*Peer]struct{}

	handshakes sync.WaitGroup
	stop       context.CancelFunc
	running    context.Context //nolint:containedctx // the lifetime of the handshakes' goroutines, ended by Close

	// Scratch of the event loop: a packet lives in it for the length of a call.
	header rtp.Header
	plain  [maxPacket]byte
	packet [maxPacket]byte
	stun   stunScratch
}

const maxPacket = 1500

// NewMux makes a certificate for this port. SetNetwork must be called before anything else.
func NewMux() (*Mux, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, fmt.Errorf("make DTLS key: %w", err)
	}
	certificate, err := selfsign.SelfSign(key)
	if err != nil {
		return nil, fmt.Errorf("make DTLS certificate: %w", err)
	}
	sum := sha256.Sum256(certificate.Certificate[0])
	m := &Mux{
		certificate: certificate,
		fingerprint: hexPairs(sum[:]),
		byUfrag:     map[string]*Peer{},
		byAddr:      map[netip.AddrPort]*Peer{},
		peers:       map[*Peer]struct{}{},
	}
	m.running, m.stop = context.WithCancel(context.Background())
	return m, nil
}

// SetNetwork ties the mux to the loop that feeds it.
func (m *Mux) SetNetwork(n Network) { m.net = n }

// Fingerprint is the SHA-256 fingerprint of the node's certificate, as in SDP's a=fingerprint.
func (m *Mux) Fingerprint() string { return m.fingerprint }

// Len is the number of open peers.
func (m *Mux) Len() int { return len(m.peers) }

// Datagram hands a received datagram to its peer (RFC 7983 tells the protocols apart). Strangers are ignored.
func (m *Mux) Datagram(b []byte, from netip.AddrPort) {
	if len(b) == 0 {
		return
	}
	switch first := b[0]; {
	case first >= 128 && first < 192:
		if p := m.byAddr[from]; p != nil {
			p.media(b, from)
		}
	case first < 4:
		m.binding(b, from)
	case first >= 20 && first < 64:
		if p := m.byAddr[from]; p != nil {
			p.dtls.deliver(b)
		}
	}
}

// Tick looks after time: consent, reports, peers that never came up. Call it a few times a second.
func (m *Mux) Tick(now time.Time) {
	for p := range m.peers {
		p.tick(now)
	}
}

// Stop closes all peers. Wait, off the loop, then waits until their goroutines have ended.
func (m *Mux) Stop() {
	for p := range m.peers {
		p.Close()
	}
	m.stop()
}

// Wait returns when no goroutine of a peer is left. The loop must still run.
func (m *Mux) Wait() { m.handshakes.Wait() }
