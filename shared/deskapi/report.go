package deskapi

import "time"

// QueueAgent is an agent who is logged in to a queue.
type QueueAgent struct {
	ID         string     `json:"id"`
	Name       string     `json:"name"`
	Status     string     `json:"status" enum:"ready,paused"`
	Reason     string     `json:"reason,omitempty"`
	State      string     `json:"state" enum:"idle,paused,ringing,inCall,wrapUp" doc:"What the agent is doing, for whichever queue."`
	StateSince *time.Time `json:"stateSince,omitempty" doc:"Absent when not known."`
	Chats      int        `json:"chats" doc:"How many the agent holds."`
}

// QueueContact is a call that waits in a queue, rings, or will be made.
type QueueContact struct {
	ContactID string     `json:"contactId"`
	State     string     `json:"state" enum:"scheduled,waiting"`
	Kind      string     `json:"kind" enum:"inbound,callback,campaign"`
	Number    string     `json:"number,omitempty" doc:"The customer's, E.164; for agents all but its last digits are masked."`
	Name      string     `json:"name,omitempty" doc:"For supervisors."`
	EnteredAt time.Time  `json:"enteredAt"`
	DueAt     *time.Time `json:"dueAt,omitempty" doc:"When a scheduled call will be tried."`
	Attempt   int        `json:"attempt" doc:"Attempts so far."`
}

// QueueHour is one hour of a queue.
type QueueHour struct {
	At      time.Time `json:"at" doc:"When the hour begins."`
	Figures Figures   `json:"figures"`
}

// QueueDetails are what a card stands for.
type QueueDetails struct {
	Card     Card           `json:"card"`
	Agents   []QueueAgent   `json:"agents" nullable:"false"`
	Contacts []QueueContact `json:"contacts" nullable:"false" doc:"At most 100, those whose turn comes first."`
	Hours    []QueueHour    `json:"hours" nullable:"false" doc:"The hours of today in which anything happened."`
	Zone     string         `json:"zone" doc:"IANA name of the centre's time zone, by which the hours are."`
	Today    Figures        `json:"today"`
}

// CardList is the cards that were asked for.
type CardList struct {
	Cards []Card `json:"cards" nullable:"false"`
}

// ReportRow is one line of a report.
type ReportRow struct {
	From    time.Time `json:"from" doc:"When the hour or the day begins."`
	Date    string    `json:"date" format:"date"`
	ID      string    `json:"id" doc:"Of the queue, campaign or agent; the channel's name."`
	Name    string    `json:"name"`
	Figures Figures   `json:"figures"`
}

// Report is what happened in a time, by time and by queue, agent, campaign or channel.
type Report struct {
	From  string      `json:"from" format:"date"`
	To    string      `json:"to" format:"date" doc:"Belongs to it."`
	By    string      `json:"by" enum:"hour,day,month,period"`
	Group string      `json:"group" enum:"queue,agent,campaign,channel"`
	Zone  string      `json:"zone"`
	Total Figures     `json:"total" doc:"Of all rows."`
	Rows  []ReportRow `json:"rows" nullable:"false"`
}

// Supervision is the whole centre at a glance.
type Supervision struct {
	Cards    []Card    `json:"cards" nullable:"false"`
	Agents   []Agent   `json:"agents" nullable:"false"`
	Contacts []Contact `json:"contacts" nullable:"false" doc:"The calls that agents have."`
}
