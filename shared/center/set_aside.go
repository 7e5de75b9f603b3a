package center

import "time"

// PrefixSetAside names payloads that were set aside.
const PrefixSetAside = "sa_"

// SetAside is what a provider sent and nobody could understand, kept for admins to see.
type SetAside struct {
	ID      string
	Channel string
	At      time.Time
	Reason  string
	Payload string
}
