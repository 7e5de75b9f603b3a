package demo

import (
	"fmt"
	"time"

	"guichet/infra/local/day"
	"guichet/shared/center"
)

// nobodyThere is after how long somebody looks again for who could take a chat.
const nobodyThere = 5 * time.Minute

// chat is one conversation.
type chat struct {
	*center.Chat
	*record
	visit day.Visit
}

// writes is a customer who writes, and whom somebody answers: at once when chats are shared out, else when they see it.
func (o *office) writes(v day.Visit) {
	o.numbers++
	customer := center.Customer{ID: fmt.Sprint(v.Customer.Number, "-", o.numbers), Name: v.Customer.Name}
	x := &chat{record: &record{goesOn: true}, visit: v, Chat: &center.Chat{
		ID: center.ChatIDOf(v.Place.Channel, v.Place.Inbox, customer.ID), Channel: v.Place.Channel, Inbox: v.Place.Inbox, Customer: customer,
		QueueID: v.Place.QueueID, State: center.ChatUnassigned, OpenedAt: o.now, EnteredAt: o.now,
	}}
	o.told = append(o.told, x.record)
	x.Apply(o.message(x, center.FromCustomer))
	x.add(o.rules.OfChat(nil, x.Chat))
	seen := time.Second
	if o.queues[x.QueueID].Assignment == center.AssignPicked {
		seen += 8 * v.Reaction
	}
	o.in(seen, func() { o.takes(x) })
}

// takes gives a chat to whoever is there, by turns.
func (o *office) takes(x *chat) {
	for i := range o.agents {
		a := o.agents[(i+o.numbers)%len(o.agents)]
		if !a.Online() || !a.Assigned(x.QueueID) {
			continue
		}
		o.changeChat(x, func() { o.must(x.Assign(a.ID, o.now)) })
		o.in(12*x.visit.Reaction, func() {
			o.changeChat(x, func() { x.Apply(o.message(x, center.FromAgent)) })
			o.in(2*x.visit.Talk, func() {
				o.changeChat(x, func() { x.Resolve(o.now) })
				x.goesOn = false
			})
		})
		return
	}
	o.in(nobodyThere, func() { o.takes(x) })
}

func (o *office) message(x *chat, from center.Author) *center.Message {
	return &center.Message{ID: center.MessageIDOf(x.Channel, fmt.Sprint(x.ID, from, o.now.UnixMilli())), Kind: center.KindText, From: from, At: o.now, Text: "…"}
}

func (o *office) changeChat(x *chat, change func()) {
	before := *x.Chat
	change()
	x.add(o.rules.OfChat(&before, x.Chat))
}
