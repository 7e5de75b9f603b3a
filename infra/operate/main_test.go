package main

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/shared/config"
)

// centreFile writes the shop's file with addresses, changed by a replacer.
func centreFile(t *testing.T, change ...string) string {
	t.Helper()
	source, err := os.ReadFile(filepath.Join("..", "local", "seed", "guichet.yaml"))
	require.NoError(t, err)
	text := string(source)
	for _, role := range []string{"agent", "supervisor", "admin"} {
		for n := 0; strings.Contains(text, "    role: "+role+"\n    language"); n++ {
			text = strings.Replace(text, "    role: "+role+"\n    language", fmt.Sprintf("    role: %s\n    email: %s%d@acme.example\n    language", role, role, n), 1)
		}
	}
	text = strings.NewReplacer(change...).Replace(text + "\ndeployment: {prefix: acme}\n")
	path := filepath.Join(t.TempDir(), "guichet.yaml")
	require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
	return path
}

func plan(t *testing.T, cfg aws.Config, path string) (*cloud, *changes) {
	t.Helper()
	centre, err := readCentre(path)
	require.NoError(t, err)
	c, err := findCloud(t.Context(), cfg, centre.Deploy.Prefix)
	require.NoError(t, err)
	c.settle = nil
	ch, err := c.plan(t.Context(), centre)
	require.NoError(t, err)
	return c, ch
}

func TestAFileBecomesACentre(t *testing.T) {
	t.Parallel()
	a, cfg := newAccount(t)
	a.people["okta_zoe"] = &person{enabled: true, external: true}
	c, ch := plan(t, cfg, centreFile(t))
	assert.Contains(t, ch.String(), "+ camille, agent: is invited at agent0@acme.example")
	require.NoError(t, c.apply(t.Context(), ch))
	assert.ElementsMatch(t, []string{"camille", "alex", "sam", "ines"}, a.invited)
	assert.Equal(t, []string{"supervisor"}, a.people["sam"].groups)
	assert.Equal(t, map[string]string{"name": "Sam Rivera", "email": "supervisor0@acme.example", "email_verified": "true", "locale": "en"}, a.people["sam"].attributes)
	dir, err := c.store.Agent(t.Context(), "sam", true)
	require.NoError(t, err)
	assert.Equal(t, "Sam Rivera", dir.Name)

	_, again := plan(t, cfg, centreFile(t))
	assert.True(t, again.none(), again)
	assert.True(t, a.people["okta_zoe"].enabled, "who comes from elsewhere is managed there")
}

// What goes is removed after functions have read that it does; who interrupts that has removed nothing.
func TestWhatGoesWaits(t *testing.T) {
	t.Parallel()
	_, cfg := newAccount(t)
	c, ch := plan(t, cfg, centreFile(t))
	assert.False(t, ch.centre.Removes())
	require.NoError(t, c.apply(t.Context(), ch))
	found, err := findCloud(t.Context(), cfg, "acme")
	require.NoError(t, err)
	interrupted, interrupt := context.WithCancel(t.Context())
	c.settle = func(context.Context) error {
		interrupt()
		return found.settle(interrupted)
	}
	_, ch = plan(t, cfg, centreFile(t, "  ines:\n", "  inesmoreau:\n"))
	assert.True(t, ch.centre.Removes())
	require.ErrorIs(t, c.apply(t.Context(), ch), context.Canceled)
	_, err = c.store.Agent(t.Context(), "ines", true)
	require.NoError(t, err)
}

func TestACentreThatIsNotThere(t *testing.T) {
	t.Parallel()
	_, cfg := newAccount(t)
	_, err := findCloud(t.Context(), cfg, "other")
	assert.ErrorContains(t, err, "there is no stack other-data in this account and Region: deploy it first (make deploy)")
}

// The Region is the file's, and what is not there yet is no error of a plan.
func TestAPlanBeforeTheFirstDeployment(t *testing.T) {
	var signed string
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		signed = r.Header.Get("Authorization")
		(&account{}).cloudFormation(w, r)
	}))
	t.Cleanup(server.Close)
	for name, value := range map[string]string{
		"AWS_ENDPOINT_URL": server.URL, "AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "b", "AWS_REGION": "us-west-2",
		"AWS_CONFIG_FILE": os.DevNull, "AWS_SHARED_CREDENTIALS_FILE": os.DevNull,
	} {
		t.Setenv(name, value)
	}
	file := centreFile(t, "{prefix: acme}", "{prefix: other, region: eu-west-3}")
	var out bytes.Buffer
	require.NoError(t, run(t.Context(), []string{"-centre", file, "plan"}, nil, &out))
	assert.Contains(t, out.String(), "The centre is not there yet")
	assert.Contains(t, signed, "/eu-west-3/cloudformation/")
	err := run(t.Context(), []string{"-centre", file, "apply", "-yes"}, nil, &out)
	assert.ErrorIs(t, err, errNotDeployed)
}

func TestTheCommandLine(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	good := centreFile(t)
	require.NoError(t, run(t.Context(), []string{"-centre", good, "check"}, nil, &out))
	for _, wrong := range [][]string{{}, {"destroy"}, {"apply", "now"}, {"plan", "-yes"}} {
		assert.Error(t, run(t.Context(), append([]string{"-centre", good}, wrong...), nil, &out), wrong)
	}
	err := run(t.Context(), []string{"-centre", "nowhere.yaml", "check"}, nil, &out)
	assert.ErrorContains(t, err, "begin with a copy of infra/local/seed/guichet.yaml")
	err = run(t.Context(), []string{"-centre", centreFile(t, "    email: admin0@acme.example\n", ""), "check"}, nil, &out)
	assert.ErrorContains(t, err, "need an e-mail address to be invited to: ines")
	var problems config.Problems
	err = run(t.Context(), []string{"-centre", centreFile(t, "role: admin", "role: boss"), "check"}, nil, &out)
	assert.ErrorAs(t, err, &problems)
	assert.True(t, agreed(strings.NewReader("y\n"), &out))
	assert.False(t, agreed(strings.NewReader(""), &out))
}
