// Package reportapi is the REST API of figures: cards, activity, details and reports. It changes nothing; what the figures mean is
// in docs/metrics.md.
package reportapi

import (
	"context"
	"log/slog"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"guichet/functions/internal/rest"
	"guichet/shared/center"
	"guichet/shared/store"
	"guichet/shared/wallboard"
)

const title = "Guichet report API"

// API answers for signed-in people. It expects rest.WithClaims in the request's context.
type API struct {
	store       *store.Store
	directories *store.Directories
	board       *wallboard.Board
	now         func() time.Time
	log         *slog.Logger
}

// New returns the handler of the paths that the operations name.
func New(s *store.Store, d *store.Directories, now func() time.Time, log *slog.Logger) http.Handler {
	mux := http.NewServeMux()
	a := &API{
		store: s, directories: d, board: &wallboard.Board{Store: s, Directories: d, Now: now}, now: now, log: log.With("component", "reportapi"),
	}
	a.register(humago.New(mux, rest.Config(title)))
	return mux
}

// OpenAPI returns the API's description, as checked in beside this file.
func OpenAPI() ([]byte, error) {
	api := humago.New(http.NewServeMux(), rest.Config(title))
	(&API{}).register(api)
	return api.OpenAPI().MarshalJSON()
}

// register lists every operation.
func (a *API) register(api huma.API) {
	r := rest.Routes{API: api, Log: a.log, Agent: func(ctx context.Context, id string) (*center.Agent, error) {
		return rest.Me(ctx, a.store, id)
	}}
	rest.AddFor(r, http.MethodGet, "/api/cards", "listCards", "The cards of assigned queues; for supervisors, of any", a.listCards)
	rest.AddFor(r, http.MethodGet, "/api/queues/{id}/details", "getQueueDetails", "What a queue's card stands for", a.queueDetails)
	rest.AddFor(r, http.MethodGet, "/api/activity/day", "getActivityOfDay", "An agent's calls of a day, and of one to compare it with", a.activityOfDay)
	rest.AddFor(r, http.MethodGet, "/api/activity/week", "getActivityOfWeek", "An agent's calls of seven days, counted", a.activityOfWeek)
	rest.AddFor(r, http.MethodGet, "/api/reports", "getReport", "Figures of the past, for supervisors", a.report)
	rest.AddFile(r, "/api/reports.csv", "getReportFile", "The same as a table for spreadsheets", "text/csv", a.reportFile)
	rest.AddFor(r, http.MethodGet, "/api/supervision", "getSupervision", "Every queue and agent, for supervisors", a.supervision)
}
