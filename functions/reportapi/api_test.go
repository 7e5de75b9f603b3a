package reportapi_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-lambda-go/events"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/functions/cards"
	"guichet/functions/internal/functiontest"
	"guichet/functions/internal/rest"
	"guichet/functions/reportapi"
	"guichet/shared/center"
	"guichet/shared/deskapi"
	"guichet/shared/dispatch"
	"guichet/shared/store"
	"guichet/shared/wallboard"
)

const second = "que_second"

// office is a centre whose figures are counted, with the API before them.
type office struct {
	*functiontest.Centre
	changes *functiontest.Changes
	counter *cards.Handler
	handler http.Handler
}

func open(t *testing.T) *office {
	t.Helper()
	c := functiontest.WithChats(t)
	o := &office{Centre: c, changes: functiontest.Follow(t, c)}
	o.Configure(t, func(d *store.Directory) {
		q := d.Queues[functiontest.QueueID]
		q.ID, q.Name = second, "=Second"
		d.Queues[second] = q
	})
	board := &wallboard.Board{Store: o.Store, Directories: o.Directories, Now: o.Now}
	o.counter = cards.New(board, o.Pushes, cards.Pause, functiontest.Log)
	o.handler = reportapi.New(o.Store, o.Directories, o.Now, functiontest.Log)
	return o
}

// count counts what has happened so far.
func (o *office) count(t *testing.T) {
	t.Helper()
	_, err := o.counter.Handle(t.Context(), events.DynamoDBTimeWindowEvent{
		DynamoDBEvent: events.DynamoDBEvent{Records: o.changes.Take(t)}, TimeWindowProperties: events.TimeWindowProperties{ShardID: "shard"},
	})
	require.NoError(t, err)
}

func (o *office) as(t *testing.T, person, path string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, strings.NewReader(""))
	if person != "" {
		r = r.WithContext(rest.WithClaims(r.Context(), map[string]string{"username": person}))
	}
	w := httptest.NewRecorder()
	o.handler.ServeHTTP(w, r)
	return w
}

func get[T any](t *testing.T, o *office, person, path string) T {
	t.Helper()
	w := o.as(t, person, path)
	require.Equal(t, http.StatusOK, w.Code, "%s: %s", path, w.Body)
	var v T
	require.NoError(t, json.Unmarshal(w.Body.Bytes(), &v))
	return v
}

// talks is a call of a minute with an agent, and a wrap-up of ten seconds.
func (o *office) talks(t *testing.T, callSID, agentID string) *center.Contact {
	t.Helper()
	c := o.Talk(t, callSID, agentID)
	o.Pass(time.Minute)
	_, err := o.CallerLeft(t.Context(), c.ID)
	require.NoError(t, err)
	o.Pass(10 * time.Second)
	_, err = o.EndWrapUp(t.Context(), agentID, c.ID)
	require.NoError(t, err)
	return c
}

func TestCardsAreForThoseWhoServe(t *testing.T) {
	t.Parallel()
	o := open(t)
	o.Ready(t, functiontest.Ana)
	o.talks(t, "CA1", functiontest.Ana)
	o.count(t)
	own := get[deskapi.CardList](t, o, functiontest.Ana, "/api/cards").Cards
	require.Len(t, own, 3, "the assigned queues")
	one := get[deskapi.CardList](t, o, functiontest.Ana, "/api/cards?queueIds="+functiontest.QueueID).Cards
	require.Len(t, one, 1)
	assert.Equal(t, []int{1, 1, 20}, []int{one[0].Voice.Total, one[0].Voice.Handled, one[0].Voice.ServiceLevelSeconds})
	assert.Equal(t, one[0].At.Truncate(24*time.Hour).Add(24*time.Hour), one[0].DayEnds.UTC())
	assert.Equal(t, http.StatusNotFound, o.as(t, functiontest.Ana, "/api/cards?queueIds="+second).Code)
	assert.Len(t, get[deskapi.CardList](t, o, functiontest.Sue, "/api/cards?queueIds="+second+","+functiontest.QueueID).Cards, 2)
	assert.Len(t, get[deskapi.CardList](t, o, functiontest.Sue, "/api/cards").Cards, 4)
}

func TestDetailsOfAQueue(t *testing.T) {
	t.Parallel()
	o := open(t)
	o.Ready(t, functiontest.Ana)
	o.talks(t, "CA1", functiontest.Ana)
	o.Ready(t, functiontest.Ben)
	_, err := o.SetStatus(t.Context(), functiontest.Ben, nil, center.StatusPaused, "break")
	require.NoError(t, err)
	o.Call(t, "CA2") // rings at Ana
	waits := o.Call(t, "CA3")
	o.count(t)
	d := get[deskapi.QueueDetails](t, o, functiontest.Ana, "/api/queues/"+functiontest.QueueID+"/details")
	require.Len(t, d.Agents, 2)
	assert.Equal(t, []string{"ringing", "paused"}, []string{d.Agents[0].State, d.Agents[1].State})
	assert.Equal(t, "break", d.Agents[1].Reason)
	require.Len(t, d.Contacts, 1)
	assert.Equal(t, waits.ID, d.Contacts[0].ContactID)
	assert.Equal(t, "••••••••••78", d.Contacts[0].Number, "agents see no whole numbers")
	assert.Equal(t, 20, d.Card.Voice.ServiceLevelSeconds)
	require.Len(t, d.Hours, 1)
	assert.Equal(t, "UTC", d.Zone)
	assert.Equal(t, 3, d.Today.Queued)
	assert.InDelta(t, 100.0/3, *d.Today.ServiceLevel, 0.01)
	assert.Equal(t, d.Card.Voice.WaitingSince.UTC(), waits.EnteredAt)

	whole := get[deskapi.QueueDetails](t, o, functiontest.Sue, "/api/queues/"+functiontest.QueueID+"/details")
	assert.Equal(t, "+33612345678", whole.Contacts[0].Number)
	assert.Equal(t, http.StatusNotFound, o.as(t, functiontest.Ana, "/api/queues/"+second+"/details").Code)
}

func TestActivity(t *testing.T) {
	t.Parallel()
	o := open(t)
	o.Ready(t, functiontest.Ana)
	o.talks(t, "CA1", functiontest.Ana)
	o.Pass(24 * time.Hour)
	o.talks(t, "CA2", functiontest.Ana)
	last := o.talks(t, "CA3", functiontest.Ana)
	require.NoError(t, o.AudioUp(t.Context(), functiontest.Ana, "session"))
	out, err := o.DialOut(t.Context(), functiontest.Ana, dispatch.Dialling{ID: "ct_01ARZ3NDEKTSV4RRFFQ69G5FAV", Customer: "+33612345678", Line: functiontest.Number})
	require.NoError(t, err)
	_, err = o.CallerLeft(t.Context(), out.ID)
	require.NoError(t, err)
	o.count(t)

	got := get[deskapi.ActivityOfDay](t, o, functiontest.Ana, "/api/activity/day?compare=2026-11-22")
	assert.Equal(t, "2026-11-23", got.Day.Date)
	assert.Equal(t, 2, got.Day.QueueTaken.Calls)
	assert.InDelta(t, 60, *got.Day.QueueTaken.AverageTalk, 0)
	assert.InDelta(t, 140, got.Day.QueueTaken.HandleSeconds, 0)
	assert.Equal(t, last.ID, got.Day.QueueTaken.List[1].ContactID)
	assert.Equal(t, "+33612345678", got.Day.QueueTaken.List[1].Number)
	assert.Equal(t, 1, got.Day.OtherMade.Calls)
	assert.Equal(t, "unanswered", got.Day.OtherMade.List[0].Outcome)
	assert.Equal(t, 1, got.Compare.QueueTaken.Calls)

	week := get[deskapi.ActivityOfWeek](t, o, functiontest.Sue, "/api/activity/week?from=2026-11-17&agentId="+functiontest.Ana)
	require.Len(t, week.Days, 7)
	assert.Equal(t, []int{0, 1, 2}, []int{week.Days[4].QueueTaken.Calls, week.Days[5].QueueTaken.Calls, week.Days[6].QueueTaken.Calls})
	assert.Equal(t, 3, week.Total.QueueTaken.Calls)
	assert.InDelta(t, 70, *week.Total.QueueTaken.AverageHandle, 0)
	assert.Equal(t, http.StatusForbidden, o.as(t, functiontest.Ben, "/api/activity/day?agentId="+functiontest.Ana).Code)
}

func TestReports(t *testing.T) {
	t.Parallel()
	o := open(t)
	o.Ready(t, functiontest.Ana)
	o.talks(t, "CA1", functiontest.Ana)
	o.Pass(2 * time.Hour)
	o.talks(t, "CA2", functiontest.Ana)
	require.NoError(t, o.Conversations.Receive(t.Context(), functiontest.Text("in-1", "Hello", o.Now())))
	o.count(t)
	o.Pass(4 * 24 * time.Hour)
	ask := func(more string) []deskapi.ReportRow {
		return get[deskapi.Report](t, o, functiontest.Sue, "/api/reports?from=2026-11-01&to=2026-11-24"+more).Rows
	}
	byDay := ask("&ids=" + functiontest.QueueID)
	require.Len(t, byDay, 1)
	assert.Equal(t, []any{"2026-11-22", "Support", 2, 2}, []any{byDay[0].Date, byDay[0].Name, byDay[0].Figures.Queued, byDay[0].Figures.Handled})
	total := get[deskapi.Report](t, o, functiontest.Sue, "/api/reports?from=2026-11-15&to=2026-11-24&by=month").Total
	assert.Equal(t, []any{2, 2, 100.0, 70.0}, []any{total.Queued, total.Handled, *total.ServiceLevel, *total.AverageHandle})
	byHour := ask("&by=hour&ids=" + functiontest.QueueID)
	require.Len(t, byHour, 2)
	assert.Equal(t, "09:00 11:00", byHour[0].From.Format("15:04")+" "+byHour[1].From.Format("15:04"))
	for range 2 { // counted, then kept
		byAgent := ask("&group=agent")
		require.Len(t, byAgent, 1)
		assert.Equal(t, []any{functiontest.Ana, 2, 120.0}, []any{byAgent[0].ID, byAgent[0].Figures.Calls, byAgent[0].Figures.TalkSeconds})
	}
	kept, err := o.Store.AgentDays(t.Context(), functiontest.Ana, "2026-11-22", "2026-11-24")
	require.NoError(t, err)
	assert.Len(t, kept, 2, "days that have been over for long")
	for by, first := range map[string]string{"month": "2026-11-01", "period": "2026-11-01"} {
		together := ask("&group=agent&by=" + by)
		require.Len(t, together, 1, by)
		assert.Equal(t, []any{first, 2}, []any{together[0].Date, together[0].Figures.Calls})
	}
	byChannel := ask("&group=channel")
	require.Len(t, byChannel, 2)
	assert.Equal(t, []any{functiontest.ChannelName, 1, "voice", 2},
		[]any{byChannel[0].ID, byChannel[0].Figures.Opened, byChannel[1].ID, byChannel[1].Figures.Queued})
}

// Handling of 70 s, and 10 minutes idle: 70 ÷ 670. The next ten minutes, which go on, count too.
func TestOccupancyOfAgents(t *testing.T) {
	t.Parallel()
	o := open(t)
	o.Ready(t, functiontest.Ana)
	o.Pass(10 * time.Minute)
	o.talks(t, "CA1", functiontest.Ana)
	ask := func() deskapi.Figures {
		o.count(t)
		r := get[deskapi.Report](t, o, functiontest.Sue, "/api/reports?group=agent&by=day&from=2026-11-22&to=2026-11-23")
		require.NotEmpty(t, r.Rows)
		return r.Rows[0].Figures
	}
	f := ask()
	assert.InDelta(t, 600, f.IdleSeconds, 0)
	assert.InDelta(t, 100*70/670.0, *f.Occupancy, 0.01)
	o.Pass(10 * time.Minute)
	assert.InDelta(t, 1200, ask().IdleSeconds, 0)
	_, err := o.SetStatus(t.Context(), functiontest.Ana, nil, center.StatusPaused, "")
	require.NoError(t, err)
	o.Pass(10 * time.Minute)
	f = ask()
	assert.InDelta(t, 1200, f.IdleSeconds, 0, "a pause is no idle time")
	assert.InDelta(t, 100*70/1270.0, *f.Occupancy, 0.01)
	queues := get[deskapi.Report](t, o, functiontest.Sue, "/api/reports?from=2026-11-22&to=2026-11-22")
	assert.Nil(t, queues.Rows[0].Figures.Occupancy, "queues have none")
}

func TestReportFiles(t *testing.T) {
	t.Parallel()
	o := open(t)
	_, err := o.Admit(t.Context(), dispatch.Arrival{Provider: "twilio", CallSID: "CA1", From: "+33612345678", To: functiontest.Number, QueueID: second})
	require.NoError(t, err)
	o.count(t)
	w := o.as(t, functiontest.Sue, "/api/reports.csv?from=2026-11-22&to=2026-11-22&by=hour&language=fr")
	require.Equal(t, http.StatusOK, w.Code, w.Body)
	assert.Equal(t, "text/csv; charset=utf-8", w.Header().Get("Content-Type"))
	lines := strings.Split(w.Body.String(), "\r\n")
	assert.True(t, strings.HasPrefix(lines[0], "\uFEFFDate;Heure;Identifiant;Nom;Entrés en file;"), lines[0])
	assert.True(t, strings.HasPrefix(lines[1], "2026-11-22;09:00;que_second;'=Second;1;0;"), lines[1])
	english := o.as(t, functiontest.Sue, "/api/reports.csv?from=2026-11-22&to=2026-11-22").Body.String()
	assert.Contains(t, english, "Date,Hour,ID,Name,Queued,")
}

func TestSupervision(t *testing.T) {
	t.Parallel()
	o := open(t)
	o.Ready(t, functiontest.Ana)
	c := o.Call(t, "CA1")
	o.count(t)
	s := get[deskapi.Supervision](t, o, functiontest.Sue, "/api/supervision")
	assert.Len(t, s.Cards, 4)
	assert.Len(t, s.Agents, 3)
	require.Len(t, s.Contacts, 1)
	assert.Equal(t, c.ID, s.Contacts[0].ID)
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	o := open(t)
	for path, supervisors := range map[string]bool{
		"/api/cards": false, "/api/queues/que_support/details": false, "/api/activity/day": false, "/api/activity/week?from=2026-11-22": false,
		"/api/reports?from=2026-11-22&to=2026-11-22": true, "/api/reports.csv?from=2026-11-22&to=2026-11-22": true, "/api/supervision": true,
	} {
		assert.Equal(t, http.StatusUnauthorized, o.as(t, "", path).Code, path)
		assert.Equal(t, http.StatusForbidden, o.as(t, "stranger", path).Code, path)
		want := http.StatusOK
		if supervisors {
			want = http.StatusForbidden
		}
		assert.Equal(t, want, o.as(t, functiontest.Ana, path).Code, path)
	}
	for _, query := range []string{
		"from=2026-11-22", "from=2026-11-22&to=2026-11-21", "from=2025-01-01&to=2026-11-22", "from=2026-10-01&to=2026-11-22&by=hour",
		"from=2026-11-22&to=2026-11-22&by=hour&group=agent", "from=yesterday&to=2026-11-22", "from=2026-11-22&to=2026-11-22&group=all",
	} {
		assert.Equal(t, http.StatusUnprocessableEntity, o.as(t, functiontest.Sue, "/api/reports?"+query).Code, query)
	}
	assert.Equal(t, http.StatusNotFound, o.as(t, functiontest.Sue, "/api/activity/day?agentId=nobody").Code)
}
