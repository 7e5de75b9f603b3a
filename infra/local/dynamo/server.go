// Package dynamo obtains and runs DynamoDB Local, the database of the local runner and of the tests. It knows no
// table and no item.
package dynamo

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"time"

	"github.com/caarlos0/env/v11"

	"guichet/infra/local/child"
)

// ErrNoJava says how to get the missing Java.
var ErrNoJava = errors.New(`DynamoDB Local needs Java 17 or later, and no "java" was found.
  Debian, Ubuntu:  sudo apt-get install openjdk-17-jre-headless
  macOS:           brew install openjdk@17
  or set GUICHET_DYNAMODB_ENDPOINT to the address of a DynamoDB Local that runs already`)

// startLimit is far above the 2 to 3 seconds that a start takes, for machines that are busy.
const startLimit = 3 * time.Minute

// Options say where the data is and what to listen on.
type Options struct {
	// Dir keeps the data between runs; empty keeps it in memory only.
	Dir string
	// Port is the loopback port; zero takes a free one.
	Port int
}

// overrides let a machine use a DynamoDB Local of its own.
type overrides struct {
	Endpoint string `env:"GUICHET_DYNAMODB_ENDPOINT"` // a running server
	Dir      string `env:"GUICHET_DYNAMODB_DIR"`      // a folder with DynamoDBLocal.jar
}

// Server is a DynamoDB Local, started here or given by GUICHET_DYNAMODB_ENDPOINT.
type Server struct {
	endpoint string
	process  *child.Process
}

// Start returns a server that answers. Every client sees the same tables, whatever its region and credentials.
func Start(ctx context.Context, options Options) (*Server, error) {
	given, err := env.ParseAs[overrides]()
	if err != nil {
		return nil, fmt.Errorf("read the environment: %w", err)
	}
	if given.Endpoint != "" {
		return &Server{endpoint: given.Endpoint}, nil
	}
	java, err := exec.LookPath("java")
	if err != nil {
		return nil, ErrNoJava
	}
	emulator := given.Dir
	if emulator == "" {
		if emulator, err = obtain(ctx); err != nil {
			return nil, err
		}
	}
	return start(ctx, java, emulator, options)
}

func start(ctx context.Context, java, emulator string, options Options) (*Server, error) {
	port := options.Port
	if port == 0 {
		var err error
		if port, err = freePort(ctx); err != nil {
			return nil, err
		}
	}
	arguments, err := commandLine(emulator, port, options.Dir)
	if err != nil {
		return nil, err
	}
	process, err := child.Start(child.Spec{Name: "DynamoDB Local", Path: java, Args: arguments, Dir: emulator})
	if err != nil {
		return nil, err
	}
	s := &Server{endpoint: "http://127.0.0.1:" + strconv.Itoa(port), process: process}
	ctx, cancel := context.WithTimeout(ctx, startLimit)
	defer cancel()
	if err := process.Await(ctx, s.answers); err != nil {
		process.Stop()
		return nil, fmt.Errorf("%w\n(it needs Java 17 or later: see java -version)", err)
	}
	return s, nil
}

// commandLine leaves out the optimising compiler and the parallel collector: the start is a third faster without.
func commandLine(emulator string, port int, dir string) ([]string, error) {
	args := []string{
		"-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx1g",
		"-Djava.library.path=" + filepath.Join(emulator, "DynamoDBLocal_lib"),
		"-jar", filepath.Join(emulator, "DynamoDBLocal.jar"),
		"-port", strconv.Itoa(port), "-sharedDb", "-disableTelemetry",
	}
	if dir == "" {
		return append(args, "-inMemory"), nil
	}
	absolute, err := filepath.Abs(dir)
	if err != nil {
		return nil, fmt.Errorf("find the data folder: %w", err)
	}
	if err := os.MkdirAll(absolute, 0o700); err != nil {
		return nil, fmt.Errorf("make the data folder: %w", err)
	}
	return append(args, "-dbPath", absolute), nil
}

func freePort(ctx context.Context) (int, error) {
	var config net.ListenConfig
	listener, err := config.Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return 0, fmt.Errorf("find a free port: %w", err)
	}
	defer func() { _ = listener.Close() }()
	return listener.Addr().(*net.TCPAddr).Port, nil
}

// answers is true as soon as there is any HTTP answer: an unsigned request gets a 400.
func (s *Server) answers(ctx context.Context) bool {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, s.endpoint, http.NoBody)
	if err != nil {
		return false
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return false
	}
	return response.Body.Close() == nil
}

// Endpoint is the base URL for the SDK's clients.
func (s *Server) Endpoint() string { return s.endpoint }

// Done is closed if the server ends by itself; it is nil for a server that was not started here.
func (s *Server) Done() <-chan struct{} {
	if s.process == nil {
		return nil
	}
	return s.process.Done()
}

// Close ends a server that was started here.
func (s *Server) Close() {
	if s.process != nil {
		s.process.Stop()
	}
}
