package peer

import (
	"net"
	"net/netip"
	"strings"

	"github.com/pion/stun/v4"
)

// stunScratch is reused for every check, one in 2.5 s from each browser.
type stunScratch struct {
	request, response stun.Message
}

// binding answers an ICE connectivity check as a lite agent does (RFC 8445, sections 2.5 and 7.3).
func (m *Mux) binding(b []byte, from netip.AddrPort) {
	req, res := &m.stun.request, &m.stun.response
	req.Raw = append(req.Raw[:0], b...)
	if req.Decode() != nil || req.Type != stun.BindingRequest {
		return
	}
	var user stun.Username
	if user.GetFrom(req) != nil {
		return
	}
	local, remote, ok := strings.Cut(user.String(), ":")
	p := m.byUfrag[local]
	if !ok || p == nil || p.remote.Ufrag != remote {
		return
	}
	integrity := stun.NewShortTermIntegrity(p.local.Password)
	if integrity.Check(req) != nil {
		return
	}
	p.learn(from)
	p.alive()
	if p.state == closed {
		return
	}
	if !p.sendTo.IsValid() || req.Contains(stun.AttrUseCandidate) && m.net.Now().Sub(p.lastMedia) > mediaHold {
		p.sendTo = from
	}
	mapped := stun.XORMappedAddress{IP: net.IP(from.Addr().AsSlice()), Port: int(from.Port())}
	res.Reset()
	if res.Build(stun.NewTransactionIDSetter(req.TransactionID), stun.BindingSuccess, &mapped, integrity, stun.Fingerprint) != nil {
		return
	}
	m.net.Send(append(m.net.Buffer(), res.Raw...), from)
	p.dtls.start()
}
