package agentapi

import (
	"context"
	"net/http"
	"time"

	"guichet/shared/center"
	"guichet/shared/conversation"
	"guichet/shared/deskapi"
	"guichet/shared/mediaapi"
)

// nodePatience is how long a request waits for the media node to end a meeting.
const nodePatience = 10 * time.Second

// meeting is a chat's meeting room.
type meeting struct {
	URL       string    `json:"url" doc:"The agent's own link: it shows them as the host."`
	GuestURL  string    `json:"guestUrl" doc:"The link that was sent to the customer; it lets several people in."`
	ExpiresAt time.Time `json:"expiresAt" doc:"From then on the links let nobody in."`
}

func (a *API) meetings() *conversation.Meetings {
	nodes := &mediaapi.Client{Origin: a.chats.PublicURL, Key: a.key, HTTP: &http.Client{Timeout: nodePatience}, Now: a.dispatcher.Now}
	return &conversation.Meetings{Service: a.chats, Key: a.key, Nodes: nodes}
}

func (a *API) openMeeting(ctx context.Context, me *center.Agent, in *chatInput) (*output[meeting], error) {
	m, err := a.meetings().Open(ctx, me, in.ChatID)
	if err != nil {
		return nil, err
	}
	return &output[meeting]{meeting(m)}, nil
}

func (a *API) closeMeeting(ctx context.Context, me *center.Agent, in *chatInput) (*output[deskapi.Chat], error) {
	return a.chatOr(a.meetings().Close(ctx, me, in.ChatID))
}
