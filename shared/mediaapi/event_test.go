package mediaapi

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"
)

func TestEventSignature(t *testing.T) {
	t.Parallel()
	body := []byte(`{"id":"evt_1","type":"agent.joined"}`)
	good := testKey.SignEvent(body, testNow)
	for name, tc := range map[string]struct {
		header string
		body   string
		at     time.Time
		want   error
	}{
		"good":                      {good, string(body), testNow, nil},
		"clocks apart":              {good, string(body), testNow.Add(EventLifetime), nil},
		"verifier's clock behind":   {good, string(body), testNow.Add(-EventLifetime), nil},
		"too old":                   {good, string(body), testNow.Add(EventLifetime + time.Second), ErrEventSignature},
		"from the future":           {good, string(body), testNow.Add(-EventLifetime - time.Second), ErrEventSignature},
		"other body":                {good, string(body) + " ", testNow, ErrEventSignature},
		"none":                      {"", string(body), testNow, ErrEventSignature},
		"no time":                   {good[strings.Index(good, ","):], string(body), testNow, ErrEventSignature},
		"time moved":                {strings.Replace(good, "t=1800000000", "t=1800000001", 1), string(body), testNow, ErrEventSignature},
		"time not a number":         {strings.Replace(good, "t=1800000000", "t=now", 1), string(body), testNow, ErrEventSignature},
		"time far outside":          {strings.Replace(good, "t=1800000000", "t=9223372036854775807", 1), string(body), testNow, ErrEventSignature},
		"signature not hexadecimal": {"t=1800000000,v1=xyz", string(body), testNow, ErrEventSignature},
		"signature cut":             {good[:len(good)-2], string(body), testNow, ErrEventSignature},
		"other key":                 {Key("another key of at least 32 bytes").SignEvent(body, testNow), string(body), testNow, ErrEventSignature},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if err := testKey.VerifyEvent(tc.header, []byte(tc.body), tc.at); !errors.Is(err, tc.want) {
				t.Errorf("got %v, want %v", err, tc.want)
			}
		})
	}
}

func TestTicketSignatureIsNoEventSignature(t *testing.T) {
	t.Parallel()
	body := "1800000000." + "{}"
	if string(testKey.mac("ticket", body)) == string(testKey.mac("event", body)) {
		t.Error("the two domains must differ")
	}
}

func TestEventJSON(t *testing.T) {
	t.Parallel()
	e := Event{ID: "evt_1", Type: ContactLeft, At: testNow.UTC(), NodeID: "n1", AgentID: "agt_1", ContactID: "ctc_1", CallSID: "CA1", Reason: LeftStopped}
	got, err := json.Marshal(e)
	if err != nil {
		t.Fatal(err)
	}
	want := `{"id":"evt_1","type":"contact.left","at":"2027-01-15T08:00:00Z","nodeId":"n1","agentId":"agt_1","contactId":"ctc_1","callSid":"CA1","reason":"stopped"}`
	if string(got) != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func FuzzVerifyEvent(f *testing.F) {
	body := []byte(`{"id":"evt_1"}`)
	good := testKey.SignEvent(body, testNow)
	f.Add(good, body)
	f.Add("t=1800000000,v1=00", body)
	f.Add("t=,v1=", []byte{})
	f.Fuzz(func(t *testing.T, header string, b []byte) {
		if err := testKey.VerifyEvent(header, b, testNow); err == nil && (string(b) != string(body) || !strings.EqualFold(header, good)) {
			t.Fatalf("believed %q for %q", header, b)
		}
	})
}
