package admit

import (
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/shared/mediaapi"
)

func TestAdmit(t *testing.T) {
	t.Parallel()
	key := mediaapi.Key("0123456789abcdef0123456789abcdef")
	now := time.Unix(1_800_000_000, 0)
	good := mediaapi.Ticket{ID: "t1", Purpose: mediaapi.PurposeAgent, AgentID: "agt_1", ExpiresUnix: now.Unix() + 60}
	with := func(change func(*mediaapi.Ticket)) mediaapi.Ticket { c := good; change(&c); return c }
	for name, tc := range map[string]struct {
		ticket mediaapi.Ticket
		key    mediaapi.Key
		want   error
	}{
		"good":            {good, key, nil},
		"other purpose":   {with(func(t *mediaapi.Ticket) { t.Purpose = mediaapi.PurposeStream }), key, mediaapi.ErrTicketPurpose},
		"expired":         {with(func(t *mediaapi.Ticket) { t.ExpiresUnix = now.Unix() }), key, mediaapi.ErrTicketExpired},
		"another key":     {good, mediaapi.Key("another key of 32 bytes or more!"), mediaapi.ErrTicketSignature},
		"without ID":      {with(func(t *mediaapi.Ticket) { t.ID = "" }), key, mediaapi.ErrTicketMalformed},
		"without agent":   {with(func(t *mediaapi.Ticket) { t.AgentID = "" }), key, mediaapi.ErrTicketMalformed},
		"valid for hours": {with(func(t *mediaapi.Ticket) { t.ExpiresUnix += 7200 }), key, mediaapi.ErrTicketMalformed},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			token, err := tc.key.Sign(tc.ticket)
			require.NoError(t, err)
			gate := NewGate(key, func() time.Time { return now })
			_, err = gate.Admit(token, mediaapi.PurposeAgent)
			require.ErrorIs(t, err, tc.want)
			if tc.want == nil {
				_, err = gate.Admit(token, mediaapi.PurposeAgent)
				require.ErrorIs(t, err, ErrReused)
			}
		})
	}
}

func TestAdmitForOneOfSeveralPurposes(t *testing.T) {
	t.Parallel()
	key := mediaapi.Key("0123456789abcdef0123456789abcdef")
	for name, tc := range map[string]struct {
		purpose   mediaapi.Purpose
		contactID string
		want      error
	}{
		"an agent":                  {mediaapi.PurposeAgent, "", nil},
		"a visitor":                 {mediaapi.PurposeVisitorAudio, "ctc_1", nil},
		"a visitor without contact": {mediaapi.PurposeVisitorAudio, "", mediaapi.ErrTicketMalformed},
		"a stream":                  {mediaapi.PurposeStream, "ctc_1", mediaapi.ErrTicketPurpose},
		"a visitor's events":        {mediaapi.PurposeVisitor, "ctc_1", mediaapi.ErrTicketPurpose},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			token, err := key.Sign(mediaapi.Ticket{ID: "t", Purpose: tc.purpose, AgentID: "agt_1", ContactID: tc.contactID, ExpiresUnix: time.Now().Unix() + 30})
			require.NoError(t, err)
			got, err := NewGate(key, time.Now).Admit(token, mediaapi.PurposeAgent, mediaapi.PurposeVisitorAudio)
			require.ErrorIs(t, err, tc.want)
			if tc.want == nil {
				assert.Equal(t, tc.purpose, got.Purpose)
			} else {
				assert.Zero(t, got)
			}
		})
	}
}

func TestAGuestsLineIsOfNoAgent(t *testing.T) {
	t.Parallel()
	key := mediaapi.Key("0123456789abcdef0123456789abcdef")
	for name, tc := range map[string]struct {
		ticket mediaapi.Ticket
		want   error
	}{
		"a guest's line":             {mediaapi.Ticket{Purpose: mediaapi.PurposeStream, ContactID: "ctc_1", GuestID: "gst_1"}, nil},
		"a guest's without contact":  {mediaapi.Ticket{Purpose: mediaapi.PurposeStream, GuestID: "gst_1"}, mediaapi.ErrTicketMalformed},
		"a customer's without agent": {mediaapi.Ticket{Purpose: mediaapi.PurposeStream, ContactID: "ctc_1"}, mediaapi.ErrTicketMalformed},
		"a guest who is no line":     {mediaapi.Ticket{Purpose: mediaapi.PurposeAgent, GuestID: "gst_1"}, mediaapi.ErrTicketMalformed},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tc.ticket.ID, tc.ticket.ExpiresUnix = "t", time.Now().Unix()+30
			token, err := key.Sign(tc.ticket)
			require.NoError(t, err)
			_, err = NewGate(key, time.Now).Admit(token, mediaapi.PurposeStream, mediaapi.PurposeAgent)
			require.ErrorIs(t, err, tc.want)
		})
	}
}

func TestOneOfManyConcurrentUsesWins(t *testing.T) {
	t.Parallel()
	key := mediaapi.Key("0123456789abcdef0123456789abcdef")
	gate := NewGate(key, time.Now)
	token, err := key.Sign(mediaapi.Ticket{ID: "t", Purpose: mediaapi.PurposeStream, AgentID: "a", ContactID: "c", ExpiresUnix: time.Now().Unix() + 30})
	require.NoError(t, err)
	var wins atomic.Int32
	var wg sync.WaitGroup
	for range 20 {
		wg.Go(func() {
			if _, err := gate.Admit(token, mediaapi.PurposeStream); err == nil {
				wins.Add(1)
			}
		})
	}
	wg.Wait()
	assert.EqualValues(t, 1, wins.Load())
}

func TestExpiredTicketsAreForgotten(t *testing.T) {
	t.Parallel()
	key := mediaapi.Key("0123456789abcdef0123456789abcdef")
	now := time.Unix(1_800_000_000, 0)
	gate := NewGate(key, func() time.Time { return now })
	for i := range 10 {
		token, err := key.Sign(mediaapi.Ticket{ID: fmt.Sprint(i), Purpose: mediaapi.PurposeAgent, AgentID: "a", ExpiresUnix: now.Unix() + 60})
		require.NoError(t, err)
		_, err = gate.Admit(token, mediaapi.PurposeAgent)
		require.NoError(t, err)
		now = now.Add(30 * time.Second)
	}
	assert.LessOrEqual(t, len(gate.used), 5)
}
