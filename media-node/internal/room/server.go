package room

import (
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/coder/websocket"

	"guichet/media-node/internal/problem"
	"guichet/media-node/internal/signed"
	"guichet/shared/mediaapi"
)

const (
	// maxStrangers bounds the connections that have not shown a link yet; each has joinPatience for it.
	maxStrangers = 64
	joinPatience = 5 * time.Second
	maxRoomID    = 64
)

// Others are the other nodes, which may have a room.
type Others interface {
	// PassRoom has the node answer that has the room, or is to open it, and returns false when that is this one.
	PassRoom(w http.ResponseWriter, r *http.Request, roomID string) bool
	// CloseEverywhere repeats a request to all of them: each lets nobody in by the room's links from then on.
	CloseEverywhere(r *http.Request) error
}

// Register mounts the rooms below mediaapi.RoomPath. others is nil on a node that is alone, and for what they have passed on.
func (r *Rooms) Register(mux *http.ServeMux, others Others) {
	mux.HandleFunc("GET "+mediaapi.RoomPath+"/{room}", func(w http.ResponseWriter, req *http.Request) {
		if others == nil || !others.PassRoom(w, req, req.PathValue("room")) {
			r.serve(w, req)
		}
	})
	mux.HandleFunc("POST "+mediaapi.RoomClosePath("{room}"), func(w http.ResponseWriter, req *http.Request) { r.serveClose(w, req, others) })
}

// serve is a page's connection from its first message to its end.
func (r *Rooms) serve(w http.ResponseWriter, req *http.Request) {
	if !r.begin() {
		problem.Write(w, http.StatusServiceUnavailable, refuseBusy.reason)
		return
	}
	defer r.running.Done()
	if r.strangers.Add(1) > maxStrangers {
		r.strangers.Add(-1)
		problem.Write(w, http.StatusServiceUnavailable, "too many newcomers")
		return
	}
	m, err := r.admit(w, req)
	r.strangers.Add(-1)
	if m == nil {
		return
	}
	ctx, cancel := context.WithCancel(context.WithoutCancel(req.Context()))
	if err == nil {
		err = m.stay(ctx)
	}
	var why *refusal
	if !errors.As(err, &why) {
		r.cfg.Log.Warn("member lost", "room", m.roomID, "error", err)
		why = closeLost
	}
	_ = m.conn.Close(why.code, why.reason) // before cancel, which would cut the connection without a reason
	cancel()
	m.tasks.Wait()
}

// admit waits for the page to join. It returns nil when there is no connection.
func (r *Rooms) admit(w http.ResponseWriter, req *http.Request) (*member, error) {
	// A connection's right is its link alone, no cookie, so that pages of other origins gain nothing by opening one.
	conn, err := websocket.Accept(w, req, &websocket.AcceptOptions{InsecureSkipVerify: true})
	if err != nil {
		return nil, err // it has been answered
	}
	conn.SetReadLimit(maxMessage)
	m := newMember(r, conn, req.PathValue("room"))
	ctx, cancel := context.WithTimeout(req.Context(), joinPatience)
	defer cancel()
	defer context.AfterFunc(r.stopping, cancel)()
	_, message, err := conn.Read(ctx)
	if err != nil {
		return m, closePolicy
	}
	join, err := parseRequest(message)
	if err != nil || join.Type != typeJoin || len(m.roomID) > maxRoomID {
		return m, closePolicy
	}
	ticket, err := r.cfg.Key.Verify(join.Ticket, mediaapi.PurposeRoom, r.cfg.Now())
	switch {
	case errors.Is(err, mediaapi.ErrTicketExpired):
		return m, refuseExpired
	case err != nil || ticket.RoomID != m.roomID:
		r.cfg.Log.Warn("room refused", "error", err)
		return m, refuseTicket
	}
	m.introduce(ticket, join)
	return m, nil
}

// serveClose obeys the control plane.
func (r *Rooms) serveClose(w http.ResponseWriter, req *http.Request, others Others) {
	c, ok := signed.Read[mediaapi.RoomClosing](w, req, r.cfg.Key.VerifyClosing, r.cfg.Now())
	if !ok {
		return
	}
	if c.RoomID != req.PathValue("room") {
		problem.Write(w, http.StatusUnprocessableEntity, "the body names another room, or none")
		return
	}
	r.close(c)
	if others != nil {
		if err := others.CloseEverywhere(req); err != nil {
			r.cfg.Log.Error("room not closed everywhere", "room", c.RoomID, "error", err)
			problem.Write(w, http.StatusServiceUnavailable, "another node has not closed the room")
			return
		}
	}
	r.cfg.Log.Info("room closed", "room", c.RoomID)
	w.WriteHeader(http.StatusNoContent)
}
