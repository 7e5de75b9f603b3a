package schedule

import (
	"bytes"
	"io"
	"net/http"
	"testing"
)

// wire carries requests out of a synctest bubble to the real database. Connections live outside the bubble, and a
// goroutine that waits on a channel made outside keeps the bubble from counting as idle until its answer is there.
type wire struct{ ports chan *port }

type port struct {
	requests chan outgoing
	answers  chan answer
}

type outgoing struct {
	url    string
	header http.Header
	body   []byte
}

type answer struct {
	status int
	header http.Header
	body   []byte
	err    error
}

// openWire must be called outside the bubble.
func openWire(t testing.TB) *wire {
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 4}}
	w := &wire{ports: make(chan *port, 4)}
	for range cap(w.ports) {
		p := &port{requests: make(chan outgoing), answers: make(chan answer)}
		go p.serve(client)
		w.ports <- p
		t.Cleanup(func() { close(p.requests) })
	}
	t.Cleanup(client.CloseIdleConnections)
	return w
}

func (p *port) serve(client *http.Client) {
	for out := range p.requests {
		p.answers <- out.send(client)
	}
}

func (out outgoing) send(client *http.Client) answer {
	request, err := http.NewRequest(http.MethodPost, out.url, bytes.NewReader(out.body))
	if err != nil {
		return answer{err: err}
	}
	request.Header = out.header
	response, err := client.Do(request)
	if err != nil {
		return answer{err: err}
	}
	defer func() { _ = response.Body.Close() }()
	body, err := io.ReadAll(response.Body)
	return answer{status: response.StatusCode, header: response.Header, body: body, err: err}
}

func (w *wire) send(out outgoing) answer {
	p := <-w.ports
	p.requests <- out
	a := <-p.answers
	w.ports <- p
	return a
}

func (a answer) response(r *http.Request) *http.Response {
	return &http.Response{
		StatusCode: a.status, Header: a.header, Body: io.NopCloser(bytes.NewReader(a.body)),
		ContentLength: int64(len(a.body)), Request: r, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
	}
}
