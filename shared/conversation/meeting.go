package conversation

import (
	"context"
	"strings"
	"time"

	"guichet/shared/center"
	"guichet/shared/mediaapi"
	"guichet/shared/store"
)

// MeetingLifetime is how long the links of a meeting room let people in.
const MeetingLifetime = 12 * time.Hour

// Meetings gives chats meeting rooms on the media node.
type Meetings struct {
	*Service
	Key   mediaapi.Key // signs links
	Nodes *mediaapi.Client
}

// Meeting is a chat's room.
type Meeting struct {
	URL       string // the agent's own link
	GuestURL  string // the customer's, and whomever they invite
	ExpiresAt time.Time
}

// Open gives the chat a meeting room and sends the customer its link. A chat that has one keeps it, and the link is not
// sent again; nor is it by a repeat of a request that was cut off.
func (s *Meetings) Open(ctx context.Context, by *center.Agent, chatID string) (Meeting, error) {
	c, err := s.update(ctx, chatID, func(c *center.Chat) (store.ChatChange, error) {
		if err := visible(by, c); err != nil {
			return store.ChatChange{}, err
		}
		if err := s.maySend(by, c); err != nil {
			return store.ChatChange{}, err
		}
		now := s.Now()
		if c.RoomID != "" && now.Before(meetingEnd(c.RoomID)) {
			return store.ChatChange{}, store.ErrUnchanged
		}
		c.RoomID = center.NewID(center.PrefixRoom, now)
		event := s.event(c, center.Event{Kind: center.EventMeeting, By: by.ID})
		return store.ChatChange{Messages: []*center.Message{event}}, nil
	})
	if err != nil {
		return Meeting{}, err
	}
	meeting, err := s.links(c.RoomID, by.Name)
	if err != nil {
		return Meeting{}, err
	}
	return meeting, s.invite(ctx, by, c, meeting.GuestURL)
}

// invite sends the guests' link, once a room: the message's id follows from the room's.
func (s *Meetings) invite(ctx context.Context, by *center.Agent, c *center.Chat, link string) error {
	id := center.PrefixMessage + strings.TrimPrefix(c.RoomID, center.PrefixRoom)
	invitation := &center.Message{ID: id, At: center.TimeOf(id)}
	if _, err := s.Store.Message(ctx, c.ID, invitation.Key(), true); center.CodeOf(err) != center.NotFound {
		return err
	}
	text, err := s.invitation(ctx, c)
	if err != nil {
		return err
	}
	_, err = s.Send(ctx, by, c.ID, Draft{ID: id, Kind: center.KindText, Text: text + link})
	return err
}

// invitation is in the customer's language, or else in the queue's.
func (s *Meetings) invitation(ctx context.Context, c *center.Chat) (string, error) {
	language := c.Customer.Language
	if language == "" {
		dir, err := s.Directories.Directory(ctx)
		if err != nil {
			return "", err
		}
		language = dir.Queues[c.QueueID].Language
	}
	if strings.HasPrefix(language, "fr") {
		return "Rejoignez la réunion : ", nil
	}
	return "Join the meeting: ", nil
}

// links are always the same for a room.
func (s *Meetings) links(roomID, host string) (Meeting, error) {
	m := Meeting{ExpiresAt: meetingEnd(roomID)}
	ticket := mediaapi.Ticket{Purpose: mediaapi.PurposeRoom, RoomID: roomID, Role: mediaapi.RoleGuest, ExpiresUnix: m.ExpiresAt.Unix()}
	guest, err := s.Key.Sign(ticket)
	if err != nil {
		return m, err
	}
	ticket.Role, ticket.Name = mediaapi.RoleHost, host
	own, err := s.Key.Sign(ticket)
	m.URL, m.GuestURL = s.PublicURL+mediaapi.MeetingPath+"#"+own, s.PublicURL+mediaapi.MeetingPath+"#"+guest
	return m, err
}

// meetingEnd is when a room's links expire.
func meetingEnd(roomID string) time.Time { return center.TimeOf(roomID).Add(MeetingLifetime) }

// Close ends the chat's meeting: the node sends everybody out and refuses the links. The chat keeps its room until the node
// has done so, so that it can be tried again.
func (s *Meetings) Close(ctx context.Context, by *center.Agent, chatID string) (*center.Chat, error) {
	c, err := s.Visible(ctx, by, chatID)
	if err != nil || c.RoomID == "" {
		return c, err
	}
	if c.HeldBy() != by.ID && !by.Role.Supervises() {
		return nil, center.Errorf(center.Conflict, "chat-not-yours", "assign the conversation to yourself first")
	}
	return s.end(ctx, chatID, c.RoomID)
}

// Resolve resolves the chat, and then ends its meeting: a chat that is over leaves no door open. Should the node not answer,
// the chat is resolved all the same, and its links expire.
func (s *Meetings) Resolve(ctx context.Context, by *center.Agent, chatID string) (*center.Chat, error) {
	c, err := s.Service.Resolve(ctx, by, chatID)
	if err != nil || c.RoomID == "" {
		return c, err
	}
	closed, err := s.end(ctx, chatID, c.RoomID)
	if err != nil {
		s.Log.ErrorContext(ctx, "meeting of a resolved chat not closed", "chat", chatID, "error", err)
		return c, nil
	}
	return closed, nil
}

func (s *Meetings) end(ctx context.Context, chatID, roomID string) (*center.Chat, error) {
	if err := s.revoke(ctx, roomID); err != nil {
		return nil, err
	}
	return s.update(ctx, chatID, func(c *center.Chat) (store.ChatChange, error) {
		if c.RoomID != roomID {
			return store.ChatChange{}, store.ErrUnchanged
		}
		c.RoomID = ""
		return store.ChatChange{}, nil
	})
}

func (s *Meetings) revoke(ctx context.Context, roomID string) error {
	return s.Nodes.CloseRoom(ctx, mediaapi.RoomClosing{RoomID: roomID, LinksExpireUnix: meetingEnd(roomID).Unix()})
}
