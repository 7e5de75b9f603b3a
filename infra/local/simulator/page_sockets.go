package simulator

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"time"

	"github.com/coder/websocket"

	"guichet/infra/local/simulator/audio"
)

const (
	// pagePing keeps a silent connection open through proxies, and finds out when the page is gone.
	pagePing = 20 * time.Second
	// maxPageAudio bounds one message of the microphone: 200 ms.
	maxPageAudio = 10 * audio.FrameBytes
)

// socket accepts a WebSocket whose origin was checked; its context ends with the request, the connection or the simulator.
func (s *Simulator) socket(w http.ResponseWriter, r *http.Request) (*websocket.Conn, context.Context, func()) {
	conn, err := websocket.Accept(w, r, &websocket.AcceptOptions{OriginPatterns: []string{"*"}})
	if err != nil {
		return nil, nil, nil // Accept has answered
	}
	conn.SetReadLimit(maxPageAudio)
	ctx, cancel := context.WithCancel(r.Context())
	release := context.AfterFunc(s.ctx, cancel)
	return conn, ctx, func() {
		release()
		cancel()
		_ = conn.CloseNow()
	}
}

// pageEvents tells the page every change: first all calls and threads, then those that changed.
func (s *Simulator) pageEvents(w http.ResponseWriter, r *http.Request) {
	conn, ctx, done := s.socket(w, r)
	if conn == nil {
		return
	}
	defer done()
	ctx = conn.CloseRead(ctx)
	feed := s.hub.subscribe()
	defer s.hub.unsubscribe(feed)
	messages, stop := s.followMessages()
	defer stop()
	threads, version := s.threadsSince(0)
	phones, phonesVersion := s.phonesSince(-1)
	news := eventView{All: true, Calls: s.callViews(), Threads: threads, Phones: phones}
	ping := time.NewTicker(pagePing)
	defer ping.Stop()
	for {
		if err := sendJSON(ctx, conn, news); err != nil {
			return
		}
		for quiet := true; quiet; {
			select {
			case <-ctx.Done():
				return
			case <-ping.C:
				if conn.Ping(ctx) != nil {
					return
				}
				continue
			case <-feed.wake:
			case <-messages:
			}
			quiet = false
		}
		news = eventView{Calls: []callView{}}
		for _, c := range feed.take() {
			news.Calls = append(news.Calls, c.view())
		}
		news.Threads, version = s.threadsSince(version)
		news.Phones, phonesVersion = s.phonesSince(phonesVersion)
	}
}

func sendJSON(ctx context.Context, conn *websocket.Conn, v any) error {
	raw, err := json.Marshal(v)
	if err != nil {
		return fmt.Errorf("encode event: %w", err)
	}
	if err := conn.Write(ctx, websocket.MessageText, raw); err != nil {
		return fmt.Errorf("send event: %w", err)
	}
	return nil
}

// pageAudio carries one call's sound as binary messages of 8 kHz μ-law: to the page what the caller hears, from the page
// what the microphone takes.
func (s *Simulator) pageAudio(w http.ResponseWriter, r *http.Request) {
	c, err := s.Find(r.PathValue("sid"))
	if err != nil {
		pageFail(w, http.StatusNotFound, "call", err.Error())
		return
	}
	conn, ctx, done := s.socket(w, r)
	if conn == nil {
		return
	}
	defer done()
	ctx, cancel := context.WithCancel(ctx)
	go func() {
		defer cancel()
		c.hearPage(ctx, conn)
	}()
	ear := c.line.listen()
	defer c.line.unlisten(ear)
	for {
		select {
		case frame := <-ear.frames:
			if conn.Write(ctx, websocket.MessageBinary, frame) != nil {
				return
			}
		case <-c.ctx.Done():
			_ = conn.Close(websocket.StatusNormalClosure, "the call has ended")
			return
		case <-ctx.Done():
			return
		}
	}
}

// hearPage feeds the microphone until the connection ends.
func (c *Call) hearPage(ctx context.Context, conn *websocket.Conn) {
	for {
		kind, ulaw, err := conn.Read(ctx)
		if err != nil {
			return
		}
		c.mu.Lock()
		microphone := c.voice.microphone
		c.mu.Unlock()
		if kind == websocket.MessageBinary && microphone != nil {
			microphone.Write(ulaw)
		}
	}
}
