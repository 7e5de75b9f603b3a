package mediaapi

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"
)

var (
	testKey = Key("0123456789abcdef0123456789abcdef")
	testNow = time.Unix(1_800_000_000, 0)
)

func testTicket() Ticket {
	return Ticket{
		ID: "t1", Purpose: PurposeStream, AgentID: "agt_1", ContactID: "ctc_1", CallSID: "CA1", ParkSeconds: 60,
		ExpiresUnix: testNow.Add(TicketLifetime).Unix(),
	}
}

func mustSign(t *testing.T, k Key, ticket Ticket) string {
	t.Helper()
	token, err := k.Sign(ticket)
	if err != nil {
		t.Fatal(err)
	}
	return token
}

func TestTicketRoundTrip(t *testing.T) {
	t.Parallel()
	got, err := testKey.Verify(mustSign(t, testKey, testTicket()), PurposeStream, testNow)
	if err != nil || got != testTicket() {
		t.Fatalf("got %+v, %v", got, err)
	}
}

func TestTicketIsRefused(t *testing.T) {
	t.Parallel()
	good := mustSign(t, testKey, testTicket())
	payload, sig, _ := strings.Cut(good, ".")
	agent := testTicket()
	agent.Purpose = PurposeAgent
	forged, err := json.Marshal(agent)
	if err != nil {
		t.Fatal(err)
	}
	eventSigned := base64.RawURLEncoding.EncodeToString(testKey.mac("event", payload))
	notJSON := base64.RawURLEncoding.EncodeToString([]byte("hello"))
	signed := func(payload string) string {
		return payload + "." + base64.RawURLEncoding.EncodeToString(testKey.mac("ticket", payload))
	}
	for name, tc := range map[string]struct {
		token string
		use   Purpose
		at    time.Time
		want  error
	}{
		"empty":                  {"", PurposeStream, testNow, ErrTicketMalformed},
		"no signature":           {payload, PurposeStream, testNow, ErrTicketMalformed},
		"empty signature":        {payload + ".", PurposeStream, testNow, ErrTicketSignature},
		"signature not base64":   {payload + ".!", PurposeStream, testNow, ErrTicketMalformed},
		"signature cut":          {good[:len(good)-4], PurposeStream, testNow, ErrTicketSignature},
		"other payload":          {base64.RawURLEncoding.EncodeToString(forged) + "." + sig, PurposeAgent, testNow, ErrTicketSignature},
		"signed with other key":  {mustSign(t, Key("another key of at least 32 bytes"), testTicket()), PurposeStream, testNow, ErrTicketSignature},
		"signed as an event":     {payload + "." + eventSigned, PurposeStream, testNow, ErrTicketSignature},
		"very long":              {good + strings.Repeat("A", 2048), PurposeStream, testNow, ErrTicketMalformed},
		"signed, but not JSON":   {signed(notJSON), PurposeStream, testNow, ErrTicketMalformed},
		"signed, but not base64": {signed("!"), PurposeStream, testNow, ErrTicketMalformed},
		"another purpose":        {good, PurposeAgent, testNow, ErrTicketPurpose},
		"expired":                {good, PurposeStream, testNow.Add(TicketLifetime), ErrTicketExpired},
		"another purpose, late":  {good, PurposeRealtime, testNow.Add(TicketLifetime), ErrTicketPurpose},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ticket, err := testKey.Verify(tc.token, tc.use, tc.at)
			if !errors.Is(err, tc.want) {
				t.Errorf("got %v, want %v", err, tc.want)
			}
			if ticket != (Ticket{}) {
				t.Errorf("a refused ticket tells nothing, got %+v", ticket)
			}
		})
	}
}

func TestTicketIsGoodUntilItExpires(t *testing.T) {
	t.Parallel()
	if _, err := testKey.Verify(mustSign(t, testKey, testTicket()), PurposeStream, testNow.Add(TicketLifetime-time.Second)); err != nil {
		t.Error(err)
	}
}

func FuzzVerifyTicket(f *testing.F) {
	good, err := testKey.Sign(testTicket())
	if err != nil {
		f.Fatal(err)
	}
	f.Add(good)
	f.Add(good[:len(good)-1] + "A")
	f.Add("a.b")
	f.Add(".")
	f.Fuzz(func(t *testing.T, token string) {
		ticket, err := testKey.Verify(token, PurposeStream, testNow)
		if err != nil {
			if ticket != (Ticket{}) {
				t.Fatalf("a refused ticket tells nothing, got %+v", ticket)
			}
			return
		}
		if ticket != testTicket() {
			t.Fatalf("only what was signed is let in, got %+v from %q", ticket, token)
		}
	})
}
