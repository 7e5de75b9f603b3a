package fleet

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log"
	"net/http"
	"net/http/httputil"
	"net/url"
	"time"

	"guichet/media-node/internal/problem"
)

// passedOn names the node that has passed a request on. The public side refuses it: it is no client's to set, and on a request
// that comes back it tells that nodes and front are mixed up.
const passedOn = "Guichet-Passed-On"

// passTimeout is how long another node may take to begin its answer.
const passTimeout = 5 * time.Second

// retryAfter is in seconds: by then a node that is gone is known to be.
const retryAfter = "2"

// Guard refuses what was passed on already.
func Guard(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get(passedOn) != "" {
			problem.Write(w, http.StatusLoopDetected, "the request was passed on before")
			return
		}
		next.ServeHTTP(w, r)
	})
}

// Pass has the node answer that has what is asked for, or is to take it. It returns false when that is this node. body is what
// was read of the request. An error is that of a ticket (ErrUsed); nothing was answered then.
func (f *Fleet) Pass(w http.ResponseWriter, r *http.Request, q Question, body []byte) (passed bool, err error) {
	place, err := f.Find(q)
	switch {
	case errors.Is(err, ErrBusy):
		f.unavailable(w, err.Error())
		return true, nil
	case place.Unsure && q.Kind == Call: // the control plane would take it for ended
		f.unavailable(w, "a node that may have the call does not answer")
		return true, nil
	case err != nil || place.Address == "":
		return false, err
	}
	f.proxy(w, r, place.Address, body)
	return true, nil
}

func (f *Fleet) proxy(w http.ResponseWriter, r *http.Request, address string, body []byte) {
	if body != nil {
		r.Body, r.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
	}
	clear(w.Header()) // the other node sets them all
	ctx, cancel := context.WithCancel(r.Context())
	defer cancel()
	defer context.AfterFunc(f.running, cancel)()
	r = r.WithContext(ctx)
	proxy := &httputil.ReverseProxy{
		Rewrite: func(p *httputil.ProxyRequest) {
			p.SetURL(&url.URL{Scheme: "http", Host: address})
			p.Out.Host = p.In.Host
			p.Out.Header.Set(passedOn, f.cfg.Node)
		},
		Transport: f.client.Transport,
		ErrorLog:  log.New(io.Discard, "", 0),
		ErrorHandler: func(w http.ResponseWriter, r *http.Request, err error) {
			if r.Context().Err() == nil {
				f.failed(address, err)
			}
			f.unavailable(w, "the node that this belongs to is gone")
		},
	}
	proxy.ServeHTTP(w, r)
}

// Everybody repeats a request, whose body was not read or given back, to all other nodes, also to those that have failed to
// answer. It fails when one of them does not do it, unless that one is listed no more: then it is gone, or about to be.
func (f *Fleet) Everybody(r *http.Request) error {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return err
	}
	var failures error
	for _, o := range f.known() {
		if err := f.repeat(r.Context(), o.address+r.URL.Path, r.Header, body); err != nil && o.listed {
			failures = errors.Join(failures, err)
		}
	}
	return failures
}

func (f *Fleet) repeat(ctx context.Context, to string, header http.Header, body []byte) error {
	ctx, cancel := context.WithTimeout(ctx, askTimeout)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://"+to, bytes.NewReader(body))
	if err != nil {
		return err
	}
	r.Header = header.Clone()
	r.Header.Set(passedOn, f.cfg.Node)
	res, err := f.client.Do(r)
	if err != nil {
		return err
	}
	_ = res.Body.Close()
	if res.StatusCode/100 != 2 {
		return errors.New("another node answered " + res.Status)
	}
	return nil
}

func (f *Fleet) unavailable(w http.ResponseWriter, detail string) {
	w.Header().Set("Retry-After", retryAfter)
	problem.Write(w, http.StatusServiceUnavailable, detail)
}
