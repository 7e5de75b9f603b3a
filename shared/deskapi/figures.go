package deskapi

import "time"

// Figures are what happened in a period, and the rates of it. Zeros are left out, and so are rates of nothing. What each means
// is in docs/metrics.md; durations are in seconds.
type Figures struct {
	Queued         int     `json:"queued,omitempty"`
	Handled        int     `json:"handled,omitempty"`
	Abandoned      int     `json:"abandoned,omitempty" doc:"Short ones too."`
	ShortAbandoned int     `json:"shortAbandoned,omitempty"`
	TimedOut       int     `json:"timedOut,omitempty"`
	Failed         int     `json:"failed,omitempty"`
	Incomplete     int     `json:"incomplete,omitempty"`
	Overflowed     int     `json:"overflowed,omitempty"`
	Callbacks      int     `json:"callbacks,omitempty"`
	AnsweredWithin int     `json:"answeredWithin,omitempty" doc:"Within the queue's service-level time."`
	RemovedWithin  int     `json:"removedWithin,omitempty" doc:"Within the queue's service-level time."`
	Taken          int     `json:"taken,omitempty" doc:"Missed calls that a campaign has taken on."`
	Dialled        int     `json:"dialled,omitempty" doc:"Missed calls that were dialled for the first time."`
	Attempts       int     `json:"attempts,omitempty"`
	Opened         int     `json:"opened,omitempty" doc:"Of chats."`
	Assigned       int     `json:"assigned,omitempty" doc:"Of chats."`
	Resolved       int     `json:"resolved,omitempty" doc:"Of chats."`
	Calls          int     `json:"calls,omitempty" doc:"Of an agent: calls taken and made."`
	WaitSeconds    float64 `json:"waitSeconds,omitempty"`
	LongestWait    float64 `json:"longestWaitSeconds,omitempty"`
	TalkSeconds    float64 `json:"talkSeconds,omitempty"`
	HoldSeconds    float64 `json:"holdSeconds,omitempty"`
	WrapUpSeconds  float64 `json:"wrapUpSeconds,omitempty"`
	HandleSeconds  float64 `json:"handleSeconds,omitempty" doc:"Talk, hold and wrap-up."`

	AverageHandle        *float64 `json:"averageHandleSeconds,omitempty"`
	AverageTalk          *float64 `json:"averageTalkSeconds,omitempty"`
	AverageWait          *float64 `json:"averageWaitSeconds,omitempty" doc:"Of answered calls."`
	ServiceLevel         *float64 `json:"serviceLevelPercent,omitempty" doc:"Removed from the queue within its time, of the queued."`
	AnsweredLevel        *float64 `json:"answeredLevelPercent,omitempty" doc:"Answered within the queue's time, of the queued without short abandons."`
	AbandonRate          *float64 `json:"abandonPercent,omitempty"`
	FirstResponse        *float64 `json:"firstResponseSeconds,omitempty" doc:"Average of chats."`
	LongestFirstResponse float64  `json:"longestFirstResponseSeconds,omitempty"`

	IdleSeconds     float64  `json:"idleSeconds,omitempty" doc:"Of an agent: ready, and without a call or a chat."`
	ChattingSeconds float64  `json:"chattingSeconds,omitempty" doc:"Of an agent: ready, without a call, with a chat."`
	Occupancy       *float64 `json:"occupancyPercent,omitempty" doc:"Of an agent: handling and chatting, of these and idle."`
}

// LoggedCall is one agent's part in a call that is over.
type LoggedCall struct {
	ContactID     string     `json:"contactId"`
	Kind          string     `json:"kind" enum:"inbound,outbound,callback,campaign,direct"`
	QueueID       string     `json:"queueId,omitempty"`
	Number        string     `json:"number,omitempty" doc:"The customer's, E.164; absent when withheld."`
	Name          string     `json:"name,omitempty"`
	AcceptedAt    time.Time  `json:"acceptedAt"`
	ConnectedAt   *time.Time `json:"connectedAt,omitempty" doc:"Absent when customer and agent never heard each other."`
	EndedAt       time.Time  `json:"endedAt" doc:"When the agent left the call."`
	Outcome       string     `json:"outcome" enum:"handled,failed,unanswered,incomplete,abandoned,timedOut,passedOn,lost" doc:"passedOn: to a colleague or a queue; lost: the call went back in line."`
	WaitSeconds   float64    `json:"waitSeconds"`
	TalkSeconds   float64    `json:"talkSeconds"`
	HoldSeconds   float64    `json:"holdSeconds"`
	WrapUpSeconds float64    `json:"wrapUpSeconds"`
	HandleSeconds float64    `json:"handleSeconds"`
}

// CallCount sums calls up.
type CallCount struct {
	Calls         int      `json:"calls"`
	TalkSeconds   float64  `json:"talkSeconds"`
	HandleSeconds float64  `json:"handleSeconds"`
	AverageTalk   *float64 `json:"averageTalkSeconds,omitempty"`
	AverageHandle *float64 `json:"averageHandleSeconds,omitempty"`
}

// CallList is calls of one type, by time of acceptance, and their sums.
type CallList struct {
	CallCount
	List []LoggedCall `json:"list" nullable:"false"`
}

// ActivityDay is an agent's calls of one day. A call belongs to the day on which the agent accepted it, and is listed when its
// wrap-up is over.
type ActivityDay struct {
	Date       string   `json:"date" format:"date"`
	QueueTaken CallList `json:"queueTaken" doc:"Calls of queues and campaigns that the agent took."`
	OtherTaken CallList `json:"otherTaken" doc:"Calls to the agent's own number."`
	OtherMade  CallList `json:"otherMade" doc:"Calls that the agent made."`
}

// ActivityOfDay is a day of an agent, and the one it is compared with.
type ActivityOfDay struct {
	AgentID string       `json:"agentId"`
	Zone    string       `json:"zone" doc:"IANA name of the centre's time zone, by which the days are."`
	Day     ActivityDay  `json:"day"`
	Compare *ActivityDay `json:"compare,omitempty"`
}

// DayCount is one day of a week.
type DayCount struct {
	Date       string    `json:"date" format:"date"`
	QueueTaken CallCount `json:"queueTaken"`
	OtherTaken CallCount `json:"otherTaken"`
	OtherMade  CallCount `json:"otherMade"`
}

// ActivityOfWeek is seven days of an agent.
type ActivityOfWeek struct {
	AgentID string     `json:"agentId"`
	Zone    string     `json:"zone"`
	Days    []DayCount `json:"days" nullable:"false"`
	Total   DayCount   `json:"total" doc:"Its date is the week's first."`
}
