package deskapi

import "time"

// Card is what is going on in one queue or campaign: numbers and moments, no running durations, which desks count themselves.
// Of two cards of a queue the one with the later At holds. What each figure means is in docs/metrics.md.
type Card struct {
	QueueID  string        `json:"queueId"`
	Kind     string        `json:"kind" enum:"voice,chat,campaign"`
	At       time.Time     `json:"at" doc:"When the figures were read: the card with the later one holds."`
	Day      string        `json:"day" format:"date" doc:"The day of the figures of today, by the centre's clock."`
	DayEnds  time.Time     `json:"dayEnds" doc:"When that day is over: the figures of today then begin anew."`
	LoggedIn int           `json:"loggedIn" doc:"Agents who are ready or paused in the queue, with a desk open."`
	Voice    *VoiceCard    `json:"voice,omitempty" doc:"Of a call queue."`
	Campaign *CampaignCard `json:"campaign,omitempty" doc:"Of a campaign."`
	Chat     *ChatCard     `json:"chat,omitempty" doc:"Of a chat queue."`
}

// VoiceCard is the card of a call queue.
type VoiceCard struct {
	Waiting              int        `json:"waiting" doc:"Callers in line."`
	WaitingSince         *time.Time `json:"waitingSince,omitempty" doc:"Since when the one who has waited longest waits."`
	ServiceLevelSeconds  int        `json:"serviceLevelSeconds" doc:"Who waits longer than this waits too long."`
	AverageHandleSeconds *float64   `json:"averageHandleSeconds,omitempty" doc:"Of today; absent while no call was handled."`
	Total                int        `json:"total" doc:"Calls that came to the queue today."`
	Handled              int        `json:"handled"`
	Abandoned            int        `json:"abandoned"`
	TimedOut             int        `json:"timedOut"`
	Failed               int        `json:"failed"`
	Incomplete           int        `json:"incomplete" doc:"Callbacks that reached nobody."`
	Callbacks            int        `json:"callbacks" doc:"Callers who asked today to be called back."`
	Scheduled            int        `json:"scheduled" doc:"Callbacks whose time has not come."`
}

// CampaignCard is the card of a campaign.
type CampaignCard struct {
	NotDialled           int      `json:"notDialled" doc:"Missed calls that have not been dialled yet, of any day."`
	DialledPercent       *float64 `json:"dialledPercent,omitempty" doc:"Of the missed calls that there were to dial today: those dialled; absent when there were none."`
	Dialled              int      `json:"dialled" doc:"Missed calls that were dialled for the first time today."`
	Waiting              int      `json:"waiting" doc:"Calls that are to be made now and wait for an agent."`
	AverageHandleSeconds *float64 `json:"averageHandleSeconds,omitempty" doc:"Of today; absent while nobody was reached."`
	Total                int      `json:"total" doc:"Calls made today: attempts."`
	Handled              int      `json:"handled"`
	Incomplete           int      `json:"incomplete" doc:"Missed calls that were given up today."`
}

// ChatCard is the card of a chat queue.
type ChatCard struct {
	Unassigned           int        `json:"unassigned"`
	UnassignedSince      *time.Time `json:"unassignedSince,omitempty" doc:"Since when the unassigned chat that has waited longest waits for an agent's reply."`
	AssignedSince        *time.Time `json:"assignedSince,omitempty" doc:"The same of assigned chats."`
	AwaitingAgent        int        `json:"awaitingAgent" doc:"Assigned chats whose customer waits for a reply."`
	AwaitingCustomer     int        `json:"awaitingCustomer" doc:"Assigned chats in which the customer has the word."`
	AwaitingReply        int        `json:"awaitingReply" doc:"All chats, assigned or not, whose customer waits for a reply."`
	Opened               int        `json:"opened" doc:"Today."`
	Resolved             int        `json:"resolved" doc:"Today."`
	FirstResponseSeconds *float64   `json:"firstResponseSeconds,omitempty" doc:"Average of today; absent while there was none."`
}

// Messages about cards on the realtime connection.
const (
	TypeCards = "cards" // server → desk: Cards
	TypeWatch = "watch" // desk → server: Watch
)

// Cards tells the desks that watch of queues that have changed.
type Cards struct {
	Type  string `json:"type"`
	Cards []Card `json:"cards"`
}

// Watch names the queues whose cards a desk wants to be told of from now on, in place of those before; none: no more. Those that
// the agent may not see are left out. It is for this connection: a desk that opens another says it again.
type Watch struct {
	Type     string   `json:"type"`
	QueueIDs []string `json:"queueIds"`
	// AgentsOf are those of them of which the desk shows the agents, too: it is told when one of these does something else, although
	// the card is as it was.
	AgentsOf []string `json:"agentsOf,omitempty"`
}

// MaxWatched is how many queues a desk may watch.
const MaxWatched = 100
