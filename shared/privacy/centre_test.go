package privacy_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/feature/dynamodb/attributevalue"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/stretchr/testify/require"

	"guichet/infra/local/dynamo/dynamotest"
	"guichet/shared/center"
	"guichet/shared/metrics"
	"guichet/shared/objects"
	"guichet/shared/objects/objectstest"
	"guichet/shared/store"
	"guichet/shared/store/storetest"
)

var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

func now() time.Time { return noon.Add(24 * time.Hour) }

// centre is a table and a bucket.
type centre struct {
	t     *testing.T
	table string
	store *store.Store
	files *objects.Bucket
}

func open(t *testing.T) *centre {
	t.Helper()
	table := dynamotest.Table(t)
	return &centre{t: t, table: table, store: storetest.Open(t, dynamotest.Endpoint(t), table), files: objectstest.Open(t)}
}

// customer is somebody of whom a centre has a record of every kind. All their words begin with their tag.
type customer struct{ tag, number, email, psid string }

var (
	zoe = customer{"zoe", "+33612345678", "zoe@example.org", "24680135791"}
	leo = customer{"leo", "+33698765432", "leo@example.org", "13579246801"}
)

func (c customer) named(name string) string { return c.tag + "-" + name }
func (c customer) textChat() string         { return center.ChatIDOf("sms", "+33199001000", c.number) }
func (c customer) widgetChat() string       { return center.ChatIDOf("webchat", "shop", c.named("visitor")) }
func (c customer) messengerChat() string    { return center.ChatIDOf("messenger", "1", c.psid) }
func (c customer) fileID() string           { return "fl_" + c.tag }
func (c customer) voicemail() *center.Voicemail {
	return &center.Voicemail{
		ID: center.VoicemailIDOf("twilio", c.tag, noon), LineID: "que_support", RecordingSID: "RE" + c.tag, CallSID: "CA" + c.named("3"),
		From: c.number, CallerName: c.named("name"), At: noon, Length: 3 * time.Second, Sound: center.SoundKept,
	}
}

// ended is a call of theirs that is over.
func (c customer) ended(n string) *center.Contact {
	return &center.Contact{
		ID: "ct_" + c.named(n), Kind: center.KindInbound, State: center.StateEnded, Outcome: center.OutcomeHandled, QueueID: "que_support", From: c.number,
		To: "+33199001000", CallerName: c.named("name"), CallSID: "CA" + c.named(n), EnteredAt: noon, AcceptedAt: noon.Add(time.Second), EndedAt: noon.Add(time.Minute),
		AgentID: "ada",
	}
}

// know writes all that there may be of a customer.
func (w *centre) know(c customer) {
	w.t.Helper()
	ctx, s := w.t.Context(), w.store
	must := func(err error) { w.t.Helper(); require.NoError(w.t, err) }
	fromChat := c.ended("2")
	fromChat.Kind, fromChat.ChatID = center.KindOutbound, c.widgetChat()
	due := &center.Contact{
		ID: "ct_" + c.named("due"), Kind: center.KindCallback, State: center.StateScheduled, QueueID: "que_support", From: c.number, EnteredAt: noon, DueAt: noon.Add(time.Hour),
	}
	must(s.Commit(ctx, store.Change{Contact: c.ended("1")}))
	must(s.Commit(ctx, store.Change{Contact: fromChat}))
	must(s.Commit(ctx, store.Change{Contact: due, Enter: true, Claim: &store.Claim{What: "number " + c.number, ContactID: due.ID}}))
	for _, l := range []metrics.Line{
		{AgentID: "ada", ContactID: "ct_" + c.named("1"), Kind: center.KindInbound, QueueID: "que_support", AcceptedAt: noon.Add(time.Second), Number: c.number, Name: c.named("name")},
		{ContactID: "ct_" + c.named("0"), Kind: center.KindInbound, QueueID: "que_support", Number: c.number, Closes: center.OutcomeAbandoned},
		{ContactID: c.textChat(), Kind: metrics.KindChat, QueueID: "que_chat", Event: metrics.Opened, Channel: "sms"},
		{AgentID: "ada", ContactID: c.textChat(), Kind: metrics.KindChat, QueueID: "que_chat", Event: metrics.Resolved, Channel: "sms"},
	} {
		l.EnteredAt, l.LeftAt = noon, noon.Add(time.Minute)
		must(s.Log(ctx, "2026-11-22", l))
	}
	for _, customer := range []*center.Chat{
		{ID: c.textChat(), Channel: "sms", Inbox: "+33199001000", Customer: center.Customer{ID: c.number}},
		{ID: c.widgetChat(), Channel: "webchat", Inbox: "shop", Customer: center.Customer{ID: c.named("visitor"), Name: c.named("name"), Email: c.email, Phone: c.number}},
		{ID: c.messengerChat(), Channel: "messenger", Inbox: "1", Customer: center.Customer{ID: c.psid, Name: c.named("name")}},
	} {
		w.converse(c, customer)
	}
	must(w.files.Put(ctx, c.voicemail().SoundKey(), "audio/wav", strings.NewReader(c.named("sound")), int64(len(c.named("sound")))))
	must(s.AddVoicemail(ctx, c.voicemail()))
	must(s.SetAside(ctx, "sms", []byte("From="+strings.Replace(c.number, "+", "%2B", 1)+"&Body="+c.named("odd")), "what is it", noon))
}

// converse writes a chat that is resolved, with messages and a file.
func (w *centre) converse(c customer, chat *center.Chat) {
	w.t.Helper()
	ctx, s := w.t.Context(), w.store
	chat.QueueID, chat.State, chat.OpenedAt, chat.LastAt, chat.ResolvedAt, chat.Preview = "que_chat", center.ChatResolved, noon, noon, noon.Add(time.Hour), c.named("words")
	fileID := c.fileID() + "_" + chat.Channel
	message := &center.Message{
		ID: "ms_" + c.named("1"), ChatID: chat.ID, Kind: center.KindText, From: center.FromCustomer, At: noon, Text: c.named("words"),
		Attachments: []center.Attachment{{ID: fileID, Name: c.named("../picture.png"), Type: "image/png", State: center.AttachmentStored, Key: center.FileKey(fileID)}},
	}
	answer := &center.Message{ID: "ms_" + c.named("2"), ChatID: chat.ID, Kind: center.KindText, From: center.FromAgent, AgentID: "ada", At: noon.Add(time.Second), Text: "Dear " + c.tag}
	require.NoError(w.t, s.CommitChat(ctx, store.ChatChange{After: chat, Messages: []*center.Message{message, answer}}))
	_, err := s.FirstSeen(ctx, chat.ID, message.ID, noon)
	require.NoError(w.t, err)
	require.NoError(w.t, s.SetOpenChat(ctx, "que_chat", chat, false, noon))
	require.NoError(w.t, w.files.Put(ctx, center.FileKey(fileID), "image/png", strings.NewReader(c.named("picture")), int64(len(c.named("picture")))))
}

// items are the table's records as text, sorted.
func (w *centre) items() []string {
	w.t.Helper()
	var items []string
	pages := dynamodb.NewScanPaginator(storetest.Client(dynamotest.Endpoint(w.t)), &dynamodb.ScanInput{TableName: &w.table})
	for pages.HasMorePages() {
		page, err := pages.NextPage(w.t.Context())
		require.NoError(w.t, err)
		for _, it := range page.Items {
			var plain map[string]any
			require.NoError(w.t, attributevalue.UnmarshalMap(it, &plain))
			var text bytes.Buffer
			encoder := json.NewEncoder(&text)
			encoder.SetEscapeHTML(false)
			require.NoError(w.t, encoder.Encode(plain))
			items = append(items, text.String())
		}
	}
	slices.Sort(items)
	return items
}

// about are the records that tell of a customer: by anything that is theirs, and by what follows from it.
func (c customer) about(items []string) []string {
	return slices.DeleteFunc(slices.Clone(items), func(it string) bool {
		return !slices.ContainsFunc([]string{
			c.number, strings.TrimPrefix(c.number, "+"), c.email, c.psid, c.named("name"), c.named("words"), c.named("visitor"), c.named("odd"), "Dear " + c.tag,
			"CA" + c.tag, c.textChat(), c.widgetChat(), c.messengerChat(), c.fileID(),
		}, func(own string) bool { return strings.Contains(it, own) })
	})
}

// cutOff is a way to the database that is gone after some writes.
type cutOff struct{ left int }

// RoundTrip implements http.RoundTripper.
func (c *cutOff) RoundTrip(r *http.Request) (*http.Response, error) {
	switch operation := r.Header.Get("X-Amz-Target"); {
	case strings.HasSuffix(operation, ".Scan"), strings.HasSuffix(operation, ".Query"), strings.HasSuffix(operation, ".GetItem"):
	case c.left == 0:
		return &http.Response{
			StatusCode: http.StatusBadRequest, Header: http.Header{"Content-Type": {"application/x-amz-json-1.0"}}, Request: r,
			Body: http.NoBody,
		}, nil
	default:
		c.left--
	}
	return http.DefaultTransport.RoundTrip(r)
}
