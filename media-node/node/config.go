package node

import (
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/netip"
	"time"

	"guichet/shared/mediaapi"
)

// Config is what a node needs. Only Key is required.
type Config struct {
	// NodeID names the node in events and in the fleet. Default: "media-" and the UDP port, in a fleet something unique.
	NodeID string
	// Key signs events and verifies tickets: 32 bytes or more.
	Key mediaapi.Key
	// ListenUDP is the address of the one UDP port of all agents, "host:port"; port 0 picks a free one, see Node.UDPAddr.
	// Default: "0.0.0.0:0".
	ListenUDP string
	// PublicIPs are announced to browsers as the node's addresses, best first. Default: the address of ListenUDP, or the
	// machine's own addresses when that is unspecified.
	PublicIPs []netip.Addr
	// PublicPort is announced instead of the bound one, when a port is mapped. 0: the bound one.
	PublicPort uint16
	// ListenRoomUDP is the address of the one UDP port of all meeting rooms. Default: the host of ListenUDP and a free port.
	ListenRoomUDP string
	// RoomPublicPort is announced instead of the rooms' bound one, when a port is mapped. 0: the bound one.
	RoomPublicPort uint16
	// MaxRooms and MaxRoomPeople bound the meeting rooms, and the people in each. Default: 50 and 8.
	MaxRooms, MaxRoomPeople int
	// EventURL is where events are posted. Empty: they are only logged.
	EventURL string
	// MaxCalls and MaxSessions bound what the node takes; more is answered with 503. Default: 1,000 calls, and twice as
	// many sessions as calls.
	MaxCalls, MaxSessions int
	// Fleet is the other nodes of the centre. Nil for a node that is alone.
	Fleet *Fleet
	// Log gets structured records without personal data. Default: slog.Default().
	Log *slog.Logger
	// Now is the wall clock for tickets and events. Default: time.Now.
	Now func() time.Time
}

func (c Config) withDefaults() (Config, error) {
	if len(c.Key) < 32 {
		return c, errors.New("media node: Key must have 32 bytes or more")
	}
	if c.ListenUDP == "" {
		c.ListenUDP = "0.0.0.0:0"
	}
	if c.ListenRoomUDP == "" {
		host, _, err := net.SplitHostPort(c.ListenUDP)
		if err != nil {
			return c, fmt.Errorf("media node: %w", err)
		}
		c.ListenRoomUDP = net.JoinHostPort(host, "0")
	}
	if c.MaxRooms == 0 {
		c.MaxRooms = 50
	}
	if c.MaxRoomPeople == 0 {
		c.MaxRoomPeople = 8
	}
	if c.MaxCalls == 0 {
		c.MaxCalls = 1000
	}
	if c.MaxSessions == 0 {
		c.MaxSessions = 2 * c.MaxCalls
	}
	if c.Log == nil {
		c.Log = slog.Default()
	}
	c.Log = c.Log.With("component", "media-node")
	if c.Now == nil {
		c.Now = time.Now
	}
	return c, nil
}

// candidates are the addresses to announce for a bound address; publicPort is the announced port, if not 0.
func (c Config) candidates(bound netip.AddrPort, publicPort uint16) ([]netip.AddrPort, error) {
	ips := c.PublicIPs
	if len(ips) == 0 {
		if !bound.Addr().IsUnspecified() {
			ips = []netip.Addr{bound.Addr()}
		} else {
			var err error
			if ips, err = ownAddrs(bound.Addr().Is6()); err != nil {
				return nil, err
			}
		}
	}
	port := bound.Port()
	if publicPort != 0 {
		port = publicPort
	}
	all := make([]netip.AddrPort, 0, len(ips))
	for _, ip := range ips {
		all = append(all, netip.AddrPortFrom(ip, port))
	}
	return all, nil
}

// ownAddrs lists the machine's addresses, those reachable from elsewhere first.
func ownAddrs(withIPv6 bool) ([]netip.Addr, error) {
	interfaces, err := net.InterfaceAddrs()
	if err != nil {
		return nil, fmt.Errorf("media node: own addresses: %w", err)
	}
	var reachable, loopback []netip.Addr
	for _, a := range interfaces {
		prefix, err := netip.ParsePrefix(a.String())
		if err != nil {
			continue
		}
		switch ip := prefix.Addr().Unmap(); {
		case ip.IsLinkLocalUnicast(), ip.Is6() && !withIPv6:
		case ip.IsLoopback():
			loopback = append(loopback, ip)
		default:
			reachable = append(reachable, ip)
		}
	}
	return append(reachable, loopback...), nil
}
