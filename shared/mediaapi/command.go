package mediaapi

import "time"

// CallPath is where nodes take commands on calls: POST CallCommandPath with a Command, signed with SignCommand in
// SignatureHeader. The node that has the call answers 204, and 404 when it has none of that contact.
const CallPath = "/media/calls"

// CallCommandPath is where commands on a contact's call are posted.
func CallCommandPath(contactID string) string { return CallPath + "/" + contactID + "/commands" }

// Action is what a node is to do with a call.
type Action string

const (
	// ActionFind does nothing: the answer tells whether the call is there.
	ActionFind Action = "find"
	// ActionEnd closes the customer's line. The node reports ContactLeft with the reason LeftEnded.
	ActionEnd Action = "end"
	// ActionPlay plays a recorded message to everybody, mixed with what they say; one that played before stops. The node reports
	// ContactPlayed when it is over.
	ActionPlay Action = "play"
	// ActionHold lets the customer hear music and nobody else, and nobody them. Of Hold and Resume the one with the highest Version
	// counts, whatever the order in which they come.
	ActionHold Action = "hold"
	// ActionResume ends ActionHold.
	ActionResume Action = "resume"
	// ActionDigits plays Digits as DTMF tones to everybody, after those that still sound.
	ActionDigits Action = "digits"
	// ActionStop ends the recorded message that is named, if it plays.
	ActionStop Action = "stop"
	// ActionGuest says who is in the call beside the customer and its agent: the guest GuestID, which is the agent
	// GuestAgentID, or without one a line that comes with a ticket of that GuestID. Without a GuestID it is nobody. Of Guest and
	// Transfer the one with the highest Version counts; their versions are not those of Hold and Resume.
	ActionGuest Action = "guest"
	// ActionTransfer makes AgentID the call's agent. The customer is not on hold then, and the new agent is no guest.
	ActionTransfer Action = "transfer"
)

// Command is one thing to do with a contact's call. Every one of them may be repeated without another effect.
type Command struct {
	ContactID string `json:"contactId"`
	Action    Action `json:"action"`
	// PlaybackID names a recorded message, or digits, in this call: played again under the same name, they go on.
	PlaybackID string `json:"playbackId,omitempty"`
	// SoundURL is where to fetch it from, within minutes: WAV, 8 kHz, mono, 16-bit PCM. Play only.
	SoundURL string `json:"soundUrl,omitempty"`
	// Digits are 0–9, * and #. Digits only.
	Digits string `json:"digits,omitempty"`
	// AgentID is who has the call from now on. Transfer only.
	AgentID string `json:"agentId,omitempty"`
	// GuestID names an invitation in this call. Guest only.
	GuestID string `json:"guestId,omitempty"`
	// GuestAgentID is the agent who is that guest, not the call's own; empty for a line. Guest only.
	GuestAgentID string `json:"guestAgentId,omitempty"`
	// Version orders Hold and Resume, and Guest and Transfer.
	Version int64 `json:"version,omitempty"`
}

// SignCommand returns the value of SignatureHeader for a body sent at now.
func (k Key) SignCommand(body []byte, now time.Time) string { return k.signBody("command", body, now) }

// VerifyCommand checks the value of SignatureHeader against the body. It fails with ErrEventSignature.
func (k Key) VerifyCommand(header string, body []byte, now time.Time) error {
	return k.verifyBody("command", header, body, now)
}
