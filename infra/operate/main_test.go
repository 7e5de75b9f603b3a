package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/infra/local/dynamo/dynamotest"
	"guichet/infra/stacks/outputs"
	"guichet/shared/config"
	"guichet/shared/store/storetest"
)

// account is an AWS account with a centre in it: DynamoDB Local, and what CloudFormation and Cognito answer.
type account struct {
	mu      sync.Mutex
	table   string
	people  map[string]*person
	invited []string
}

type person struct {
	attributes map[string]string
	groups     []string
	enabled    bool
	external   bool
}

func newAccount(t *testing.T) (*account, aws.Config) {
	t.Helper()
	endpoint := dynamotest.Endpoint(t)
	a := &account{table: dynamotest.Table(t), people: map[string]*person{}}
	storetest.Open(t, endpoint, a.table)
	to, err := url.Parse(endpoint)
	require.NoError(t, err)
	proxy := httputil.NewSingleHostReverseProxy(to)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch target := r.Header.Get("X-Amz-Target"); {
		case strings.HasPrefix(target, "DynamoDB"):
			proxy.ServeHTTP(w, r)
		case target != "":
			a.cognito(w, r, strings.TrimPrefix(target, "AWSCognitoIdentityProviderService."))
		default:
			a.cloudFormation(w, r)
		}
	}))
	t.Cleanup(server.Close)
	return a, aws.Config{Region: "eu-west-3", BaseEndpoint: &server.URL, Credentials: credentials.NewStaticCredentialsProvider("a", "b", "")}
}

func (a *account) cloudFormation(w http.ResponseWriter, r *http.Request) {
	_ = r.ParseForm()
	output, known := map[string][2]string{"acme-data": {outputs.Table, a.table}, "acme-identity": {outputs.UserPool, "pool"}}[r.Form.Get("StackName")]
	w.Header().Set("Content-Type", "text/xml")
	if !known {
		w.WriteHeader(http.StatusBadRequest)
		_, _ = fmt.Fprintf(w, `<ErrorResponse><Error><Type>Sender</Type><Code>ValidationError</Code><Message>Stack with id %s does not exist</Message></Error></ErrorResponse>`, r.Form.Get("StackName"))
		return
	}
	_, _ = fmt.Fprintf(w, `<DescribeStacksResponse><DescribeStacksResult><Stacks><member><StackName>x</StackName><CreationTime>2026-01-01T00:00:00Z</CreationTime><StackStatus>CREATE_COMPLETE</StackStatus><Outputs><member><OutputKey>%s</OutputKey><OutputValue>%s</OutputValue></member></Outputs></member></Stacks></DescribeStacksResult></DescribeStacksResponse>`, output[0], output[1])
}

type attribute struct{ Name, Value string }

func (a *account) cognito(w http.ResponseWriter, r *http.Request, action string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	var in struct {
		UserPoolID     string `json:"UserPoolId"`
		Username       string
		GroupName      string
		UserAttributes []attribute
	}
	_ = json.NewDecoder(r.Body).Decode(&in)
	p := a.people[in.Username]
	var out any = struct{}{}
	switch action {
	case "ListUsers":
		out = map[string]any{"Users": a.users(func(*person) bool { return true })}
	case "ListUsersInGroup":
		out = map[string]any{"Users": a.users(func(p *person) bool { return slices.Contains(p.groups, in.GroupName) })}
	case "AdminCreateUser":
		p = &person{enabled: true}
		a.people[in.Username], a.invited = p, append(a.invited, in.Username)
		p.attributes = attributesOf(in.UserAttributes)
	case "AdminUpdateUserAttributes":
		p.attributes = attributesOf(in.UserAttributes)
	case "AdminAddUserToGroup":
		p.groups = append(p.groups, in.GroupName)
	case "AdminRemoveUserFromGroup":
		p.groups = slices.DeleteFunc(p.groups, func(g string) bool { return g == in.GroupName })
	case "AdminDisableUser":
		p.enabled = false
	case "AdminEnableUser":
		p.enabled = true
	default:
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	w.Header().Set("Content-Type", "application/x-amz-json-1.1")
	_ = json.NewEncoder(w).Encode(out)
}

func attributesOf(list []attribute) map[string]string {
	m := map[string]string{}
	for _, a := range list {
		m[a.Name] = a.Value
	}
	return m
}

func (a *account) users(which func(*person) bool) []map[string]any {
	users := []map[string]any{}
	for id, p := range a.people {
		if !which(p) {
			continue
		}
		var attributes []attribute
		for name, value := range p.attributes {
			attributes = append(attributes, attribute{name, value})
		}
		status := "CONFIRMED"
		if p.external {
			status = "EXTERNAL_PROVIDER"
		}
		users = append(users, map[string]any{"Username": id, "Enabled": p.enabled, "Attributes": attributes, "UserStatus": status})
	}
	return users
}

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

func TestPeopleChangeLeaveAndComeBack(t *testing.T) {
	t.Parallel()
	a, cfg := newAccount(t)
	c, ch := plan(t, cfg, centreFile(t))
	require.NoError(t, c.apply(t.Context(), ch))
	without := []string{
		"  ines:\n    name: Inès Moreau\n    role: admin\n    email: admin0@acme.example\n    language: fr\n    queues: [que_support, que_chat_support]\n", "",
		"role: supervisor", "role: admin",
	}
	c, ch = plan(t, cfg, centreFile(t, without...))
	assert.Contains(t, ch.String(), "- ines: may no longer sign in")
	assert.Contains(t, ch.String(), "~ sam: Sam Rivera, supervisor0@acme.example, admin")
	require.NoError(t, c.apply(t.Context(), ch))
	assert.False(t, a.people["ines"].enabled)
	assert.Equal(t, []string{"admin"}, a.people["sam"].groups)
	c, ch = plan(t, cfg, centreFile(t))
	assert.Contains(t, ch.String(), "+ ines, admin: may sign in again")
	require.NoError(t, c.apply(t.Context(), ch))
	assert.True(t, a.people["ines"].enabled)
	assert.Len(t, a.invited, 4, "nobody is invited twice")
}

// An invitation that got no further is completed by the next one.
func TestWhatFailedInItsMidstIsDoneAgain(t *testing.T) {
	t.Parallel()
	a, cfg := newAccount(t)
	a.people["sam"] = &person{enabled: true, attributes: map[string]string{"name": "Sam Rivera", "email": "supervisor0@acme.example", "locale": "en"}}
	c, ch := plan(t, cfg, centreFile(t))
	require.NoError(t, c.apply(t.Context(), ch))
	assert.Equal(t, []string{"supervisor"}, a.people["sam"].groups)
	assert.NotContains(t, a.invited, "sam")
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
