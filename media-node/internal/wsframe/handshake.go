// Package wsframe is the server's side of WebSocket framing (RFC 6455) for connections that an event loop drives: it
// decodes what has arrived in place and never reads or waits. No extension is negotiated.
package wsframe

import (
	"crypto/sha1" //nolint:gosec // RFC 6455 section 1.3 prescribes it; it protects nothing
	"encoding/base64"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strings"
	"time"
)

// ErrNotWebSocket is returned by Accept for any other request; the answer was sent.
var ErrNotWebSocket = errors.New("not a WebSocket request")

const acceptGUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11" // RFC 6455, section 1.3

const handshakeTimeout = 5 * time.Second

// Accept switches a request to WebSocket and returns the connection with the bytes that were read ahead.
func Accept(w http.ResponseWriter, r *http.Request) (net.Conn, []byte, error) {
	key := r.Header.Get("Sec-WebSocket-Key")
	if r.Method != http.MethodGet || !hasToken(r.Header, "Connection", "upgrade") || !hasToken(r.Header, "Upgrade", "websocket") || !validKey(key) {
		w.Header().Set("Upgrade", "websocket")
		http.Error(w, "WebSocket only", http.StatusUpgradeRequired)
		return nil, nil, ErrNotWebSocket
	}
	if r.Header.Get("Sec-WebSocket-Version") != "13" {
		w.Header().Set("Sec-WebSocket-Version", "13")
		http.Error(w, "WebSocket version 13 only", http.StatusUpgradeRequired)
		return nil, nil, ErrNotWebSocket
	}
	conn, rw, err := http.NewResponseController(w).Hijack()
	if err != nil {
		http.Error(w, "WebSocket needs HTTP/1.1", http.StatusInternalServerError)
		return nil, nil, fmt.Errorf("take over connection: %w", err)
	}
	readAhead, err := rw.Peek(rw.Reader.Buffered())
	if err == nil {
		err = conn.SetDeadline(time.Now().Add(handshakeTimeout))
	}
	if err == nil {
		_, err = fmt.Fprintf(conn, "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: %s\r\n\r\n", acceptFor(key))
	}
	if err == nil {
		err = conn.SetDeadline(time.Time{})
	}
	if err != nil {
		_ = conn.Close()
		return nil, nil, fmt.Errorf("switch protocols: %w", err)
	}
	return conn, append([]byte(nil), readAhead...), nil
}

func acceptFor(key string) string {
	sum := sha1.Sum([]byte(key + acceptGUID)) //nolint:gosec // see the import
	return base64.StdEncoding.EncodeToString(sum[:])
}

func validKey(key string) bool {
	nonce, err := base64.StdEncoding.DecodeString(key)
	return err == nil && len(nonce) == 16
}

func hasToken(h http.Header, name, token string) bool {
	for _, line := range h.Values(name) {
		for part := range strings.SplitSeq(line, ",") {
			if strings.EqualFold(strings.TrimSpace(part), token) {
				return true
			}
		}
	}
	return false
}
