package conversation_test

import (
	"context"
	"fmt"

	"pgregory.net/rapid"

	"guichet/shared/center"
	"guichet/shared/channel"
	"guichet/shared/store/storetest/schedule"
)

// provider carries messages for both channels. It queues what it would report of them.
type provider struct {
	world  *world
	handed map[string]bool // the messages that it has, and whose sender knows or has died: nobody but an agent may send them again
	sent   []string        // ids of the messages that it has
	limits bool            // it refuses for now
}

func (p *provider) Send(ctx context.Context, out channel.Outgoing) (string, error) {
	w, id := p.world, out.Message.ID
	providerID := fmt.Sprintf("out%d", len(p.sent)+1)
	process := schedule.ProcessOf(ctx)
	limited := p.limits
	err := w.Outside(ctx, "Send to "+out.Chat.Customer.ID, func() error {
		if limited {
			return channel.ErrThrottled
		}
		if d, _ := process.Of.(deed); p.handed[id] && !d.retry {
			w.Violate("%s is handed over again by process %d: %s", out.Message.Text, process.ID, process.What)
		}
		p.sent = append(p.sent, id)
		p.handed[id] = true
		w.reportDeliveries(out.Chat, out.Message)
		return nil
	})
	if err != nil && !process.Dead() {
		p.handed[id] = false
	}
	return providerID, err
}

// reportDeliveries puts reports into the mail: delivered or not, and read. They come in any order.
func (w *world) reportDeliveries(c *center.Chat, m *center.Message) {
	reports := []channel.Status{{MessageID: m.ID, Delivery: center.DeliveryDelivered}, {MessageID: m.ID, Delivery: center.DeliveryRead}}
	if w.R != nil && rapid.IntRange(0, 3).Draw(w.R, "arrives") == 3 {
		reports = []channel.Status{{MessageID: m.ID, Delivery: center.DeliveryFailed, Failure: "refused"}}
	}
	for _, s := range reports {
		w.mail = append(w.mail, message{
			what: fmt.Sprintf("%s is reported as %s", m.Text, s.Delivery),
			deliver: func(ctx context.Context) error {
				return w.service.Receive(ctx, channel.Event{
					Channel: c.Channel, Inbox: c.Inbox, Customer: center.Customer{ID: c.Customer.ID}, Status: &s,
				})
			},
		})
	}
}

// timed is a channel whose messages have the provider's time.
type timed struct{ *provider }

func (timed) Name() string                            { return "timed" }
func (timed) Routes(channel.Router, channel.Receiver) {}

// untimed is a channel whose messages have none.
type untimed struct{ *provider }

func (untimed) Name() string                            { return "untimed" }
func (untimed) Routes(channel.Router, channel.Receiver) {}
