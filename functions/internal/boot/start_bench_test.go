package boot_test

import (
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// maxZip is the bar for what is deployed of a function, in bytes.
const maxZip = 4 << 20

// BenchmarkStart measures from exec to the first question for an event, as Lambda would, and the size of what is deployed.
// With ANCHORS set to a folder that has lambda-init/ddb, a bare DynamoDB client is measured in turn, and the ratio printed.
func BenchmarkStart(b *testing.B) {
	dir := b.TempDir()
	anchor := ""
	if anchors := os.Getenv("ANCHORS"); anchors != "" {
		anchor = build(b, filepath.Join(anchors, "lambda-init"), "./ddb", filepath.Join(dir, "anchor"), "")
	}
	for _, f := range []string{"agentapi", "channelhook", "voice", "mediahook", "realtime", "stream", "workflow", "cards", "reportapi"} {
		b.Run(f, func(b *testing.B) {
			source := "./functions/" + f + "/lambda"
			here := build(b, "../../..", source, filepath.Join(dir, f), "")
			there := build(b, "../../..", source, filepath.Join(dir, f+"-arm64"), "arm64")
			var own, others []time.Duration
			for b.Loop() {
				own = append(own, start(b, here))
				if anchor != "" {
					others = append(others, start(b, anchor))
				}
			}
			size := zipped(b, there)
			require.LessOrEqual(b, size, maxZip)
			b.ReportMetric(float64(size)/1e6, "MB-zip(bar≤4.2)")
			b.ReportMetric(float64(median(own).Microseconds())/1e3, "ms-to-next")
			if anchor != "" {
				b.ReportMetric(float64(median(own))/float64(median(others)), "×anchor(bar≤1.5)")
			}
		})
	}
}

func build(b *testing.B, dir, source, output, arch string) string {
	b.Helper()
	cmd := exec.CommandContext(b.Context(), "go", "build", "-trimpath", "-tags", "lambda.norpc", "-ldflags", "-s -w", "-o", output, source)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	if arch != "" {
		cmd.Env = append(cmd.Env, "GOOS=linux", "GOARCH="+arch)
	}
	out, err := cmd.CombinedOutput()
	require.NoError(b, err, "%s", out)
	return output
}

// start runs a bootstrap until it asks for its first event.
func start(b *testing.B, binary string) time.Duration {
	b.Helper()
	asked := make(chan time.Time, 1)
	runtime := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, "/runtime/invocation/next") {
			asked <- time.Now()
			<-r.Context().Done()
		}
	}))
	defer runtime.Close()
	cmd := exec.CommandContext(b.Context(), binary)
	cmd.Env = []string{
		"AWS_LAMBDA_RUNTIME_API=" + strings.TrimPrefix(runtime.URL, "http://"), "AWS_REGION=eu-west-3",
		"AWS_ACCESS_KEY_ID=x", "AWS_SECRET_ACCESS_KEY=x", "GUICHET_TABLE=guichet",
	}
	began := time.Now()
	require.NoError(b, cmd.Start())
	at := <-asked
	_ = cmd.Process.Kill()
	_ = cmd.Wait()
	return at.Sub(began)
}

// zipped is the size of what is deployed: the CDK packs functions with zlib at its default level, as gzip does. Go's own packer
// makes two percent more of them.
func zipped(b *testing.B, binary string) int {
	b.Helper()
	out, err := exec.CommandContext(b.Context(), "gzip", "-6", "-c", binary).Output()
	require.NoError(b, err)
	return len(out)
}

func median(d []time.Duration) time.Duration {
	slices.Sort(d)
	return d[len(d)/2]
}
