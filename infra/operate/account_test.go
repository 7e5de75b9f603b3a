package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/stretchr/testify/require"

	"guichet/infra/local/dynamo/dynamotest"
	"guichet/infra/stacks/outputs"
	"guichet/shared/store/storetest"
)

// account is an AWS account with a centre in it: DynamoDB Local, and what CloudFormation and Cognito answer.
type account struct {
	mu      sync.Mutex
	table   string
	people  map[string]*person
	invited []string
	again   []string       // who was invited again
	busy    map[string]int // how often an action is refused because there are too many
}

type person struct {
	attributes map[string]string
	groups     []string
	enabled    bool
	external   bool
	signedIn   bool
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
	w.Header().Set("Content-Type", "application/x-amz-json-1.1")
	refuse := func(code string) {
		w.WriteHeader(http.StatusBadRequest)
		_ = json.NewEncoder(w).Encode(map[string]string{"__type": code})
	}
	if a.busy[action] > 0 {
		a.busy[action]--
		refuse("TooManyRequestsException")
		return
	}
	var in struct {
		UserPoolID         string `json:"UserPoolId"`
		Username           string
		GroupName          string
		UserAttributes     []attribute
		MessageAction      string
		ForceAliasCreation bool
		PaginationToken    string
		NextToken          string
	}
	_ = json.NewDecoder(r.Body).Decode(&in)
	p := a.people[in.Username]
	var out any = struct{}{}
	switch action {
	case "ListUsers":
		users, next := page(a.users(func(*person) bool { return true }), in.PaginationToken)
		out = map[string]any{"Users": users, "PaginationToken": next}
	case "ListUsersInGroup":
		users, next := page(a.users(func(p *person) bool { return slices.Contains(p.groups, in.GroupName) }), in.NextToken)
		out = map[string]any{"Users": users, "NextToken": next}
	case "AdminCreateUser":
		attributes := attributesOf(in.UserAttributes)
		switch {
		case p != nil && in.MessageAction == "RESEND":
			a.again = append(a.again, in.Username+" at "+p.attributes["email"])
		case p != nil:
			refuse("UsernameExistsException")
			return
		case !in.ForceAliasCreation && a.known(attributes["email"]):
			refuse("AliasExistsException")
			return
		default:
			a.people[in.Username], a.invited = &person{enabled: true, attributes: attributes}, append(a.invited, in.Username)
		}
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
	_ = json.NewEncoder(w).Encode(out)
}

// page is a page of two, and what asks for the next one; nil after the last.
func page(users []map[string]any, token string) ([]map[string]any, *string) {
	from, _ := strconv.Atoi(token)
	if to := from + 2; to < len(users) {
		return users[from:to], aws.String(strconv.Itoa(to))
	}
	return users[from:], nil
}

func (a *account) known(email string) bool {
	for _, p := range a.people {
		if p.attributes["email"] == email {
			return true
		}
	}
	return false
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
	for _, id := range slices.Sorted(maps.Keys(a.people)) {
		p := a.people[id]
		if !which(p) {
			continue
		}
		var attributes []attribute
		for name, value := range p.attributes {
			attributes = append(attributes, attribute{name, value})
		}
		status := "FORCE_CHANGE_PASSWORD"
		switch {
		case p.external:
			status = "EXTERNAL_PROVIDER"
		case p.signedIn:
			status = "CONFIRMED"
		}
		users = append(users, map[string]any{"Username": id, "Enabled": p.enabled, "Attributes": attributes, "UserStatus": status})
	}
	return users
}
