package node

import (
	"fmt"
	"net/netip"

	"github.com/prometheus/client_golang/prometheus"

	"guichet/media-node/internal/room"
)

func openRooms(cfg Config) (*room.Rooms, error) {
	rooms, err := room.New(room.Config{
		Key: cfg.Key, Listen: cfg.ListenRoomUDP, MaxRooms: cfg.MaxRooms, MaxPeople: cfg.MaxRoomPeople, Now: cfg.Now, Log: cfg.Log,
		Announce: func(bound netip.AddrPort) ([]netip.AddrPort, error) { return cfg.candidates(bound, cfg.RoomPublicPort) },
	})
	if err != nil {
		return nil, fmt.Errorf("media node: %w", err)
	}
	return rooms, nil
}

// countRooms registers the rooms' figures.
func countRooms(r prometheus.Registerer, rooms *room.Rooms) {
	r.MustRegister(
		prometheus.NewGaugeFunc(prometheus.GaugeOpts{Namespace: "media", Name: "rooms", Help: "Meeting rooms with somebody in them."},
			func() float64 { n, _ := rooms.Count(); return float64(n) }),
		prometheus.NewGaugeFunc(prometheus.GaugeOpts{Namespace: "media", Name: "room_people", Help: "People in meeting rooms."},
			func() float64 { _, n := rooms.Count(); return float64(n) }),
	)
}

// RoomUDPAddr is the bound address of the rooms' port, also when port 0 was asked for.
func (n *Node) RoomUDPAddr() netip.AddrPort { return n.rooms.UDPAddr() }
