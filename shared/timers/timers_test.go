package timers_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/sfn"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/shared/timers"
)

// execution is what Step Functions was asked to start.
type execution struct {
	StateMachineArn string `json:"stateMachineArn"`
	Name            string `json:"name"`
	Input           string `json:"input"`
}

// open returns timers before a Step Functions that answers with the error, or starts everything.
func open(t *testing.T, failure string, started *[]execution) *timers.Timers {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var e execution
		_ = json.NewDecoder(r.Body).Decode(&e)
		*started = append(*started, e)
		w.Header().Set("Content-Type", "application/x-amz-json-1.0")
		if failure != "" {
			w.WriteHeader(http.StatusBadRequest)
			_ = json.NewEncoder(w).Encode(map[string]string{"__type": failure})
			return
		}
		_ = json.NewEncoder(w).Encode(map[string]any{"executionArn": "arn", "startDate": 1})
	}))
	t.Cleanup(server.Close)
	return timers.New(sfn.New(sfn.Options{
		Region: "eu-west-3", BaseEndpoint: &server.URL, RetryMaxAttempts: 1,
		Credentials: credentials.NewStaticCredentialsProvider("x", "x", ""),
	}), timers.Workflows{Ring: "arn:ring", WrapUp: "arn:wrapup", Fetch: "arn:fetch"})
}

var at = time.Date(2026, 11, 22, 9, 0, 20, 500e6, time.UTC)

func TestTimersAreNamedByWhatTheyTime(t *testing.T) {
	t.Parallel()
	var started []execution
	n := open(t, "", &started)
	require.NoError(t, n.Ring(t.Context(), "ct_1", "of_1", at))
	require.NoError(t, n.WrapUp(t.Context(), "ana", "ct_1", at))
	assert.Equal(t, []execution{
		{"arn:ring", "of_1", `{"action":"offerTimedOut","at":"2026-11-22T09:00:20.5Z","contactId":"ct_1","offerId":"of_1"}`},
		{"arn:wrapup", "ct_1-1795338020500", `{"action":"wrapUpTimedOut","at":"2026-11-22T09:00:20.5Z","agentId":"ana","contactId":"ct_1"}`},
	}, started)
}

func TestStartingAgainStartsNothing(t *testing.T) {
	t.Parallel()
	var started []execution
	require.NoError(t, open(t, "ExecutionAlreadyExists", &started).Ring(t.Context(), "ct_1", "of_1", at))
	require.Error(t, open(t, "StateMachineDoesNotExist", &started).Ring(t.Context(), "ct_1", "of_1", at))
}

func TestFetchingSaysWhatToDoOnGivingUp(t *testing.T) {
	t.Parallel()
	var started []execution
	n := open(t, "", &started)
	require.NoError(t, n.Fetch(t.Context(), "ch_1", "ms_1", "key"))
	require.NoError(t, n.FetchVoicemail(t.Context(), "q1", "vm_1", "RE1"))
	assert.Equal(t, []execution{
		{"arn:fetch", "ms_1", `{"action":"fetch","chatId":"ch_1","key":"key","giveUp":{"action":"abandon","chatId":"ch_1","key":"key"}}`},
		{"arn:fetch", "vm_1", `{"action":"fetchVoicemail","lineId":"q1","voicemailId":"vm_1","recordingSid":"RE1",` +
			`"giveUp":{"action":"abandonVoicemail","lineId":"q1","voicemailId":"vm_1"}}`},
	}, started)
}
