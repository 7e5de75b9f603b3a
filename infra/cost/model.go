package cost

// What is assumed of how long functions run, in seconds: they wait for the database, and when an agent answers, for Twilio. It is far above
// what is measured on one machine, where neither is far away.
const (
	requestSeconds = 0.1  // those that somebody waits for
	changeSeconds  = 0.25 // the others: that of the cards waits up to a second for the next ones
)

// What memory they have.
const (
	RequestGB = 0.5
	ChangeGB  = 0.25
)

// Marginal is what some counts cost, in dollars: what would not be paid without them.
func (c Counts) Marginal() float64 {
	invocations := c.Requests + 2*c.Changes + c.Tasks
	gbSeconds := c.Requests*requestSeconds*RequestGB + (2*c.Changes+c.Tasks)*changeSeconds*ChangeGB
	return c.Writes*writeUnit.USD + c.Reads*readUnit.USD + c.Transitions*stateTransition.USD + c.Requests*(httpRequest.USD+edgeRequest.USD+guarded.USD) +
		c.Messages*socketMessage.USD + invocations*invocation.USD + gbSeconds*compute.USD
}

// Parts are the same by service.
func (c Counts) Parts() []Part {
	functions := c
	functions.Writes, functions.Reads, functions.Transitions, functions.Messages = 0, 0, 0, 0
	requests := c.Requests * (httpRequest.USD + edgeRequest.USD + guarded.USD)
	return []Part{
		{"Step Functions", c.Transitions * stateTransition.USD},
		{"Lambda", functions.Marginal() - requests},
		{"WebSocket messages", c.Messages * socketMessage.USD},
		{"HTTP API, CloudFront and web ACL", requests},
		{"DynamoDB", c.Writes*writeUnit.USD + c.Reads*readUnit.USD},
	}
}

// Part is a line of a bill, in dollars.
type Part struct {
	What string
	USD  float64
}

// What a minute of a call's audio is, in bytes: fifty frames of 20 ms a second, each with 160 bytes of G.711.
const (
	// framesAMinute of either way.
	framesAMinute = 50 * 60
	// toAgent is a frame over RTP (12), SRTP (10), UDP (8) and IP (20), https://www.rfc-editor.org/rfc/rfc3711.
	toAgent = 160 + 12 + 10 + 8 + 20
	// toTwilio is one in Base64 (216) and JSON (80), over WebSocket, TLS, TCP and IP, https://www.twilio.com/docs/voice/media-streams/websocket-messages.
	toTwilio = 216 + 80 + 8 + 29 + 40
	// fromTwilio also has a number, a time and a track.
	fromTwilio = toTwilio + 70
	gb         = 1e9
)

// Audio is what the audio of a call costs a minute: coming in, which is paid from the first byte on, and going out, which is not before
// what is free each month is used up.
func Audio() (in, out float64) {
	const frames = framesAMinute / gb
	balanced := frames * (toTwilio + fromTwilio) // an LCU is 1 GB an hour
	return frames*fromTwilio*edgeToOrigin.USD + balanced*balancerUnit.USD, frames * (toAgent*internetOut.USD + toTwilio*edgeOut.USD)
}

// Month has 730 hours.
const monthHours = 730

// What of infra/stacks is paid for, whatever happens. A test there holds it to the templates.
const (
	Rules          = 3 // of the web ACL
	Secrets        = 4
	NodeProcessors = 1 // of a media node
	NodeGB         = 2
)

// Node is what the media node and what stands before it cost a month, whatever happens: one processor, 2 GB.
func Node() []Part {
	return []Part{
		{"Fargate, 1 vCPU and 2 GB", monthHours * (NodeProcessors*nodeProcessor.USD + NodeGB*nodeMemory.USD)},
		{"load balancer", monthHours * balancer.USD},
		{"public IPv4 address", monthHours * publicAddress.USD},
	}
}

// Centre is what is assumed of a centre's month.
type Centre struct {
	Agents      int
	Days        float64 // worked a month
	Hours       float64 // at the desk a day
	Calls       float64 // an agent and day
	CallMinutes float64
	Chats       float64 // an agent and day
	In, Out     float64 // messages a chat
}

// Of is a centre of so many agents, who are busy: four hours a day with calls.
func Of(agents int) Centre {
	return Centre{Agents: agents, Days: 21, Hours: 8, Calls: 48, CallMinutes: 5, Chats: 10, In: 5, Out: 5}
}

func (c Centre) work() float64               { return float64(c.Agents) * c.Days }
func (c Centre) calls() float64              { return c.work() * c.Calls }
func (c Centre) minutes() float64            { return c.calls() * c.CallMinutes }
func (c Centre) messages() float64           { return c.work() * c.Chats * (c.In + c.Out) }
func (c Centre) desktime() float64           { return c.work() * c.Hours * 60 } // minutes
func beyond(gigabytes, free float64) float64 { return max(0, gigabytes-free) }

// kept is how much a call and a message leave in the table, in GB, and for how many months.
const (
	callKept, messageKept = 3000 / gb, 1500 / gb
	monthsKept            = 400.0 / 30.4
	loggedPerInvocation   = 400 / gb // Lambda's own three lines
	loggedPerRequest      = 400 / gb // the API's line
)

// Bill is what a month costs, by parts. What is free each month to everybody, for good, is taken off: 1 TB and 10 million requests of
// CloudFront, 100 GB to the internet. What is free to new accounts is not.
func (c Centre) Bill() []Part {
	work := Counts{}
	for _, of := range []struct {
		n float64
		c Counts
	}{{c.calls(), Call}, {c.work() * c.Chats * c.In, MessageIn}, {c.work() * c.Chats * c.Out, MessageOut}, {c.desktime(), DeskMinute}} {
		work.Writes += of.n * of.c.Writes
		work.Reads += of.n * of.c.Reads
		work.Transitions += of.n * of.c.Transitions
		work.Requests += of.n * of.c.Requests
		work.Changes += of.n * of.c.Changes
		work.Tasks += of.n * of.c.Tasks
		work.Messages += of.n * of.c.Messages
	}
	work.Tasks += monthHours * 60                               // sweeps
	work.Reads += monthHours * 60 * (2 + float64(c.Agents)*0.5) // each reads the agents and the lines
	heartbeats := c.desktime()
	invocations := work.Requests + 2*work.Changes + work.Tasks + heartbeats
	stored := (c.calls()*callKept + c.messages()*messageKept) * monthsKept
	frames := c.minutes() * framesAMinute / gb
	audioIn, _ := Audio()
	parts := work.Parts()
	parts[1].USD += heartbeats * (invocation.USD + requestSeconds*RequestGB*compute.USD)
	parts[3].USD -= min(work.Requests, 10e6) * edgeRequest.USD
	return append(append(parts,
		Part{"realtime connections, by the minute", c.desktime() * socketMinute.USD},
		Part{"what is kept: table and backups", stored * (tableStorage.USD + tableBackup.USD)},
		Part{"logs and four secrets", (invocations*loggedPerInvocation+(work.Requests+heartbeats)*loggedPerRequest)*logged.USD + Secrets*secret.USD},
		Part{"web ACL with its three rules", guard.USD + Rules*guardRule.USD},
		Part{"audio coming in", c.minutes() * audioIn},
		Part{"audio going out, beyond what is free", beyond(frames*toAgent, 100)*internetOut.USD + beyond(frames*toTwilio, 1000)*edgeOut.USD},
	), Node()...)
}

// Sum adds parts up.
func Sum(parts []Part) float64 {
	sum := 0.0
	for _, p := range parts {
		sum += p.USD
	}
	return sum
}

// Elsewhere is what the same month costs with others, telephony aside.
func (c Centre) Elsewhere() []Part {
	seats := float64(c.Agents)
	return []Part{
		{"Amazon Connect", c.minutes()*connectMinute.USD + c.messages()*connectMessage.USD},
		{"Twilio Flex, named users", seats * flexUser.USD},
		{"Twilio Flex, user and usage: the access alone", seats * flexAccess.USD},
		{"Genesys Cloud CX 2", seats * genesysUser.USD},
		{"UJET Enterprise", seats * ujetUser.USD},
	}
}
