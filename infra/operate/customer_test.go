package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/infra/local/dynamo/dynamotest"
	"guichet/shared/center"
	"guichet/shared/objects/objectstest"
	"guichet/shared/privacy"
	"guichet/shared/store"
	"guichet/shared/store/storetest"
)

func TestACustomerIsExportedAndErased(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 26, 9, 0, 0, 0, time.UTC)
	c := &customers{store: storetest.Open(t, dynamotest.Endpoint(t), dynamotest.Table(t)), files: objectstest.Open(t), now: func() time.Time { return now }}
	require.NoError(t, c.store.Commit(t.Context(), store.Change{Contact: &center.Contact{
		ID: "ct_1", Kind: center.KindInbound, State: center.StateEnded, Outcome: center.OutcomeAbandoned, QueueID: "que_support", From: "+33612345678",
		EnteredAt: now.Add(-time.Hour), EndedAt: now.Add(-time.Minute),
	}}))
	person, err := privacy.ParsePerson("+33 6 12 34 56 78")
	require.NoError(t, err)
	var out bytes.Buffer
	folder := filepath.Join(t.TempDir(), "export")
	require.NoError(t, c.export(t.Context(), person, folder, &out))
	text, err := os.ReadFile(filepath.Join(folder, privacy.DocumentName))
	require.NoError(t, err)
	assert.Contains(t, string(text), "+33612345678")

	err = c.erase(t.Context(), person, false, strings.NewReader("n\n"), &out)
	require.EqualError(t, err, "nothing was erased")
	assert.Contains(t, out.String(), "1 calls")
	require.NoError(t, c.erase(t.Context(), person, false, strings.NewReader("y\n"), &out))
	call, err := c.store.Contact(t.Context(), "ct_1", true)
	require.NoError(t, err)
	assert.Empty(t, call.From)
	out.Reset()
	require.NoError(t, c.erase(t.Context(), person, true, nil, &out), "again")
	assert.Contains(t, out.String(), "nothing of them")
}

func TestTheCommandLineForCustomers(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	for _, wrong := range [][]string{
		{"export"}, {"erase"}, {"erase", "-yes"}, {"export", "Zoé"}, {"erase", "+33612345678", "now"}, {"export", "-yes", "+33612345678", "here"},
	} {
		assert.Error(t, run(t.Context(), append([]string{"-centre", "nowhere.yaml"}, wrong...), nil, &out), wrong)
	}
	err := run(t.Context(), []string{"-centre", "nowhere.yaml", "erase", "-yes", "+33612345678"}, nil, &out)
	assert.ErrorContains(t, err, "there is no nowhere.yaml")
}
