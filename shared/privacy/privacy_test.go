package privacy_test

import (
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/infra/local/dynamo/dynamotest"
	"guichet/shared/center"
	"guichet/shared/privacy"
	"guichet/shared/store"
	"guichet/shared/store/storetest"
)

func (w *centre) find(text string) *privacy.Found {
	w.t.Helper()
	p, err := privacy.ParsePerson(text)
	require.NoError(w.t, err)
	found, err := privacy.Find(w.t.Context(), w.store, p)
	require.NoError(w.t, err)
	return found
}

// export writes down what was found, and reads it.
func (w *centre) export(found *privacy.Found) (folder, text string, d privacy.Document) {
	w.t.Helper()
	folder = filepath.Join(w.t.TempDir(), "export")
	require.NoError(w.t, privacy.Export(w.t.Context(), w.store, w.files, found, folder, now()))
	content, err := os.ReadFile(filepath.Join(folder, privacy.DocumentName))
	require.NoError(w.t, err)
	require.NoError(w.t, json.Unmarshal(content, &d))
	return folder, string(content), d
}

func (w *centre) erase(text string) error {
	w.t.Helper()
	return privacy.Erase(w.t.Context(), w.store, w.files, w.find(text), now)
}

func TestErasingLeavesNothingOfACustomer(t *testing.T) {
	t.Parallel()
	w := open(t)
	w.know(leo)
	others := w.items()
	w.know(zoe)
	require.Greater(t, len(zoe.about(w.items())), 15)
	require.NoError(t, w.erase(zoe.number))
	require.NoError(t, w.erase("messenger:"+zoe.psid), "nobody knows whose number that is")
	items := w.items()
	assert.Empty(t, zoe.about(items))
	assert.Equal(t, leo.about(others), leo.about(items))
	for _, key := range []string{center.FileKey(zoe.fileID() + "_sms"), center.FileKey(zoe.fileID() + "_webchat"), center.FileKey(zoe.fileID() + "_messenger"), zoe.voicemail().SoundKey()} {
		_, _, err := w.files.Read(t.Context(), key, 10)
		assert.Equal(t, center.NotFound, center.CodeOf(err), key)
	}
	_, _, err := w.files.Read(t.Context(), leo.voicemail().SoundKey(), 10)
	require.NoError(t, err)

	call, err := w.store.Contact(t.Context(), "ct_zoe-1", true)
	require.NoError(t, err)
	assert.Equal(t, []any{center.OutcomeHandled, "ada", "que_support"}, []any{call.Outcome, call.AgentID, call.QueueID}, "what is counted stays")
	due, err := w.store.Contact(t.Context(), "ct_zoe-due", true)
	require.NoError(t, err)
	assert.Equal(t, center.OutcomeIncomplete, due.Outcome, "nobody calls them any more")
	places, err := w.store.Due(t.Context(), "que_support", now())
	require.NoError(t, err)
	require.Len(t, places, 1)
	assert.Equal(t, "ct_leo-due", places[0].ContactID)
	lines, err := w.store.AgentLog(t.Context(), "ada", "2026-11-22")
	require.NoError(t, err)
	assert.Len(t, lines, 4, "two of each customer")

	require.NoError(t, w.erase(zoe.number), "again")
	assert.Equal(t, items, w.items())
}

func TestErasingByAddressAndByChannel(t *testing.T) {
	t.Parallel()
	for name, goes := range map[string]func(customer) (chats []string){
		zoe.email:                  func(c customer) []string { return []string{c.widgetChat()} },
		"sms:" + zoe.number:        func(c customer) []string { return []string{c.textChat()} },
		"messenger:" + zoe.psid:    func(c customer) []string { return []string{c.messengerChat()} },
		"webchat:" + "zoe-visitor": func(c customer) []string { return []string{c.widgetChat()} },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := open(t)
			w.know(zoe)
			require.NoError(t, w.erase(name))
			for _, id := range []string{zoe.textChat(), zoe.widgetChat(), zoe.messengerChat()} {
				_, err := w.store.Chat(t.Context(), id, true)
				if id == goes(zoe)[0] {
					assert.Equal(t, center.NotFound, center.CodeOf(err))
				} else {
					assert.NoError(t, err, "it is another conversation")
				}
			}
			call, err := w.store.Contact(t.Context(), "ct_zoe-2", true)
			require.NoError(t, err)
			assert.Equal(t, goes(zoe)[0] == zoe.widgetChat(), call.From == "", "the call was made from the widget's conversation")
		})
	}
}

// TestARunThatIsCutOffIsCompletedByTheNext ends each run after one write more than nothing.
func TestARunThatIsCutOffIsCompletedByTheNext(t *testing.T) {
	t.Parallel()
	for _, name := range []string{zoe.number, zoe.email} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := open(t)
			w.know(zoe)
			p, err := privacy.ParsePerson(name)
			require.NoError(t, err)
			runs := 0
			for err = assert.AnError; err != nil; runs++ {
				require.Less(t, runs, 100)
				way := &cutOff{left: 1}
				s := store.New(storetest.Client(dynamotest.Endpoint(t), func(o *dynamodb.Options) { o.HTTPClient = &http.Client{Transport: way} }), w.table)
				var found *privacy.Found
				if found, err = privacy.Find(t.Context(), s, p); err == nil {
					err = privacy.Erase(t.Context(), s, w.files, found, now)
				}
			}
			assert.Greater(t, runs, 5, "it was cut off after every write")
			if name == zoe.number {
				require.NoError(t, w.erase("messenger:"+zoe.psid))
				assert.Empty(t, zoe.about(w.items()))
				return
			}
			_, err = w.store.Chat(t.Context(), zoe.widgetChat(), true)
			assert.Equal(t, center.NotFound, center.CodeOf(err))
			for _, it := range w.items() {
				assert.NotContains(t, it, zoe.email)
				assert.NotContains(t, it, zoe.widgetChat())
			}
		})
	}
}

func TestWhatGoesOnIsNotErased(t *testing.T) {
	t.Parallel()
	w := open(t)
	w.know(zoe)
	live := zoe.ended("live")
	live.State, live.Outcome, live.EndedAt = center.StateConnected, "", time.Time{}
	require.NoError(t, w.store.Commit(t.Context(), store.Change{Contact: live}))
	chat, err := w.store.Chat(t.Context(), zoe.textChat(), true)
	require.NoError(t, err)
	before := *chat
	chat.Reopen(now())
	require.NoError(t, w.store.CommitChat(t.Context(), store.ChatChange{Before: &before, After: chat}))
	items := w.items()
	err = w.erase(zoe.number)
	require.ErrorContains(t, err, "call ct_zoe-live is connected: wait until it is over")
	require.ErrorContains(t, err, "conversation "+chat.ID+" on sms is open: resolve it first")
	assert.Equal(t, items, w.items())
}

func TestAnExportHasEverything(t *testing.T) {
	t.Parallel()
	w := open(t)
	w.know(leo)
	w.know(zoe)
	found := w.find(zoe.number)
	assert.Contains(t, found.String(), "3 calls")
	assert.Contains(t, found.String(), "a call to them is due at 2026-11-22T13:00:00Z")
	folder, text, d := w.export(found)
	require.Error(t, privacy.Export(t.Context(), w.store, w.files, found, folder, now()), "nothing is written over")
	assert.NotContains(t, text, leo.tag)
	assert.NotContains(t, text, leo.number)
	assert.Equal(t, []int{3, 4, 2, 1, 1, 1}, []int{len(d.Calls), len(d.Log), len(d.Conversations), len(d.Voicemails), len(d.NotUnderstood), len(d.Claims)})
	read := func(name string) string {
		content, err := os.ReadFile(filepath.Join(folder, filepath.FromSlash(name)))
		require.NoError(t, err)
		return string(content)
	}
	for _, c := range d.Conversations {
		require.Len(t, c.Messages, 2)
		assert.Equal(t, []string{"zoe-words", "Dear zoe"}, []string{c.Messages[0].Text, c.Messages[1].Text})
		assert.Equal(t, "zoe-picture", read(c.Messages[0].Files[0].File))
		assert.Equal(t, filepath.Join(folder, "files"), filepath.Dir(filepath.Join(folder, c.Messages[0].Files[0].File)), "whatever its sender called it")
	}
	assert.Equal(t, "zoe-sound", read(d.Voicemails[0].File))
}
