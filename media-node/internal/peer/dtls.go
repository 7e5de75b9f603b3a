package peer

import (
	"context"
	"crypto"
	"crypto/subtle"
	"crypto/x509"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"sync"
	"time"

	"github.com/pion/dtls/v3"
	"github.com/pion/dtls/v3/pkg/crypto/fingerprint"
	"github.com/pion/logging"
	"github.com/pion/srtp/v3"
	"github.com/pion/transport/v5/packetio"
)

const (
	dtlsQueue = 32 << 10 // bytes that wait for the handshake's goroutine
	maxRecord = 1200     // bytes: fits every path's MTU
)

// errFingerprint: the certificate is not the one that the offer announced, so somebody is in between.
var errFingerprint = errors.New("certificate does not match the fingerprint of the offer")

// dtlsPipe is the net.PacketConn of a peer's DTLS connection: the loop delivers into it, and what DTLS writes is posted
// to the loop. DTLS only makes keys and, at the end, says that the browser closed.
type dtlsPipe struct {
	peer    *Peer
	in      *packetio.Buffer
	ctx     context.Context //nolint:containedctx // ends the handshake of this connection
	cancel  context.CancelFunc
	started bool
	conn    *dtls.Conn // once the handshake is done
	once    sync.Once
}

func newDTLSPipe(p *Peer) *dtlsPipe {
	d := &dtlsPipe{peer: p, in: packetio.NewBuffer()}
	d.in.SetLimitSize(dtlsQueue)
	d.ctx, d.cancel = context.WithCancel(p.mux.running)
	return d
}

func (d *dtlsPipe) deliver(b []byte) { _, _ = d.in.Write(b, nil) } // full: lost like any datagram

// start begins the handshake at the first proven path.
func (d *dtlsPipe) start() {
	if d.started {
		return
	}
	d.started = true
	d.peer.mux.handshakes.Add(1)
	go d.handshake()
}

func (d *dtlsPipe) handshake() {
	defer d.peer.mux.handshakes.Done()
	ctx, cancel := context.WithTimeout(d.ctx, connectTimeout)
	defer cancel()
	conn, rx, tx, err := d.connect(ctx)
	posted := d.peer.mux.net.Post(func() {
		switch {
		case err != nil:
			d.peer.finish()
		case d.peer.state == closed:
			d.closeLater(conn)
		default:
			d.conn, d.peer.rx, d.peer.tx = conn, rx, tx
			d.peer.state = up
			d.peer.out.reported = d.peer.mux.net.Now()
			d.peer.listener.Up()
		}
	})
	if !posted && conn != nil {
		_ = conn.Close()
	}
}

func (d *dtlsPipe) connect(ctx context.Context) (conn *dtls.Conn, rx, tx *srtp.Context, err error) {
	if conn, err = d.open(); err != nil {
		_ = d.in.Close()
		return nil, nil, nil, fmt.Errorf("DTLS: %w", err)
	}
	if err = conn.HandshakeContext(ctx); err == nil {
		rx, tx, err = d.keys(conn)
	}
	if err != nil {
		_ = conn.Close()
		return nil, nil, nil, fmt.Errorf("DTLS handshake: %w", err)
	}
	return conn, rx, tx, nil
}

func (d *dtlsPipe) open() (*dtls.Conn, error) {
	options := []dtls.Option{
		dtls.WithCertificates(d.peer.mux.certificate),
		dtls.WithSRTPProtectionProfiles(dtls.SRTP_AEAD_AES_128_GCM, dtls.SRTP_AES128_CM_HMAC_SHA1_80),
		dtls.WithExtendedMasterSecret(dtls.RequireExtendedMasterSecret),
		dtls.WithInsecureSkipVerify(true), // WebRTC's certificates are self-signed: the fingerprint is checked instead
		dtls.WithMTU(maxRecord),
		dtls.WithLoggerFactory(&logging.DefaultLoggerFactory{Writer: io.Discard, DefaultLogLevel: logging.LogLevelDisabled}),
	}
	if !d.peer.remote.Active {
		client := make([]dtls.ClientOption, 0, len(options))
		for _, o := range options {
			client = append(client, o)
		}
		return dtls.ClientWithOptions(d, d.LocalAddr(), client...)
	}
	server := []dtls.ServerOption{dtls.WithClientAuth(dtls.RequireAnyClientCert)}
	for _, o := range options {
		server = append(server, o)
	}
	return dtls.ServerWithOptions(d, d.LocalAddr(), server...)
}

// keys checks who is there and derives the SRTP contexts (RFC 5764, section 4.2).
func (d *dtlsPipe) keys(conn *dtls.Conn) (rx, tx *srtp.Context, err error) {
	state, ok := conn.ConnectionState()
	selected, profileOK := conn.SelectedSRTPProtectionProfile()
	if !ok || !profileOK {
		return nil, nil, errors.New("no SRTP profile in common")
	}
	if err = checkFingerprint(state.PeerCertificates, d.peer.remote.Fingerprint); err != nil {
		return nil, nil, err
	}
	profile := srtp.ProtectionProfile(selected)
	keyLen, err := profile.KeyLen()
	if err != nil {
		return nil, nil, err
	}
	saltLen, err := profile.SaltLen()
	if err != nil {
		return nil, nil, err
	}
	material, err := state.ExportKeyingMaterial("EXTRACTOR-dtls_srtp", nil, 2*(keyLen+saltLen))
	if err != nil {
		return nil, nil, err
	}
	clientKey, serverKey := material[:keyLen], material[keyLen:2*keyLen]
	clientSalt, serverSalt := material[2*keyLen:2*keyLen+saltLen], material[2*keyLen+saltLen:]
	if !d.peer.remote.Active {
		clientKey, serverKey, clientSalt, serverSalt = serverKey, clientKey, serverSalt, clientSalt
	}
	if rx, err = srtp.CreateContext(clientKey, clientSalt, profile, srtp.SRTPReplayProtection(128), srtp.SRTCPReplayProtection(64)); err != nil {
		return nil, nil, err
	}
	tx, err = srtp.CreateContext(serverKey, serverSalt, profile)
	return rx, tx, err
}

func checkFingerprint(certificates [][]byte, want string) error {
	name, value, _ := strings.Cut(want, " ")
	hash, err := fingerprint.HashFromString(name)
	if err != nil || hash == crypto.MD5 || hash == crypto.SHA1 || len(certificates) == 0 {
		return errFingerprint
	}
	certificate, err := x509.ParseCertificate(certificates[0])
	if err != nil {
		return fmt.Errorf("peer's certificate: %w", err)
	}
	got, err := fingerprint.Fingerprint(certificate, hash)
	if err != nil || subtle.ConstantTimeCompare([]byte(strings.ToLower(got)), []byte(strings.ToLower(value))) != 1 {
		return errFingerprint
	}
	return nil
}

// shut ends the connection for good, from the loop.
func (d *dtlsPipe) shut() {
	d.cancel()
	if d.conn != nil {
		d.closeLater(d.conn)
	}
	if !d.started {
		_ = d.in.Close()
	}
}

// closeLater says goodbye off the loop: closing waits for the connection's goroutines, which may wait for the loop.
func (d *dtlsPipe) closeLater(conn *dtls.Conn) {
	d.peer.mux.handshakes.Add(1)
	go func() {
		defer d.peer.mux.handshakes.Done()
		_ = conn.Close()
	}()
}

// ReadFrom implements net.PacketConn.
func (d *dtlsPipe) ReadFrom(b []byte) (int, net.Addr, error) {
	n, _, err := d.in.Read(b, nil)
	return n, d.LocalAddr(), err
}

// WriteTo implements net.PacketConn: to wherever the browser is now.
func (d *dtlsPipe) WriteTo(b []byte, _ net.Addr) (int, error) {
	datagram := append([]byte(nil), b...)
	d.peer.mux.net.Post(func() {
		if d.peer.sendTo.IsValid() && len(datagram) <= maxPacket {
			d.peer.mux.net.Send(append(d.peer.mux.net.Buffer(), datagram...), d.peer.sendTo)
		}
	})
	return len(b), nil
}

// Close implements net.PacketConn. DTLS calls it when the browser has said goodbye.
func (d *dtlsPipe) Close() error {
	d.once.Do(func() { d.peer.mux.net.Post(d.peer.finish) })
	return d.in.Close()
}

// LocalAddr implements net.PacketConn. DTLS does not look at addresses.
func (d *dtlsPipe) LocalAddr() net.Addr { return &net.UDPAddr{} }

// SetReadDeadline implements net.PacketConn.
func (d *dtlsPipe) SetReadDeadline(t time.Time) error { return d.in.SetReadDeadline(t) }

// SetWriteDeadline implements net.PacketConn: writes never wait.
func (d *dtlsPipe) SetWriteDeadline(time.Time) error { return nil }

// SetDeadline implements net.PacketConn.
func (d *dtlsPipe) SetDeadline(t time.Time) error { return d.in.SetReadDeadline(t) }

func hexPairs(b []byte) string {
	pairs := make([]string, len(b))
	for i, v := range b {
		pairs[i] = strings.ToUpper(hex.EncodeToString([]byte{v}))
	}
	return strings.Join(pairs, ":")
}
