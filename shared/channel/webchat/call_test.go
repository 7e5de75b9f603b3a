package webchat_test

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"guichet/shared/center"
	"guichet/shared/channel/webchat"
	"guichet/shared/dispatch"
	"guichet/shared/mediaapi"
)

// exchange is a media node that has the lines of some contacts, and the visitors' pages.
type exchange struct {
	*dispatch.Dispatcher
	site *site

	mu     sync.Mutex
	lines  map[string]bool
	pushed map[string][]string // by connection, as JSON
	gone   map[string]bool
}

// exchange lets the site's agents call its visitors.
func (s *site) exchange(t *testing.T) *exchange {
	t.Helper()
	x := &exchange{site: s, lines: map[string]bool{}, pushed: map[string][]string{}, gone: map[string]bool{}}
	node := httptest.NewServer(http.HandlerFunc(x.command))
	t.Cleanup(node.Close)
	nodes := &mediaapi.Client{Origin: node.URL, Key: ticketKey, HTTP: node.Client(), Now: s.time}
	x.Dispatcher = &dispatch.Dispatcher{
		Store: s.Store, Directories: s.Directories, Pusher: x, MediaKey: ticketKey, Log: s.Log, Now: s.time,
		Phone: dispatch.Phones{Widget: webchat.NewPhone(s.Store, x, nodes, s.time)},
	}
	s.channel.Calls = x.Dispatcher
	require.NoError(t, x.AudioUp(t.Context(), ana, "session"))
	return x
}

func (x *exchange) command(w http.ResponseWriter, r *http.Request) {
	x.mu.Lock()
	defer x.mu.Unlock()
	body, _ := io.ReadAll(r.Body)
	var c mediaapi.Command
	err := ticketKey.VerifyCommand(r.Header.Get(mediaapi.SignatureHeader), body, x.site.time())
	switch {
	case err != nil, json.Unmarshal(body, &c) != nil, r.URL.Path != mediaapi.CallCommandPath(c.ContactID):
		w.WriteHeader(http.StatusForbidden)
	case !x.lines[c.ContactID]:
		w.WriteHeader(http.StatusNotFound)
	default:
		x.lines[c.ContactID] = c.Action == mediaapi.ActionFind
		w.WriteHeader(http.StatusNoContent)
	}
}

func (x *exchange) setLine(contactID string, there bool) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.lines[contactID] = there
}

func (x *exchange) hasLine(contactID string) bool {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.lines[contactID]
}

// Push implements dispatch.Pusher.
func (x *exchange) Push(_ context.Context, connectionID string, message any) error {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.gone[connectionID] {
		return dispatch.ErrConnectionGone
	}
	text, err := json.Marshal(message)
	x.pushed[connectionID] = append(x.pushed[connectionID], string(text))
	return err
}

// call is made by ana from the visitor's chat.
func (x *exchange) call(t *testing.T, chatID string) (*center.Contact, error) {
	t.Helper()
	call, err := x.site.Dialling(t.Context(), x.site.agent(t), chatID)
	require.NoError(t, err)
	c, err := x.DialOut(t.Context(), ana, call)
	if err == nil {
		require.NoError(t, x.site.CallMade(t.Context(), x.site.agent(t), chatID, c.ID))
	}
	return c, err
}

// chatting is a visitor whose chat ana has, with a page that listens as tab1.
func (s *site) chatting(t *testing.T, address string) (*browser, string) {
	t.Helper()
	v := s.visitor(t, address)
	v.write(t, "Can you call me?")
	chat := s.chat(t)
	_, err := s.Assign(t.Context(), s.agent(t), chat.ID, ana)
	require.NoError(t, err)
	require.NoError(t, s.VisitorConnected(t.Context(), chat.ID, "tab1"))
	return v, chat.ID
}

type posting map[string]string

func TestS22AVisitorIsCalledInTheWidget(t *testing.T) {
	t.Parallel()
	s := open(t)
	x := s.exchange(t)
	v, chatID := s.chatting(t, "192.0.2.1")
	c, err := x.call(t, chatID)
	require.NoError(t, err)
	assert.JSONEq(t, `{"type":"call","call":{"id":"`+c.ID+`","state":"ringing","agent":"Ana","version":1}}`, x.pushed["tab1"][0])
	shown := v.read(t, "")
	require.NotNil(t, shown.Call, "a page that is loaded meanwhile rings, too")
	assert.Equal(t, "ringing", shown.Call.State)

	var admitted struct{ Ticket string }
	v.do(t, http.StatusOK, "POST", "call/answer", posting{"id": c.ID}, &admitted)
	ticket, err := ticketKey.Verify(admitted.Ticket, mediaapi.PurposeVisitorAudio, s.time())
	require.NoError(t, err)
	assert.Equal(t, []string{ana, c.ID, ""}, []string{ticket.AgentID, ticket.ContactID, ticket.CallSID})
	x.setLine(c.ID, true)
	require.NoError(t, x.Joined(t.Context(), c.ID, ana, s.time()))
	assert.Equal(t, "live", v.read(t, "").Call.State)

	v.do(t, http.StatusNoContent, "POST", "call/end", posting{"id": c.ID}, nil)
	v.do(t, http.StatusNoContent, "POST", "call/end", posting{"id": c.ID}, nil)
	assert.False(t, x.hasLine(c.ID))
	assert.Nil(t, v.read(t, "").Call)
	over, err := s.Store.Contact(t.Context(), c.ID, true)
	require.NoError(t, err)
	assert.Equal(t, center.OutcomeHandled, over.Outcome)
	v.refused(t, http.StatusConflict, "call-over", "POST", "call/answer", posting{"id": c.ID})
}

func TestS22AnAgentWhoHangsUpClosesTheVisitorsLine(t *testing.T) {
	t.Parallel()
	s := open(t)
	x := s.exchange(t)
	_, chatID := s.chatting(t, "192.0.2.1")
	c, err := x.call(t, chatID)
	require.NoError(t, err)
	x.setLine(c.ID, true)
	_, err = x.HangUp(t.Context(), ana, c.ID)
	require.NoError(t, err)
	assert.False(t, x.hasLine(c.ID))
}

func TestAVisitorWhoIsGoneIsNotCalled(t *testing.T) {
	t.Parallel()
	s := open(t)
	x := s.exchange(t)
	_, chatID := s.chatting(t, "192.0.2.1")
	x.gone["tab1"] = true
	_, err := x.call(t, chatID)
	assert.Equal(t, "visitor-away", center.SlugOf(err))
	a, err := s.Store.Agent(t.Context(), ana, true)
	require.NoError(t, err)
	assert.Empty(t, a.ContactID, "the agent is free again")
}

func TestACallInTheWidgetIsItsVisitorsAlone(t *testing.T) {
	t.Parallel()
	s := open(t)
	x := s.exchange(t)
	v, chatID := s.chatting(t, "192.0.2.1")
	c, err := x.call(t, chatID)
	require.NoError(t, err)
	stranger := s.visitor(t, "192.0.2.2")
	stranger.write(t, "Hello")
	for _, what := range []string{"call/answer", "call/end"} {
		stranger.refused(t, http.StatusNotFound, "contact-unknown", "POST", what, posting{"id": c.ID})
		stranger.refused(t, http.StatusUnprocessableEntity, "body-invalid", "POST", what, "ringing")
		nobody := s.browser("192.0.2.3")
		nobody.refused(t, http.StatusUnauthorized, "session-unknown", "POST", what, posting{"id": c.ID})
	}
	assert.Equal(t, "ringing", v.read(t, "").Call.State)
}

func TestTheSweeperAsksTheNodeAboutVisitors(t *testing.T) {
	t.Parallel()
	s := open(t)
	x := s.exchange(t)
	_, chatID := s.chatting(t, "192.0.2.1")
	c, err := x.call(t, chatID)
	require.NoError(t, err)
	x.setLine(c.ID, true)
	require.NoError(t, x.Joined(t.Context(), c.ID, ana, s.time()))
	s.pass(2 * dispatch.WidgetRing)
	require.NoError(t, x.Sweep(t.Context()))
	state := func() center.State {
		c, err := s.Store.Contact(t.Context(), c.ID, true)
		require.NoError(t, err)
		return c.State
	}
	assert.Equal(t, center.StateConnected, state())
	x.setLine(c.ID, false)
	require.NoError(t, x.Sweep(t.Context()))
	assert.Equal(t, center.StateEnded, state())
}
