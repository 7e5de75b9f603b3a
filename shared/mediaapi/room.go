package mediaapi

import "time"

// Role says as whom a link lets its bearer into a meeting room.
type Role string

// Roles in a room.
const (
	RoleHost  Role = "host"  // an agent, whose name the ticket gives
	RoleGuest Role = "guest" // whoever was sent the link
)

const (
	// RoomPath is where nodes serve rooms: GET RoomPath/{id} is the signalling WebSocket.
	RoomPath = "/media/rooms"
	// MeetingPath is the page that a room's link opens. The ticket is its fragment, which browsers send to nobody.
	MeetingPath = "/meet/"
)

// RoomClosePath is where RoomClosing of a room is posted, signed with SignClosing in SignatureHeader. A node answers 204.
func RoomClosePath(roomID string) string { return RoomPath + "/" + roomID + "/close" }

// RoomClosing ends a room and refuses its links from then on.
type RoomClosing struct {
	RoomID string `json:"roomId"`
	// LinksExpireUnix is when the last of its links runs out by itself, in seconds since the epoch: until then the node
	// remembers that the room is closed.
	LinksExpireUnix int64 `json:"linksExpireUnix"`
}

// SignClosing returns the value of SignatureHeader for a body sent at now.
func (k Key) SignClosing(body []byte, now time.Time) string { return k.signBody("closing", body, now) }

// VerifyClosing checks the value of SignatureHeader against the body. It fails with ErrEventSignature.
func (k Key) VerifyClosing(header string, body []byte, now time.Time) error {
	return k.verifyBody("closing", header, body, now)
}
