package simulator

import (
	"bytes"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"guichet/infra/local/simulator/audio"
	"guichet/infra/local/simulator/twilio"
)

// keptRecordings bounds what all recordings take, in bytes of μ-law: more than eight hours. The oldest go first.
const keptRecordings = 256 << 20

// recordVerb is the RecordingSource of <Record>.
const recordVerb = "RecordVerb"

// recording is what <Record> made. It does not change once it is kept.
type recording struct {
	sid, callSID, account string
	started               time.Time
	ulaw                  []byte
}

// recordings are the account's, oldest first.
type recordings struct {
	mu    sync.Mutex
	kept  []*recording
	bytes int
}

func (k *recordings) keep(r *recording) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.kept = append(k.kept, r)
	k.bytes += len(r.ulaw)
	for k.bytes > keptRecordings && len(k.kept) > 1 {
		k.bytes -= len(k.kept[0].ulaw)
		k.kept = k.kept[1:]
	}
}

func (k *recordings) find(sid string) (*recording, bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	i := k.index(sid)
	if i < 0 {
		return nil, false
	}
	return k.kept[i], true
}

// forget deletes a recording; false when there is none.
func (k *recordings) forget(sid string) bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	i := k.index(sid)
	if i < 0 {
		return false
	}
	k.bytes -= len(k.kept[i].ulaw)
	k.kept = slices.Delete(k.kept, i, i+1)
	return true
}

func (k *recordings) index(sid string) int {
	return slices.IndexFunc(k.kept, func(r *recording) bool { return r.sid == sid })
}

func (r *recording) seconds() int { return len(r.ulaw) / audio.Rate }

// path is that of the resource, without the ending that names a form of it.
func (r *recording) path() string {
	return fmt.Sprintf("/%s/Accounts/%s/Recordings/%s", twilio.Version, r.account, r.sid)
}

// recordingResource is a Recording as the REST API shows it (https://www.twilio.com/docs/voice/api/recording).
type recordingResource struct {
	SID               string            `json:"sid"`
	AccountSID        string            `json:"account_sid"`
	APIVersion        string            `json:"api_version"`
	CallSID           string            `json:"call_sid"`
	ConferenceSID     *string           `json:"conference_sid"`
	Channels          int               `json:"channels"`
	DateCreated       *string           `json:"date_created"`
	DateUpdated       *string           `json:"date_updated"`
	StartTime         *string           `json:"start_time"`
	Duration          string            `json:"duration"` // seconds
	Status            string            `json:"status"`
	Source            string            `json:"source"`
	ErrorCode         *int              `json:"error_code"`
	Price             *string           `json:"price"`
	PriceUnit         string            `json:"price_unit"`
	EncryptionDetails any               `json:"encryption_details"`
	URI               string            `json:"uri"`
	SubresourceURIs   map[string]string `json:"subresource_uris"`
	MediaURL          string            `json:"media_url"`
}

func (s *Simulator) recordingResource(r *recording) recordingResource {
	made := twilio.Date(r.started)
	return recordingResource{
		SID: r.sid, AccountSID: r.account, APIVersion: twilio.Version, CallSID: r.callSID, Channels: 1,
		DateCreated: made, DateUpdated: made, StartTime: made, Duration: strconv.Itoa(r.seconds()),
		Status: recordingCompleted, Source: recordVerb, PriceUnit: "USD", URI: r.path() + ".json",
		SubresourceURIs: map[string]string{}, MediaURL: s.apiURL() + r.path(),
	}
}

// fetchRecording answers the resource as JSON, or what was said as WAV, which is also the form without an ending.
func (s *Simulator) fetchRecording(w http.ResponseWriter, r *http.Request) {
	sid, form, _ := strings.Cut(r.PathValue("recording"), ".")
	found, ok := s.recordings.find(sid)
	switch {
	case ok && form == "json":
		twilio.WriteJSON(w, http.StatusOK, s.recordingResource(found))
	case ok && (form == "wav" || form == ""):
		w.Header().Set("Content-Type", "audio/x-wav")
		http.ServeContent(w, r, "", found.started, bytes.NewReader(audio.ToWAV(found.ulaw)))
	default:
		twilio.Fail(w, twilio.NotFound(r))
	}
}

func (s *Simulator) deleteRecording(w http.ResponseWriter, r *http.Request) {
	sid, _, _ := strings.Cut(r.PathValue("recording"), ".")
	if !s.recordings.forget(sid) {
		twilio.Fail(w, twilio.NotFound(r))
		return
	}
	w.WriteHeader(http.StatusNoContent)
}
