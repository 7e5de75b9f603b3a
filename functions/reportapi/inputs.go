package reportapi

type cardsInput struct {
	QueueIDs []string `query:"queueIds" maxItems:"100" doc:"Absent: all that the agent may see."`
}

type detailsInput struct {
	ID string `path:"id" maxLength:"64" doc:"Of the queue or campaign."`
}

type dayInput struct {
	Date    string `query:"date" format:"date" doc:"By the centre's clock; absent: today."`
	Compare string `query:"compare" format:"date" doc:"The day to compare it with; absent: none."`
	AgentID string `query:"agentId" maxLength:"128" doc:"For supervisors; absent: the own calls."`
}

type weekInput struct {
	From    string `query:"from" format:"date" required:"true" doc:"The first of the seven days."`
	AgentID string `query:"agentId" maxLength:"128" doc:"For supervisors; absent: the own calls."`
}

// ReportQuery says what is reported. It is exported for huma, which does not see what an unexported part of an input has.
type ReportQuery struct {
	From  string   `query:"from" format:"date" required:"true"`
	To    string   `query:"to" format:"date" required:"true" doc:"Belongs to the report; at most 13 months after from, by hour at most 31 days."`
	By    string   `query:"by" enum:"hour,day,month,period" default:"day" doc:"What a row is of; period: all days of the report together. Agents are not reported by hour."`
	Group string   `query:"group" enum:"queue,agent,campaign,channel" default:"queue"`
	IDs   []string `query:"ids" maxItems:"100" doc:"Which queues, agents, campaigns or channels; absent: all."`
}

type reportFileInput struct {
	ReportQuery
	Language string `query:"language" enum:"en,fr" default:"en" doc:"Of the headings."`
}
