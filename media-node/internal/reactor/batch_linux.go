//go:build linux && (amd64 || arm64)

package reactor

import (
	"encoding/binary"
	"fmt"
	"net"
	"net/netip"
	"unsafe"

	"golang.org/x/sys/unix"
)

// batchLen is how many datagrams one system call moves at most.
const batchLen = 64

// mmsghdr is the kernel's struct mmsghdr on 64-bit Linux.
type mmsghdr struct {
	hdr unix.Msghdr
	n   uint32
	_   uint32
}

// batch is the memory that recvmmsg and sendmmsg work on. It must not move, so it lives in the socket it belongs to.
type batch struct {
	msgs  [batchLen]mmsghdr
	iovs  [batchLen]unix.Iovec
	addrs [batchLen]unix.RawSockaddrInet6 // large enough for IPv4 as well
	bufs  [batchLen][MaxDatagram]byte
}

func (b *batch) init() {
	for i := range b.msgs {
		b.iovs[i].Base = &b.bufs[i][0]
		b.iovs[i].Len = MaxDatagram
		b.msgs[i].hdr.Iov = &b.iovs[i]
		b.msgs[i].hdr.Iovlen = 1
		b.msgs[i].hdr.Name = (*byte)(unsafe.Pointer(&b.addrs[i]))
		b.msgs[i].hdr.Namelen = unix.SizeofSockaddrInet6
	}
}

// batchSocket is a UDP socket outside Go's poller, read and written many datagrams at a time.
type batchSocket struct {
	fd     int
	addr   netip.AddrPort
	v6     bool
	rx, tx batch
	queued int
}

func listenBatch(addr *net.UDPAddr) (*batchSocket, error) {
	s := &batchSocket{}
	ap := addr.AddrPort()
	s.v6 = ap.Addr().Is6() && !ap.Addr().Is4In6()
	family, sa := unix.AF_INET, unix.Sockaddr(&unix.SockaddrInet4{Port: addr.Port})
	switch {
	case s.v6:
		family, sa = unix.AF_INET6, &unix.SockaddrInet6{Port: addr.Port, Addr: ap.Addr().As16()}
	case ap.Addr().IsValid():
		sa = &unix.SockaddrInet4{Port: addr.Port, Addr: ap.Addr().Unmap().As4()}
	}
	fd, err := unix.Socket(family, unix.SOCK_DGRAM|unix.SOCK_NONBLOCK|unix.SOCK_CLOEXEC, 0)
	if err != nil {
		return nil, fmt.Errorf("socket: %w", err)
	}
	s.fd = fd
	// The kernel caps these at its own limit: less is slower under bursts, not wrong.
	_ = unix.SetsockoptInt(fd, unix.SOL_SOCKET, unix.SO_RCVBUF, udpSocketBuffer)
	_ = unix.SetsockoptInt(fd, unix.SOL_SOCKET, unix.SO_SNDBUF, udpSocketBuffer)
	if err = unix.Bind(fd, sa); err != nil {
		_ = unix.Close(fd)
		return nil, fmt.Errorf("bind: %w", err)
	}
	bound, err := unix.Getsockname(fd)
	if err != nil {
		_ = unix.Close(fd)
		return nil, fmt.Errorf("getsockname: %w", err)
	}
	switch b := bound.(type) {
	case *unix.SockaddrInet4:
		s.addr = netip.AddrPortFrom(netip.AddrFrom4(b.Addr), uint16(b.Port))
	case *unix.SockaddrInet6:
		s.addr = netip.AddrPortFrom(netip.AddrFrom16(b.Addr), uint16(b.Port))
	}
	s.rx.init()
	s.tx.init()
	return s, nil
}

// receive hands over what has arrived: one system call unless the batch was full.
func (s *batchSocket) receive(h Handler) {
	for {
		for i := range s.rx.msgs {
			s.rx.msgs[i].hdr.Namelen = unix.SizeofSockaddrInet6
		}
		r, _, errno := unix.RawSyscall6(unix.SYS_RECVMMSG, uintptr(s.fd), uintptr(unsafe.Pointer(&s.rx.msgs[0])), batchLen, unix.MSG_DONTWAIT, 0, 0)
		if errno != 0 {
			return // nothing there, or an ICMP error of an earlier send
		}
		for i := range int(r) {
			h.Datagram(s.rx.bufs[i][:s.rx.msgs[i].n], sourceOf(&s.rx.addrs[i]))
		}
		if r < batchLen {
			return
		}
	}
}

func (s *batchSocket) buffer() []byte {
	if s.queued == batchLen {
		s.flush()
	}
	return s.tx.bufs[s.queued][:0]
}

func (s *batchSocket) queue(b []byte, to netip.AddrPort) {
	i := s.queued
	if len(b) == 0 || len(b) > MaxDatagram || &b[0] != &s.tx.bufs[i][0] {
		return // not built in buffer: a programming error that must not send another's bytes
	}
	s.tx.iovs[i].Len = uint64(len(b))
	s.tx.msgs[i].hdr.Namelen = s.destination(&s.tx.addrs[i], to)
	s.queued++
}

func (s *batchSocket) flush() {
	for done := 0; done < s.queued; {
		n, _, errno := unix.RawSyscall6(unix.SYS_SENDMMSG, uintptr(s.fd), uintptr(unsafe.Pointer(&s.tx.msgs[done])), uintptr(s.queued-done), unix.MSG_DONTWAIT, 0, 0)
		if errno != 0 {
			n = 1 // that datagram is lost; the others may still go
		}
		done += int(n)
	}
	s.queued = 0
}

func (s *batchSocket) close() { _ = unix.Close(s.fd) }

func sourceOf(sa *unix.RawSockaddrInet6) netip.AddrPort {
	port := (*[2]byte)(unsafe.Pointer(&sa.Port))
	if sa.Family == unix.AF_INET {
		v4 := (*unix.RawSockaddrInet4)(unsafe.Pointer(sa))
		return netip.AddrPortFrom(netip.AddrFrom4(v4.Addr), binary.BigEndian.Uint16(port[:]))
	}
	return netip.AddrPortFrom(netip.AddrFrom16(sa.Addr).Unmap(), binary.BigEndian.Uint16(port[:]))
}

func (s *batchSocket) destination(sa *unix.RawSockaddrInet6, to netip.AddrPort) (length uint32) {
	binary.BigEndian.PutUint16((*[2]byte)(unsafe.Pointer(&sa.Port))[:], to.Port())
	if s.v6 {
		sa.Family, sa.Addr = unix.AF_INET6, to.Addr().As16()
		return unix.SizeofSockaddrInet6
	}
	v4 := (*unix.RawSockaddrInet4)(unsafe.Pointer(sa))
	v4.Family, v4.Addr = unix.AF_INET, [4]byte{}
	if to.Addr().Unmap().Is4() {
		v4.Addr = to.Addr().Unmap().As4()
	}
	return unix.SizeofSockaddrInet4
}
