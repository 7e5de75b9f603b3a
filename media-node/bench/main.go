// Command bench serves one media node under the three endpoints of the load generator that measures bridges against
// each other: POST /offer?call=I, GET /twilio?call=I, GET /stats. It is put together from the node's own parts; only
// the tickets, which that generator does not know, are left out: a connection is admitted to the call that it names.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"log"
	"net/http"
	"os"
	"runtime"
	"runtime/debug"
	"runtime/pprof"
	"strconv"
	"strings"
	"syscall"
	"time"
)

func main() {
	addr := flag.String("addr", "127.0.0.1:9000", "TCP address of the endpoints")
	udp := flag.String("udp", "127.0.0.1:0", "UDP address of the node")
	profile := flag.String("cpuprofile", "", "file for a CPU profile, written when /stats?profile=stop is asked for")
	flag.Parse()
	if err := serve(*addr, *udp, *profile); err != nil {
		log.Fatal(err)
	}
}

func serve(addr, udp, profile string) error {
	b, err := newBridge(udp)
	if err != nil {
		return err
	}
	if profile != "" {
		f, err := os.Create(profile)
		if err != nil {
			return fmt.Errorf("profile: %w", err)
		}
		if err = pprof.StartCPUProfile(f); err != nil {
			return fmt.Errorf("profile: %w", err)
		}
	}
	server := &http.Server{Addr: addr, Handler: b.handler(), ReadHeaderTimeout: 5 * time.Second}
	log.Printf("pid %d GOMAXPROCS %d udp %s", os.Getpid(), runtime.GOMAXPROCS(0), b.loop.Addr())
	ended := make(chan error, 2)
	go func() { ended <- b.loop.Run() }()
	go func() { ended <- server.ListenAndServe() }()
	return <-ended
}

// stats reports what the process has used so far, under the generator's names.
func stats(w http.ResponseWriter, r *http.Request) {
	switch {
	case r.URL.Query().Get("gc") != "":
		runtime.GC()
		debug.FreeOSMemory()
	case r.URL.Query().Get("profile") == "stop":
		pprof.StopCPUProfile()
	}
	var usage syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &usage) // cannot fail with these arguments
	var mem runtime.MemStats
	runtime.ReadMemStats(&mem)
	_ = json.NewEncoder(w).Encode(map[string]any{
		"user_us": usage.Utime.Nano() / 1000, "sys_us": usage.Stime.Nano() / 1000, "goroutines": runtime.NumGoroutine(),
		"rss_kb": residentKB(), "heap_kb": mem.HeapInuse / 1024, "gcs": mem.NumGC, "mallocs": mem.Mallocs,
	})
}

func residentKB() int {
	status, _ := os.ReadFile("/proc/self/status") // absent elsewhere than on Linux: then 0
	for line := range strings.Lines(string(status)) {
		if fields := strings.Fields(line); len(fields) > 1 && fields[0] == "VmRSS:" {
			kb, _ := strconv.Atoi(fields[1])
			return kb
		}
	}
	return 0
}
