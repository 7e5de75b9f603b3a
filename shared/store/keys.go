package store

import (
	"fmt"
	"time"

	"guichet/shared/center"
)

// Names that the table's definition (infra/stacks, CreateTable) and every access pattern share.
const (
	PartitionKey = "pk"
	SortKey      = "sk"
	// ReadyIndex is a local index, because only a local one can be read with strong consistency. It lists the
	// available agents, longest idle first, and nobody else.
	ReadyIndex   = "ready"
	ReadySortKey = "ready"
	TTLAttribute = "ttl"
)

// Every key of the table, one line a noun.
const (
	agentPartition      = "AGENT"      // sk: agent id
	connectionPartition = "CONNECTION" // sk: connection id
	visitorPartition    = "VISITOR"    // sk: connection id
	configPartition     = "CONFIG"     // sk: QUEUE#id, NUMBER#E.164, INBOX#channel:inbox, WIDGET#key, SETTINGS
	contactSort         = "CONTACT"    // pk: CONTACT#contact id
	ticketSort          = "TICKET"     // pk: TICKET#ticket id
	settingsSort        = "SETTINGS"
	queueSortPrefix     = "QUEUE#"
	numberSortPrefix    = "NUMBER#"
	inboxSortPrefix     = "INBOX#"
	widgetSortPrefix    = "WIDGET#"
	lineNumberPrefix    = "LINE#"     // pk: CONFIG; sk: LINE#E.164
	waitSortPrefix      = "WAIT#"     // pk: QUEUE#queue id, QUEUE#line:agent id; sk: WAIT#priority#entered#contact id
	laterSortPrefix     = "LATER#"    // pk: QUEUE#queue id; sk: LATER#due#contact id
	inSortPrefix        = "IN#"       // pk: QUEUE#queue id; sk: IN#agent id
	openSortPrefix      = "OPEN#"     // pk: QUEUE#queue id; sk: OPEN#chat id
	paceSort            = "PACE"      // pk: QUEUE#queue id
	claimSort           = "CLAIM"     // pk: CLAIM#what is claimed
	chatSort            = "CHAT"      // pk: CHAT#chat id
	messageSortPrefix   = "MESSAGE#"  // pk: CHAT#chat id; sk: MESSAGE#time#message id
	seenSortPrefix      = "SEEN#"     // pk: CHAT#chat id; sk: SEEN#message id
	lineSortPrefix      = "CHATLINE#" // pk: QUEUE#queue id; sk: CHATLINE#entered#chat id
	doneSortPrefix      = "CHATDONE#" // pk: QUEUE#queue id; sk: CHATDONE#resolved#chat id
	optOutSort          = "OPTOUT"    // pk: OPTOUT#chat id
	setAsidePartition   = "ASIDE"     // sk: id, a ULID
	tagPartition        = "TAG"       // sk: TAG#tag
	tagSortPrefix       = "TAG#"
	fileSort            = "FILE"      // pk: FILE#file id
	cannedSortPrefix    = "CANNED#"   // pk: CANNED#agent id, CANNEDPUBLIC; sk: CANNED#id
	shortcutSortPrefix  = "SHORTCUT#" // pk: as the message's; sk: SHORTCUT#shortcut
	voicemailPrefix     = "VOICEMAIL#"
	agentLogPrefix      = "LOG#"
	queueLogPrefix      = "STAY#"
)

// timeLayout is RFC 3339 with milliseconds in UTC: fixed width, so that it sorts as text.
const timeLayout = "2006-01-02T15:04:05.000Z"

func contactPartition(contactID string) string { return "CONTACT#" + contactID }
func limitPartition(who string) string         { return "LIMIT#" + who } // sk: start of the window
func ticketPartition(ticketID string) string   { return "TICKET#" + ticketID }
func queuePartition(queueID string) string     { return "QUEUE#" + queueID }

func voicemailPartition(lineID string) string { return voicemailPrefix + lineID } // sk: voicemail id

func recordingPartition(agentID string) string { return "RECORDING#" + agentID } // sk: recording id

// countPartition holds a month of a queue's counts, so that a report of a year is 12 queries.
func countPartition(queueID, day string) string {
	return "COUNT#" + queueID + "#" + day[:len("2006-01")]
}

// countSort orders counts by day and hour: day#hour#shard of the stream.
func countSort(day string, hour time.Time, shard string) string {
	return day + "#" + formatTime(hour) + "#" + shard
}

func agentDaysPartition(agentID string) string { return "DAYS#" + agentID } // sk: day

func agentLogPartition(agentID, day string) string { return agentLogPrefix + agentID + "#" + day } // sk: accepted#contact id
func queueLogPartition(lineID, day string) string  { return queueLogPrefix + lineID + "#" + day }  // sk: entered#contact id

func chatPartition(chatID string) string   { return "CHAT#" + chatID }
func optOutPartition(chatID string) string { return "OPTOUT#" + chatID }

func filePartition(fileID string) string { return "FILE#" + fileID }

// cannedPartition is the scope in which a canned message's shortcut is unique.
func cannedPartition(ownerID string, public bool) string {
	if public {
		return "CANNEDPUBLIC"
	}
	return "CANNED#" + ownerID
}

// lineSort orders the chats that wait for an agent: oldest first.
func lineSort(c *center.Chat) string { return lineSortPrefix + formatTime(c.EnteredAt) + "#" + c.ID }

func doneSort(c *center.Chat) string { return doneSortPrefix + formatTime(c.ResolvedAt) + "#" + c.ID }

// waitSort orders a queue: priority, then time of entry.
func waitSort(c *center.Contact) string {
	return fmt.Sprintf("%s%03d#%s#%s", waitSortPrefix, c.Priority, formatTime(c.EnteredAt), c.ID)
}

// laterSort orders the calls that a queue is to make.
func laterSort(c *center.Contact) string {
	return laterSortPrefix + formatTime(c.DueAt) + "#" + c.ID
}

// placeSort is the contact's place: in line, or on the schedule.
func placeSort(c *center.Contact) string {
	if c.Scheduled() {
		return laterSort(c)
	}
	return waitSort(c)
}

func claimPartition(what string) string { return "CLAIM#" + what }

func readySort(a *center.Agent) string {
	if !a.Available() {
		return ""
	}
	return formatTime(a.IdleSince) + "#" + a.ID
}

func formatTime(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(timeLayout)
}

func parseTime(s string) (time.Time, error) {
	if s == "" {
		return time.Time{}, nil
	}
	return time.Parse(timeLayout, s)
}
