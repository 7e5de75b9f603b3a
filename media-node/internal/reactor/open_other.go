//go:build !(linux && (amd64 || arm64))

package reactor

import "net"

func newPoller(l *Loop, addr *net.UDPAddr) (poller, error) { return newPumpPoller(l, addr) }
