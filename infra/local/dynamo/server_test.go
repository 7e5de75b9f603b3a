package dynamo_test

import (
	"bufio"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/infra/local/dynamo"
	"guichet/infra/local/dynamo/dynamotest"
)

func client(endpoint string) *dynamodb.Client {
	return dynamodb.New(dynamodb.Options{
		Region: "eu-west-3", BaseEndpoint: aws.String(endpoint),
		Credentials: credentials.NewStaticCredentialsProvider("local", "local", ""),
	})
}

func createTable(t *testing.T, db *dynamodb.Client, name string) {
	t.Helper()
	_, err := db.CreateTable(t.Context(), &dynamodb.CreateTableInput{
		TableName: aws.String(name), BillingMode: types.BillingModePayPerRequest,
		AttributeDefinitions: []types.AttributeDefinition{{AttributeName: aws.String("pk"), AttributeType: types.ScalarAttributeTypeS}},
		KeySchema:            []types.KeySchemaElement{{AttributeName: aws.String("pk"), KeyType: types.KeyTypeHash}},
	})
	require.NoError(t, err)
}

func TestEndpointServesTables(t *testing.T) {
	t.Parallel()
	db, table := client(dynamotest.Endpoint(t)), dynamotest.Table(t)
	createTable(t, db, table)
	listed, err := db.ListTables(t.Context(), &dynamodb.ListTablesInput{})
	require.NoError(t, err)
	assert.Contains(t, listed.TableNames, table)
}

func TestDataIsKeptBetweenRuns(t *testing.T) {
	if os.Getenv("GUICHET_DYNAMODB_ENDPOINT") != "" {
		t.Skip("the server is given: its data is not ours")
	}
	t.Parallel()
	options := dynamo.Options{Dir: t.TempDir() + "/made/by/start"}
	first, err := dynamo.Start(t.Context(), options)
	require.NoError(t, err)
	createTable(t, client(first.Endpoint()), "kept")
	first.Close()
	<-first.Done()

	second, err := dynamo.Start(t.Context(), options)
	require.NoError(t, err)
	defer second.Close()
	listed, err := client(second.Endpoint()).ListTables(t.Context(), &dynamodb.ListTablesInput{})
	require.NoError(t, err)
	assert.Equal(t, []string{"kept"}, listed.TableNames)
}

func TestGivenServerIsUsedAndLeftAlone(t *testing.T) {
	t.Setenv("GUICHET_DYNAMODB_ENDPOINT", "http://127.0.0.1:9")
	s, err := dynamo.Start(t.Context(), dynamo.Options{})
	require.NoError(t, err)
	assert.Equal(t, "http://127.0.0.1:9", s.Endpoint())
	assert.Nil(t, s.Done())
	s.Close()
}

func TestMissingJavaIsExplained(t *testing.T) {
	t.Setenv("GUICHET_DYNAMODB_ENDPOINT", "")
	t.Setenv("PATH", t.TempDir())
	_, err := dynamo.Start(t.Context(), dynamo.Options{})
	require.ErrorIs(t, err, dynamo.ErrNoJava)
}

// Somebody else who answers on the port is not taken for the database.
func TestATakenPortIsToldApart(t *testing.T) {
	t.Setenv("GUICHET_DYNAMODB_ENDPOINT", "")
	stranger := httptest.NewServer(http.NotFoundHandler())
	t.Cleanup(stranger.Close)
	_, err := dynamo.Start(t.Context(), dynamo.Options{Port: stranger.Listener.Addr().(*net.TCPAddr).Port})
	require.ErrorContains(t, err, "the port is taken")
}

func TestFailedStartTellsWhatJavaSaid(t *testing.T) {
	t.Setenv("GUICHET_DYNAMODB_ENDPOINT", "")
	t.Setenv("GUICHET_DYNAMODB_DIR", t.TempDir())
	_, err := dynamo.Start(t.Context(), dynamo.Options{})
	require.ErrorContains(t, err, "DynamoDBLocal.jar")
}

// TestKilledHolder is no test: TestKilledHolderLeavesNoJava runs it in a process of its own.
func TestKilledHolder(t *testing.T) {
	if os.Getenv("DYNAMO_TEST_HOLDER") == "" {
		t.Skip("only as a subprocess")
	}
	fmt.Println("endpoint " + dynamotest.Endpoint(t))
	select {}
}

func TestKilledHolderLeavesNoJava(t *testing.T) {
	t.Parallel()
	holder := exec.Command(os.Args[0], "-test.run=^TestKilledHolder$")
	holder.Env = append(os.Environ(), "DYNAMO_TEST_HOLDER=1", "GUICHET_DYNAMODB_ENDPOINT=")
	output, err := holder.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, holder.Start())
	var address string
	for lines := bufio.NewScanner(output); address == "" && lines.Scan(); {
		address, _ = strings.CutPrefix(lines.Text(), "endpoint http://")
	}
	connection, err := net.DialTimeout("tcp", address, time.Second)
	require.NoError(t, err)
	defer func() { _ = connection.Close() }()

	require.NoError(t, holder.Process.Kill())
	assert.Error(t, holder.Wait())
	require.NoError(t, connection.SetReadDeadline(time.Now().Add(10*time.Second)))
	_, err = connection.Read(make([]byte, 1))
	require.Error(t, err)
	assert.NotErrorIs(t, err, os.ErrDeadlineExceeded, "Java still holds the connection")
}
