package telephony

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"time"
)

// Recordings fetches what callers have said from Twilio, and deletes it there. It implements voicemail.Recordings.
type Recordings struct {
	account Account
	origin  string
	client  *http.Client
}

const (
	apiOrigin  = "https://api.twilio.com"
	apiVersion = "2010-04-01"
	// fetchPatience is how long Twilio may take to hand out a recording: the workflow's task lasts longer.
	fetchPatience = 40 * time.Second
)

// NewRecordings returns the account's recordings. apiURL is as for NewClient.
func NewRecordings(account Account, apiURL string) *Recordings {
	if apiURL == "" {
		apiURL = apiOrigin
	}
	return &Recordings{account: account, origin: strings.TrimSuffix(apiURL, "/"), client: &http.Client{
		Timeout: fetchPatience,
		// The account's credentials go to the API's host and nowhere else.
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
}

// recordingSID is the form of a RecordingSid (https://www.twilio.com/docs/voice/api/recording#recording-properties).
var recordingSID = regexp.MustCompile(`^RE[0-9a-fA-F]{32}$`)

// RecordingSID tells whether a text names a recording.
func RecordingSID(text string) bool { return recordingSID.MatchString(text) }

// Fetch reads a recording as WAV, of limit bytes at most (https://www.twilio.com/docs/voice/api/recording#fetch-a-recording-media-file).
func (r *Recordings) Fetch(ctx context.Context, sid string, limit int64) ([]byte, error) {
	response, err := r.do(ctx, http.MethodGet, sid, ".wav")
	if err != nil {
		return nil, err
	}
	defer func() { _ = response.Body.Close() }()
	if response.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("fetch recording %s: HTTP %d", sid, response.StatusCode)
	}
	content, err := io.ReadAll(io.LimitReader(response.Body, limit+1))
	if err != nil {
		return nil, fmt.Errorf("fetch recording %s: %w", sid, err)
	}
	if int64(len(content)) > limit {
		return nil, fmt.Errorf("fetch recording %s: it has more than %d bytes", sid, limit)
	}
	return content, nil
}

// Delete removes a recording (https://www.twilio.com/docs/voice/api/recording#delete-a-recording-resource). One that is not there
// is no failure.
func (r *Recordings) Delete(ctx context.Context, sid string) error {
	response, err := r.do(ctx, http.MethodDelete, sid, ".json")
	if err != nil {
		return err
	}
	defer func() { _ = response.Body.Close() }()
	switch response.StatusCode {
	case http.StatusOK, http.StatusNoContent, http.StatusNotFound:
		return nil
	}
	return fmt.Errorf("delete recording %s: HTTP %d", sid, response.StatusCode)
}

// do asks for a recording. Its address is made here, of what names it, and never taken from a webhook.
func (r *Recordings) do(ctx context.Context, method, sid, form string) (*http.Response, error) {
	if !RecordingSID(sid) {
		return nil, fmt.Errorf("recording %q: this names none", sid)
	}
	address := r.origin + "/" + apiVersion + "/Accounts/" + url.PathEscape(r.account.SID) + "/Recordings/" + sid + form
	request, err := http.NewRequestWithContext(ctx, method, address, nil)
	if err != nil {
		return nil, fmt.Errorf("recording %s: %w", sid, err)
	}
	request.SetBasicAuth(r.account.SID, r.account.AuthToken)
	response, err := r.client.Do(request)
	if err != nil {
		return nil, fmt.Errorf("recording %s: %w", sid, err)
	}
	return response, nil
}
