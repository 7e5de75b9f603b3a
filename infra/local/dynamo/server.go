// Package dynamo obtains and runs DynamoDB Local, the database of the local runner and of the tests. It knows no
// table and no item.
package dynamo

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
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

// portsTried bounds how often somebody else may take a port that was free a moment ago.
const portsTried = 5

// errPortTaken tells that something else listens on the port.
var errPortTaken = errors.New("the port is taken")

func start(ctx context.Context, java, emulator string, options Options) (*Server, error) {
	if options.Port != 0 {
		return startOn(ctx, java, emulator, options.Port, options.Dir)
	}
	for try := 1; ; try++ {
		port, err := freePort(ctx)
		if err != nil {
			return nil, err
		}
		s, err := startOn(ctx, java, emulator, port, options.Dir)
		if !errors.Is(err, errPortTaken) || try == portsTried {
			return s, err
		}
	}
}

func startOn(ctx context.Context, java, emulator string, port int, dir string) (*Server, error) {
	arguments, err := commandLine(emulator, port, dir)
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
	// A Java that finds its port taken says so, and stays.
	taken := func() bool { return strings.Contains(process.Output(), "java.net.BindException") }
	err = process.Await(ctx, func(ctx context.Context) bool { return taken() || s.answers(ctx) })
	switch {
	case err != nil:
		process.Stop()
		return nil, fmt.Errorf("%w\n(it needs Java 17 or later: see java -version)", err)
	case taken():
		process.Stop()
		return nil, fmt.Errorf("DynamoDB Local on port %d: %w", port, errPortTaken)
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

// Ports below those that systems give to whoever asks for any: until Java has started, nobody is given this one.
const firstPort, ports = 20_000, 10_000

func freePort(ctx context.Context) (int, error) {
	var config net.ListenConfig
	for try := 1; ; try++ {
		port := firstPort + rand.IntN(ports) //nolint:gosec // no secret
		listener, err := config.Listen(ctx, "tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(port)))
		if err == nil {
			return port, listener.Close()
		}
		if try == portsTried {
			return 0, fmt.Errorf("find a free port: %w", err)
		}
	}
}

// answers is true as soon as DynamoDB answers, and nobody else: an unsigned request gets a 400 with its request id.
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
	return response.Body.Close() == nil && response.Header.Get("X-Amzn-Requestid") != ""
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
