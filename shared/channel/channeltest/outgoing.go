package channeltest

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/shared/channel"
)

// Outgoing is one message to send, what the provider is asked, and what comes of it.
type Outgoing struct {
	Name    string
	Message channel.Outgoing
	Answers []Answer  // of the provider, in turn
	Want    []Request // what it is asked, exactly
	ID      string    // what Send returns
	Err     *channel.SendError
}

// Answer is what the provider answers to one request. Status 0 means that it hangs up.
type Answer struct {
	Status int
	Body   string
}

// Request is what the provider was asked.
type Request struct {
	Method string
	Path   string
	Query  url.Values
	Header map[string]string // of the provider's choice of headers
	Body   string
}

// api is a provider's API that notes what it is asked and answers from a list.
type api struct {
	t       *testing.T
	headers []string
	answers []Answer
	asked   []Request
}

func (a *api) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	assert.NoError(a.t, err)
	asked := Request{Method: r.Method, Path: r.URL.Path, Query: r.URL.Query(), Body: string(body)}
	if len(asked.Query) == 0 {
		asked.Query = nil
	}
	for _, name := range a.headers {
		if asked.Header == nil {
			asked.Header = map[string]string{}
		}
		asked.Header[name] = r.Header.Get(name)
	}
	a.asked = append(a.asked, asked)
	if len(a.answers) == 0 || a.answers[0].Status == 0 {
		panic(http.ErrAbortHandler)
	}
	w.WriteHeader(a.answers[0].Status)
	_, _ = io.WriteString(w, a.answers[0].Body)
	a.answers = a.answers[1:]
}

// Ask runs do against a channel whose provider gives the answers, and returns what the provider was asked. headers are
// those that matter.
func Ask(t *testing.T, build func(apiURL string) channel.Channel, headers []string, answers []Answer, do func(context.Context, channel.Channel)) []Request {
	t.Helper()
	a := &api{t: t, headers: headers, answers: answers}
	server := httptest.NewServer(a)
	defer server.Close()
	do(t.Context(), build(server.URL))
	server.Close() // waits until every request is served to its end
	assert.Empty(t, a.answers, "every answer is asked for")
	return a.asked
}

// Send checks each case.
func Send(t *testing.T, build func(apiURL string) channel.Channel, headers []string, cases []Outgoing) {
	t.Helper()
	for _, tc := range cases {
		t.Run(tc.Name, func(t *testing.T) {
			t.Parallel()
			asked := Ask(t, build, headers, tc.Answers, func(ctx context.Context, c channel.Channel) {
				id, err := c.Send(ctx, tc.Message)
				assert.Equal(t, tc.ID, id)
				if tc.Err == nil {
					require.NoError(t, err)
					return
				}
				require.ErrorIs(t, err, tc.Err)
				assert.Equal(t, tc.Err.Retryable, channel.AsSendError(err).Retryable, "%v", err)
			})
			assert.Equal(t, tc.Want, asked)
		})
	}
}
