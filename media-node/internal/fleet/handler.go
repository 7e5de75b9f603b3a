package fleet

import (
	"encoding/json"
	"net/http"
	"time"

	"guichet/media-node/internal/problem"
	"guichet/media-node/internal/signed"
	"guichet/shared/mediaapi"
)

// Paths of Handler beside those of /media/.
const (
	pathQuestion = "/fleet/question"
	pathSummons  = "/fleet/summons"
)

// Summons says to the other nodes what is on this one by the control plane's newest word.
type Summons struct {
	ContactID string    `json:"contactId"` // whose line is here
	Since     time.Time `json:"since"`     // when it came
	AgentIDs  []string  `json:"agentIds"`  // for whom its call waits
}

// Handler serves the other nodes: their questions, which are signed, and below /media/ what they pass on. That is never passed
// on again, so that no request can go round; it is judged as if it had come from outside.
func (f *Fleet) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("POST "+pathQuestion, f.serveQuestion)
	mux.HandleFunc("POST "+pathSummons, f.serveSummons)
	mux.Handle("/media/", f.cfg.Local)
	return mux
}

func (f *Fleet) serveQuestion(w http.ResponseWriter, r *http.Request) {
	q, ok := signed.Read[Question](w, r, f.cfg.Key.VerifyQuestion, f.cfg.Now())
	if !ok {
		return
	}
	body, err := json.Marshal(answer{q.Nonce, f.cfg.Node, f.cfg.Version, f.started, f.cfg.Has(q)})
	if err != nil {
		problem.Write(w, http.StatusInternalServerError, err.Error())
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set(mediaapi.SignatureHeader, f.cfg.Key.SignAnswer(body, f.cfg.Now()))
	_, _ = w.Write(body)
}

func (f *Fleet) serveSummons(w http.ResponseWriter, r *http.Request) {
	s, ok := signed.Read[Summons](w, r, f.cfg.Key.VerifyQuestion, f.cfg.Now())
	if !ok {
		return
	}
	f.cfg.Summoned(s)
	w.WriteHeader(http.StatusNoContent)
}

// Summon tells the other nodes what is here, without waiting for them.
func (f *Fleet) Summon(s Summons) {
	for _, o := range f.others() {
		f.background(func() {
			if _, _, err := f.post(o.address, pathSummons, s); err != nil {
				f.failed(o.address, err)
			}
		})
	}
}

// background runs what Close waits for, unless it has begun to.
func (f *Fleet) background(work func()) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.running.Err() == nil {
		f.wg.Go(work)
	}
}
