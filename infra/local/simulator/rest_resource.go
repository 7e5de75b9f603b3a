package simulator

import (
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"guichet/infra/local/simulator/twilio"
)

// callResource is a Call as the REST API shows it. Dates are RFC 2822, absent values null.
type callResource struct {
	SID             string            `json:"sid"`
	AccountSID      string            `json:"account_sid"`
	APIVersion      string            `json:"api_version"`
	Direction       direction         `json:"direction"`
	From            string            `json:"from"`
	FromFormatted   string            `json:"from_formatted"`
	To              string            `json:"to"`
	ToFormatted     string            `json:"to_formatted"`
	CallerName      *string           `json:"caller_name"`
	Status          Status            `json:"status"`
	DateCreated     *string           `json:"date_created"`
	DateUpdated     *string           `json:"date_updated"`
	StartTime       *string           `json:"start_time"`
	EndTime         *string           `json:"end_time"`
	Duration        *string           `json:"duration"` // seconds
	Price           *string           `json:"price"`
	PriceUnit       string            `json:"price_unit"`
	ParentCallSID   *string           `json:"parent_call_sid"`
	ForwardedFrom   *string           `json:"forwarded_from"`
	AnsweredBy      *string           `json:"answered_by"`
	QueueTime       string            `json:"queue_time"` // milliseconds
	URI             string            `json:"uri"`
	SubresourceURIs map[string]string `json:"subresource_uris"`
}

func (c *Call) resource() callResource {
	seconds := c.seconds()
	c.mu.Lock()
	defer c.mu.Unlock()
	uri := fmt.Sprintf("/%s/Accounts/%s/Calls/%s", twilio.Version, c.sim.cfg.AccountSID, c.sid)
	r := callResource{
		SID: c.sid, AccountSID: c.sim.cfg.AccountSID, APIVersion: twilio.Version, Direction: c.direction,
		From: c.from, FromFormatted: c.from, To: c.to, ToFormatted: c.to, Status: c.status,
		DateCreated: twilio.Date(c.created), DateUpdated: twilio.Date(c.updated()), StartTime: twilio.Date(c.picked), EndTime: twilio.Date(c.ended),
		PriceUnit: "USD", QueueTime: "0", URI: uri + ".json",
		SubresourceURIs: map[string]string{"events": uri + "/Events.json", "streams": uri + "/Streams.json"},
	}
	if c.name != "" {
		r.CallerName = &c.name
	}
	if c.answeredBy != "" {
		answeredBy := c.answeredBy
		r.AnsweredBy = &answeredBy
	}
	if c.status == Completed {
		text := strconv.Itoa(seconds)
		r.Duration = &text
	}
	return r
}

// updated is the time of the last change of state. The caller holds mu.
func (c *Call) updated() time.Time {
	switch {
	case !c.ended.IsZero():
		return c.ended
	case !c.picked.IsZero():
		return c.picked
	default:
		return c.created
	}
}

// callPage is one page of the list, newest first.
type callPage struct {
	Calls           []callResource `json:"calls"`
	Page            int            `json:"page"`
	PageSize        int            `json:"page_size"`
	Start           int            `json:"start"`
	End             int            `json:"end"`
	URI             string         `json:"uri"`
	FirstPageURI    string         `json:"first_page_uri"`
	NextPageURI     *string        `json:"next_page_uri"`
	PreviousPageURI *string        `json:"previous_page_uri"`
}

const (
	defaultPage = 50
	maxPage     = 1000
)

// listCalls pages through the calls that match To, From and Status.
func (s *Simulator) listCalls(r *http.Request) (any, *twilio.Error) {
	query := r.URL.Query()
	size := bounded(query.Get("PageSize"), defaultPage, 1, maxPage)
	page := bounded(query.Get("Page"), 0, 0, keptCalls)
	matching := make([]callResource, 0, size)
	for _, c := range s.Calls() {
		one := c.resource()
		if matches(query, "To", one.To) && matches(query, "From", one.From) && matches(query, "Status", string(one.Status)) {
			matching = append(matching, one)
		}
	}
	from := min(page*size, len(matching))
	to := min(from+size, len(matching))
	link := func(page int) string {
		query.Set("Page", strconv.Itoa(page))
		query.Set("PageSize", strconv.Itoa(size))
		return r.URL.Path + "?" + query.Encode()
	}
	answer := callPage{
		Calls: matching[from:to], Page: page, PageSize: size, Start: from, End: max(from, to-1),
		URI: link(page), FirstPageURI: link(0),
	}
	if to < len(matching) {
		next := link(page + 1)
		answer.NextPageURI = &next
	}
	if page > 0 {
		previous := link(page - 1)
		answer.PreviousPageURI = &previous
	}
	return answer, nil
}

func matches(query url.Values, name, value string) bool {
	return !query.Has(name) || query.Get(name) == value
}

func bounded(raw string, otherwise, least, most int) int {
	n, err := strconv.Atoi(raw)
	if err != nil {
		return otherwise
	}
	return min(max(n, least), most)
}
