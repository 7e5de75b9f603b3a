package main

import (
	"bufio"
	"bytes"
	"net/http"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/infra/local/center"
	"guichet/infra/local/robot"
	"guichet/infra/local/seed"
	domain "guichet/shared/center"
	"guichet/shared/deskapi"
)

// TestRunner is no test: the others run it in a process of its own, as the command.
func TestRunner(t *testing.T) {
	if os.Getenv("LOCAL_TEST_ARGS") == "" {
		t.Skip("only as a subprocess")
	}
	if err := run(strings.Fields(os.Getenv("LOCAL_TEST_ARGS"))); err != nil {
		t.Fatal(err)
	}
}

// runner is the command in a process of its own.
type runner struct {
	*exec.Cmd
	url   string
	lines *bufio.Scanner
}

// start returns when the banner tells the address.
func start(t *testing.T, arguments string) *runner {
	t.Helper()
	r := &runner{Cmd: exec.Command(os.Args[0], "-test.run=^TestRunner$")}
	r.Env = append(os.Environ(), "LOCAL_TEST_ARGS="+arguments, "LC_ALL=C", "GUICHET_DYNAMODB_ENDPOINT=")
	output, err := r.StdoutPipe()
	require.NoError(t, err)
	r.Stderr = os.Stderr
	require.NoError(t, r.Start())
	t.Cleanup(func() { _ = r.Process.Kill() })
	address := regexp.MustCompile(`Desk +(http://\S+)/$`)
	for r.lines = bufio.NewScanner(output); r.lines.Scan(); {
		if found := address.FindStringSubmatch(r.lines.Text()); found != nil {
			r.url = found[1]
			return r
		}
	}
	t.Fatal("the command ended without telling an address")
	return nil
}

// rest reads what the command and its children still print, up to when the last of them has ended.
func (r *runner) rest() string {
	var rest strings.Builder
	for r.lines.Scan() {
		rest.WriteString(r.lines.Text() + "\n")
	}
	return rest.String()
}

func TestInterruptEndsInOrderAndKilledRunLeavesItsDataFree(t *testing.T) {
	t.Parallel()
	arguments := "-port 0 -data " + t.TempDir()
	killed := start(t, arguments)
	require.NoError(t, killed.Process.Kill())
	killed.rest()
	assert.Error(t, killed.Wait())

	interrupted := start(t, arguments)
	response, err := http.Get(interrupted.url + "/config.json")
	require.NoError(t, err)
	require.NoError(t, response.Body.Close())
	assert.Equal(t, http.StatusOK, response.StatusCode)
	require.NoError(t, interrupted.Process.Signal(syscall.SIGINT))
	assert.Contains(t, interrupted.rest(), "Stopping.")
	assert.NoError(t, interrupted.Wait())
}

func TestMissingJavaIsSaidBeforeAnythingElseIsTried(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	t.Setenv("GUICHET_DYNAMODB_ENDPOINT", "")
	err := run([]string{"-port", "0", "-data", ""})
	require.ErrorContains(t, err, "apt-get install openjdk-17")
}

func TestBannerSpeaksTheirLanguage(t *testing.T) {
	t.Parallel()
	for language, c := range map[string]struct {
		variables map[string]string
		says      []string
	}{
		"French":  {map[string]string{"LANG": "fr_FR.UTF-8"}, []string{"Maison Lavande est ouvert.", "Robin Petit, n’est pas agent", "non conservées"}},
		"English": {map[string]string{"LC_ALL": "C", "LANG": "fr_FR.UTF-8"}, []string{"Maison Lavande is open.", "http://localhost:1/simulator", "http://localhost:1/simulator#messages", "messenger 1000000000001", "+33199001000"}},
	} {
		defaults := seed.Default()
		var banner bytes.Buffer
		sentencesFor(func(name string) string { return c.variables[name] }).ready(&banner, "http://localhost:1", center.Options{Seed: &defaults}, nil)
		for _, says := range c.says {
			assert.Contains(t, banner.String(), says, language)
		}
	}
}

func TestTheBannerNamesThePageOfAWidgetThatItMayHave(t *testing.T) {
	t.Parallel()
	centre := seed.Default()
	key := centre.DemoWidget()
	require.NotEmpty(t, key)
	for _, origins := range [][]string{nil, {"https://shop.example"}} {
		widget := centre.Directory.Widgets[key]
		widget.Origins = origins
		centre.Directory.Widgets[key] = widget
		var banner bytes.Buffer
		english().ready(&banner, "http://localhost:1", center.Options{Seed: &centre}, nil)
		assert.Equal(t, origins == nil, strings.Contains(banner.String(), "http://localhost:1/webchat/demo.html"))
	}
}

func TestFlags(t *testing.T) {
	t.Parallel()
	options, _, played, err := parse([]string{"-port", "9000", "-ring", "5s", "-spacing", "7s"})
	require.NoError(t, err)
	assert.Nil(t, played)
	assert.Equal(t, 9000, options.Port)
	for _, queue := range options.Seed.Directory.Queues {
		assert.Equal(t, queue.Kind != domain.QueueChat, queue.Ring.String() == "5s", "calls ring, chats do not")
		assert.Equal(t, queue.Kind != domain.QueueChat, queue.Attempts.Spacing.String() == "7s", "customers of calls are called back")
		if queue.Campaign != nil {
			assert.Equal(t, "7s", queue.Campaign.Delay.String())
		}
	}
	_, _, _, err = parse([]string{"-log", "shout"})
	assert.Error(t, err)
}

func TestADemoIsForThisMachineAndKeepsNothing(t *testing.T) {
	t.Parallel()
	options, _, played, err := parse([]string{"-demo", "-host", "127.0.0.1", "-data", ""})
	require.NoError(t, err)
	assert.Empty(t, options.Dir)
	assert.NotNil(t, options.Prepare)
	for _, language := range []string{"fr", "en"} {
		var banner bytes.Buffer
		sentencesFor(func(string) string { return language }).ready(&banner, "http://localhost:1", options, played)
		assert.Contains(t, banner.String(), "12 ", "how many are played")
		assert.Contains(t, banner.String(), "Camille Martin,")
		assert.NotContains(t, banner.String(), "Rhys Llewellyn,", "who is played is nobody to sign in as")
	}
	for _, arguments := range [][]string{{"-demo", "-data", t.TempDir()}, {"-demo", "-host", "centre.example"}} {
		_, _, _, err := parse(arguments)
		assert.ErrorContains(t, err, "demo", arguments)
	}
}

// TestADemoLives: the runner with -demo has figures of a past, agents who are at their desks, and ends in order.
func TestADemoLives(t *testing.T) {
	t.Parallel()
	shown := start(t, "-port 0 -demo")
	sam, err := robot.SignIn(t.Context(), shown.url, "sam")
	require.NoError(t, err)
	require.EventuallyWithT(t, func(check *assert.CollectT) {
		var now deskapi.Supervision
		require.NoError(check, sam.Do(t.Context(), http.MethodGet, "/api/supervision", nil, &now))
		loggedIn := 0
		for _, card := range now.Cards {
			loggedIn = max(loggedIn, card.LoggedIn)
		}
		assert.Equal(check, 12, loggedIn)
	}, time.Minute, 200*time.Millisecond)
	var report deskapi.Report
	today := time.Now()
	path := "/api/reports?group=queue&from=" + today.AddDate(0, 0, -14).Format(time.DateOnly) + "&to=" + today.Format(time.DateOnly)
	require.EventuallyWithT(t, func(check *assert.CollectT) {
		require.NoError(check, sam.Do(t.Context(), http.MethodGet, path, nil, &report))
		assert.Greater(check, len(report.Rows), 4*12, "rows of two weeks")
	}, time.Minute, 500*time.Millisecond)
	require.NoError(t, shown.Process.Signal(syscall.SIGINT))
	assert.NotContains(t, shown.rest(), "demo has ended")
	assert.NoError(t, shown.Wait())
}

func TestFlagsOfALoad(t *testing.T) {
	t.Parallel()
	p, err := parseLoad([]string{"-url", "http://127.0.0.1:9000/", "-for", "2h", "-speed", "30", "-agents", "camille,alex", "-calls", "50"})
	require.NoError(t, err)
	assert.Equal(t, "http://127.0.0.1:9000", p.URL)
	assert.Equal(t, []string{"camille", "alex"}, p.Agents)
	var before time.Time
	took := 0
	for v := range p.visits(seed.Default(), 2) {
		assert.False(t, v.At.Before(before))
		assert.LessOrEqual(t, v.Talk, time.Minute, "half an hour at the most, 30 times faster")
		before, took = v.At, took+1
	}
	assert.Less(t, time.Until(before), 4*time.Minute, "two hours, 30 times faster")
	assert.Positive(t, took)
	for _, wrong := range [][]string{{"-url", "http://example.org"}, {"-speed", "0"}, {"-speed", "601"}, {"-for", "16h"}, {"-for", "-1h"}, {"-calls", "-1"}} {
		_, err := parseLoad(wrong)
		assert.Error(t, err, wrong)
	}
}
