package boottest

import (
	"encoding/json"
	"io"
	"net/http"
	"time"

	"github.com/aws/aws-lambda-go/events"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/functions/internal/functiontest"
	"guichet/shared/center"
	"guichet/shared/mediaapi"
	"guichet/shared/metrics"
)

// connection is how API Gateway names a realtime connection.
const connection = "TWegAcC4EowCHnA="

// realtime connects a desk by its ticket, hears it and lets it go.
func realtime(w *world) {
	p := w.start("realtime")
	ticket, err := functiontest.Key.Sign(mediaapi.Ticket{
		ID: "tk_1", Purpose: mediaapi.PurposeRealtime, AgentID: functiontest.Ana, ExpiresUnix: time.Now().Add(time.Minute).Unix(),
	})
	require.NoError(w.t, err)
	happens := func(file string, replaced ...string) int {
		var out events.APIGatewayProxyResponse
		require.NoError(w.t, json.Unmarshal(p.invoke(w.recorded(file, replaced...)), &out))
		return out.StatusCode
	}
	before := w.items()
	assert.Equal(w.t, http.StatusUnauthorized, happens("realtime-connect.json", "{{ticket}}", ticket+"x"))
	for name, replaced := range map[string][]string{
		"past the front":                {`"X-Origin-Secret": "` + originSecret + `"`, `"X-Origin": "` + originSecret + `"`},
		"with a secret that is made up": {originSecret, "made-up"},
	} {
		assert.Equal(w.t, http.StatusForbidden, happens("realtime-connect.json", append(replaced, "{{ticket}}", ticket)...), name)
	}
	assert.Empty(w.t, w.written(before), "and the ticket is still good")

	assert.Equal(w.t, http.StatusOK, happens("realtime-connect.json", "{{ticket}}", ticket))
	desk, err := w.centre.Store.Connection(w.t.Context(), connection)
	require.NoError(w.t, err)
	assert.Equal(w.t, functiontest.Ana, desk.AgentID)
	assert.Equal(w.t, http.StatusUnauthorized, happens("realtime-connect.json", "{{ticket}}", ticket), "a ticket is good once")

	assert.Equal(w.t, http.StatusOK, happens("realtime-message.json", "{{body}}", `{\"type\":\"ping\"}`))
	pushed := w.requests("connections")
	require.NotEmpty(w.t, pushed)
	last := pushed[len(pushed)-1]
	assert.Equal(w.t, "POST /realtime/@connections/"+connection, last.what)
	assert.Contains(w.t, last.body, `"type":"pong"`)
	assert.Equal(w.t, http.StatusOK, happens("realtime-message.json", "{{body}}", `{\"type\":\"watch\",\"queueIds\":[\"que_support\",\"que_other\"]}`))
	desk, err = w.centre.Store.Connection(w.t.Context(), connection)
	require.NoError(w.t, err)
	assert.Equal(w.t, []string{functiontest.QueueID}, desk.Watched)

	assert.Equal(w.t, http.StatusOK, happens("realtime-disconnect.json"))
	_, err = w.centre.Store.Connection(w.t.Context(), connection)
	assert.Equal(w.t, center.NotFound, center.CodeOf(err))
}

// Of testdata/stream-offer.json.
const (
	offeredContact = "ct_01KAQ80F9Z6M3B5H7K2N4Q8S0V"
	offer          = "of_01KAQ80FA12C4E6G8J0K2M4P6R"
)

// stream starts the ring timer of an offer, and tells the agent's desk.
func stream(w *world) {
	w.centre.Ready(w.t, functiontest.Ana)
	p := w.start("stream")
	var out events.DynamoDBEventResponse
	require.NoError(w.t, json.Unmarshal(p.invoke(w.recorded("stream-offer.json")), &out))
	assert.Empty(w.t, out.BatchItemFailures)
	started := w.requests("states")
	require.Len(w.t, started, 1)
	assert.Equal(w.t, "AWSStepFunctions.StartExecution", started[0].what)
	var execution struct{ StateMachineArn, Name, Input string }
	require.NoError(w.t, json.Unmarshal([]byte(started[0].body), &execution))
	assert.Equal(w.t, []string{ringARN, offer}, []string{execution.StateMachineArn, execution.Name})
	assert.JSONEq(w.t, string(w.recorded("workflow-ring.json", "{{contact}}", offeredContact, "{{offer}}", offer)), execution.Input)
	pushed := w.requests("connections")
	require.Len(w.t, pushed, 1)
	assert.Equal(w.t, "POST /realtime/@connections/desk-ana", pushed[0].what)
	assert.Contains(w.t, pushed[0].body, offeredContact)

	require.NoError(w.t, json.Unmarshal(p.invoke(w.recorded("stream-unreadable.json")), &out))
	assert.Equal(w.t, []events.DynamoDBBatchItemFailure{{ItemIdentifier: "700000000000000000011"}}, out.BatchItemFailures, "it is given again from there")
}

// cards counts a call that nobody took, sees a window end, and sums up agents' days at night.
func cards(w *world) {
	p := w.start("cards")
	handled := func(file string) events.DynamoDBTimeWindowEventResponse {
		var out events.DynamoDBTimeWindowEventResponse
		require.NoError(w.t, json.Unmarshal(p.invoke(w.recorded(file)), &out))
		assert.Empty(w.t, out.BatchItemFailures)
		return out
	}
	for range 2 { // Lambda may give a batch twice
		assert.NotNil(w.t, handled("cards-abandoned.json").State, "without it, Lambda takes the answer for a failure")
	}
	hours, err := w.centre.Store.CountsOf(w.t.Context(), functiontest.QueueID, "2026-11-20")
	require.NoError(w.t, err)
	require.Len(w.t, hours, 1)
	assert.Equal(w.t, []int64{1, 1, 30_000}, []int64{hours[0].Counts[metrics.Queued], hours[0].Counts[metrics.Abandoned], hours[0].Counts[metrics.LongestWait]})
	lines, err := w.centre.Store.QueueLog(w.t.Context(), functiontest.QueueID, "2026-11-20")
	require.NoError(w.t, err)
	require.Len(w.t, lines, 1)
	assert.Equal(w.t, caller, lines[0].Number)
	before := w.items()
	assert.NotNil(w.t, handled("cards-window-end.json").State)
	assert.Empty(w.t, w.written(before))

	p.invoke(w.recorded("cards-night.json"))
	today := time.Now().UTC()
	days, err := w.centre.Store.AgentDays(w.t.Context(), functiontest.Ana, today.AddDate(0, 0, -30).Format(time.DateOnly), today.Format(time.DateOnly))
	require.NoError(w.t, err)
	assert.Len(w.t, days, 7)
}

// workflow does what the state machines and the schedule ask for.
func workflow(w *world) {
	w.clock(time.Minute) // what is offered now rang out long ago
	w.centre.Ready(w.t, functiontest.Ana)
	contact := w.centre.Call(w.t, "CA00000000000000000000000000000004")
	require.Equal(w.t, functiontest.Ana, contact.HeldBy())
	p := w.start("workflow")
	p.invoke(w.task("ring", "EndOffer", w.recorded("workflow-ring.json", "{{contact}}", contact.ID, "{{offer}}", contact.Offer.ID)))
	assert.Equal(w.t, center.StateWaiting, w.centre.Contact(w.t, contact.ID).State)
	assert.Equal(w.t, center.ReasonMissed, w.centre.Agent(w.t, functiontest.Ana).Memberships[functiontest.QueueID].Reason)

	p.invoke(w.task("callback", "TakeTurn", w.recorded("workflow-callback.json")))
	told := w.requests("states")
	require.Len(w.t, told, 1, "nobody else would tell of a call that is gone")
	assert.Equal(w.t, "AWSStepFunctions.SendTaskSuccess", told[0].what)
	assert.JSONEq(w.t, `{"taskToken":"`+taskToken+`","output":"{}"}`, told[0].body)

	w.keepsVoicemail(p)

	w.clock(time.Hour)
	require.NoError(w.t, w.centre.Connect(w.t.Context(), functiontest.Ben, "desk-ben"))
	p.invoke(w.recorded("workflow-sweep.json"))
	_, err := w.centre.Store.Connection(w.t.Context(), "desk-ben")
	assert.Equal(w.t, center.NotFound, center.CodeOf(err), "nobody has heard of it for an hour")
}

func (w *world) keepsVoicemail(p *process) {
	w.t.Helper()
	const recording = "RE0123456789abcdef0123456789abcdef"
	at := time.Now().UTC().Truncate(time.Millisecond)
	v := &center.Voicemail{
		ID: center.VoicemailIDOf("twilio", recording, at), LineID: functiontest.QueueID, RecordingSID: recording, CallSID: "CA5", From: caller, At: at,
		Length: 2 * time.Second, Sound: center.SoundFetching,
	}
	require.NoError(w.t, w.centre.Store.AddVoicemail(w.t.Context(), v))
	input := w.recorded("workflow-voicemail.json", "{{voicemail}}", v.ID, "{{recording}}", recording)
	p.invoke(w.task("fetch", "Fetch", input))
	kept, err := w.centre.Store.Voicemail(w.t.Context(), v.LineID, v.ID, at)
	require.NoError(w.t, err)
	assert.Equal(w.t, []any{center.SoundKept, time.Second}, []any{kept.Sound, kept.Length})
	file := w.object(v.SoundKey())
	content, err := io.ReadAll(file.Body)
	require.NoError(w.t, err)
	assert.Equal(w.t, http.StatusOK, file.StatusCode)
	assert.Equal(w.t, "RIFF", string(content[:4]))
	recordings := "/2010-04-01/Accounts/" + accountSID + "/Recordings/" + recording
	asked := w.requests("twilio")
	require.Len(w.t, asked, 2)
	assert.Equal(w.t, []string{"GET " + recordings + ".wav", "DELETE " + recordings + ".json"}, []string{asked[0].what, asked[1].what})

	p.invoke(w.task("fetch", "Abandon", input))
	again, err := w.centre.Store.Voicemail(w.t.Context(), v.LineID, v.ID, at)
	require.NoError(w.t, err)
	assert.Equal(w.t, kept, again, "what is kept is not given up")
}
