// Package awsapi is where SDK clients are pointed at on one machine: a loopback listener with the AWS services that
// the runner plays itself. DynamoDB has an address of its own.
package awsapi

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
)

// Region is the region that everything is in.
const Region = "local"

// Server serves one service below each prefix. Requests must name its access key, which is made at the start: other
// processes and web pages on this machine don't know it. The signature itself is not verified.
type Server struct {
	listener  net.Listener
	mux       *http.ServeMux
	server    *http.Server
	accessKey string
}

// Listen opens the listener; Serve answers on it.
func Listen(ctx context.Context) (*Server, error) {
	var config net.ListenConfig
	listener, err := config.Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("listen for the AWS APIs: %w", err)
	}
	s := &Server{listener: listener, mux: http.NewServeMux(), accessKey: "AKIA" + rand.Text()[:16]}
	s.server = &http.Server{Handler: s.mux, ReadHeaderTimeout: 10 * time.Second}
	go func() {
		if err := s.server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
			slog.Error("AWS APIs ended", "component", "awsapi", "error", err)
		}
	}()
	return s, nil
}

// Mount serves a service below the prefix, which the service does not see: "/states".
func (s *Server) Mount(prefix string, service http.Handler) {
	mounted := http.StripPrefix(prefix, s.known(service))
	s.mux.Handle(prefix, mounted) // where clients of the JSON protocols post to
	s.mux.Handle(prefix+"/", mounted)
}

// MountOpen serves something that checks its callers itself, with the paths unshortened.
func (s *Server) MountOpen(prefix string, service http.Handler) { s.mux.Handle(prefix+"/", service) }

func (s *Server) known(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !strings.Contains(r.Header.Get("Authorization"), "Credential="+s.accessKey+"/") {
			w.Header().Set("X-Amzn-ErrorType", "UnrecognizedClientException")
			http.Error(w, `{"__type":"UnrecognizedClientException","message":"unknown access key"}`, http.StatusForbidden)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// URL is the address of the service below the prefix.
func (s *Server) URL(prefix string) string { return "http://" + s.listener.Addr().String() + prefix }

// Config is for SDK clients of the service at the address.
func (s *Server) Config(address string) aws.Config {
	return aws.Config{
		Region: Region, BaseEndpoint: aws.String(address),
		Credentials: credentials.NewStaticCredentialsProvider(s.accessKey, rand.Text(), ""),
	}
}

// Close ends the listener and what is open on it.
func (s *Server) Close() { _ = s.server.Close() }
