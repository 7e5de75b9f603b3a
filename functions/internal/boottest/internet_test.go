package boottest

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"io"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// internet is all that a function reaches: a proxy, behind which a few hosts answer with certificates of an authority of their own.
type internet struct {
	authority authority
	proxy     *httptest.Server
	servers   *httptest.Server
	hosts     map[string]http.Handler

	mu      sync.Mutex
	strange []string // hosts that were asked for and are none of them
}

func newInternet(t *testing.T, hosts map[string]http.Handler) *internet {
	t.Helper()
	n := &internet{authority: newAuthority(t), hosts: hosts}
	n.servers = httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { n.hosts[r.Host].ServeHTTP(w, r) }))
	n.servers.TLS = &tls.Config{GetCertificate: n.authority.certificate, MinVersion: tls.VersionTLS12}
	n.servers.StartTLS()
	n.proxy = httptest.NewServer(http.HandlerFunc(n.connect))
	t.Cleanup(func() {
		for _, s := range []*httptest.Server{n.proxy, n.servers} {
			s.CloseClientConnections()
			s.Close()
		}
	})
	return n
}

// connect joins a client with the servers, whatever known host it asks for (https://www.rfc-editor.org/rfc/rfc9110#name-connect).
func (n *internet) connect(w http.ResponseWriter, r *http.Request) {
	host, port, err := net.SplitHostPort(r.Host)
	if r.Method != http.MethodConnect || err != nil || port != "443" || n.hosts[host] == nil {
		n.mu.Lock()
		n.strange = append(n.strange, r.Method+" "+r.Host)
		n.mu.Unlock()
		http.Error(w, "no such host", http.StatusBadGateway)
		return
	}
	var dialer net.Dialer
	server, err := dialer.DialContext(context.WithoutCancel(r.Context()), "tcp", n.servers.Listener.Addr().String())
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadGateway)
		return
	}
	client, buffered, err := w.(http.Hijacker).Hijack()
	if err != nil {
		_ = server.Close()
		return
	}
	_, _ = io.WriteString(client, "HTTP/1.1 200 Connection established\r\n\r\n")
	go func() {
		defer func() { _ = server.Close() }()
		_, _ = io.Copy(server, buffered)
	}()
	go func() {
		defer func() { _ = client.Close() }()
		_, _ = io.Copy(client, server)
	}()
}

func (n *internet) strangers() []string {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.strange
}

// authority signs the hosts' certificates. Its own is in a file.
type authority struct {
	file string
	cert *x509.Certificate
	key  *ecdsa.PrivateKey
}

func newAuthority(t *testing.T) authority {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	require.NoError(t, err)
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "Guichet's test"}, NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	require.NoError(t, err)
	cert, err := x509.ParseCertificate(der)
	require.NoError(t, err)
	file := filepath.Join(t.TempDir(), "authority.pem")
	require.NoError(t, os.WriteFile(file, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), 0o600))
	return authority{file, cert, key}
}

// certificate is one for the host that a client asks for.
func (a authority) certificate(hello *tls.ClientHelloInfo) (*tls.Certificate, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, err
	}
	der, err := x509.CreateCertificate(rand.Reader, &x509.Certificate{
		SerialNumber: big.NewInt(time.Now().UnixNano()), DNSNames: []string{strings.ToLower(hello.ServerName)},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}, a.cert, &key.PublicKey, a.key)
	return &tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, err
}
