package webchat

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"net/netip"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"guichet/shared/store"
)

// AddressHeader has the visitor's address. The front sets it, over whatever the client sent: of X-Forwarded-For one
// would have to know how many proxies add to it.
const AddressHeader = "X-Client-Address"

// class is a kind of request that is counted together: so often a visitor, and so often all visitors of one address.
type class struct {
	name             string
	visitor, address store.Limit
}

var (
	// starts are new sessions. There is no visitor yet to count.
	starts = class{name: "session", address: store.Limit{Count: 10, Window: time.Hour}}
	// writes are messages.
	writes = class{"message", store.Limit{Count: 20, Window: time.Minute}, store.Limit{Count: 60, Window: time.Minute}}
	// uploads are files that are announced.
	uploads = class{"file", store.Limit{Count: 10, Window: time.Minute}, store.Limit{Count: 30, Window: time.Minute}}
	// signals are signs of life: typing, read marks, a name.
	signals = class{"signal", store.Limit{Count: 60, Window: time.Minute}, store.Limit{Count: 240, Window: time.Minute}}
	// reads are questions: the thread, links to files, tickets.
	reads = class{"read", store.Limit{Count: 120, Window: time.Minute}, store.Limit{Count: 480, Window: time.Minute}}
)

// allow counts a request. When a limit is reached, it returns how long until the next is allowed.
func (c *Channel) allow(ctx context.Context, what class, visitor, address string) (wait time.Duration, err error) {
	var waits [2]time.Duration
	group, ctx := errgroup.WithContext(ctx)
	for i, who := range []struct {
		name  string
		limit store.Limit
	}{{visitor, what.visitor}, {address, what.address}} {
		if who.limit.Count > 0 {
			group.Go(func() (err error) {
				waits[i], err = c.Store.Use(ctx, what.name+"#"+who.name, who.limit, c.Now())
				return err
			})
		}
	}
	err = group.Wait()
	return max(waits[0], waits[1]), err
}

// address names where a request came from, without telling: what is counted must not become a list of addresses. An
// IPv6 network counts as one, since a household has a whole one.
func (c *Channel) address(r *http.Request) string {
	name := "unknown"
	if a, err := netip.ParseAddr(strings.TrimSpace(r.Header.Get(AddressHeader))); err == nil {
		a = a.Unmap()
		name = a.String()
		if network, err := a.Prefix(64); err == nil && a.Is6() {
			name = network.String()
		}
	}
	h := hmac.New(sha256.New, c.addresses)
	h.Write([]byte(name))
	return base64.RawURLEncoding.EncodeToString(h.Sum(nil)[:16])
}
