package load

import (
	"context"
	"time"

	"guichet/infra/local/day"
	"guichet/infra/local/robot"
	"guichet/infra/local/simulator/messaging"
	"guichet/shared/telephony"
)

const (
	// longestTalk ends what should have ended long before: nothing of a visit lasts longer.
	longestTalk = time.Hour
	// keyPatience is how long a caller presses the key to be called back, keyEvery how often.
	keyPatience, keyEvery = 20 * time.Second, 500 * time.Millisecond
	// answerPatience is how long a customer who writes waits for an answer, at the pace of life.
	answerPatience = 20 * time.Minute
	// sight is how often they look, at the most.
	sight = 100 * time.Millisecond
)

// calls is a customer who calls.
func (w *world) calls(ctx context.Context, v day.Visit) {
	if !w.begins(v.Customer.Number, v) {
		w.notes.count(skipped)
		return
	}
	begins, done := whole(ctx)
	call, err := w.phones.Place(begins, v.Customer.Number, v.Place.Number, v.Customer.Name)
	done()
	if w.notes.failed(ctx, "place a call", err) {
		return
	}
	defer call.Forget()
	if v.Kind == day.Direct {
		w.notes.count(direct)
	} else {
		w.notes.count(placed)
	}
	if w.waits(ctx, call, v) {
		w.ends(v.Customer.Number) // nothing more comes of it
	}
	// Whatever happened: nobody's call outlives them.
	last, cancel := whole(ctx)
	defer cancel()
	if err := call.HangUp(last); err != nil {
		w.notes.problem("hang up: %v", err)
	}
}

// waits is a caller until they hang up. It tells whether they were served.
func (w *world) waits(ctx context.Context, call *robot.Phone, v day.Visit) bool {
	served := func(c robot.CallView) bool { return c.Speaks() || c.Over() }
	patience := v.Patience
	if v.AsksAfter > 0 && v.AsksAfter < patience && v.Kind == day.Call {
		if _, ok := waitFor(ctx, call, v.AsksAfter, served); !ok && ctx.Err() == nil && w.asks(ctx, call) {
			w.notes.count(askedBack)
			return false
		}
		patience -= v.AsksAfter
	}
	c, ok := waitFor(ctx, call, patience, served)
	switch {
	case ctx.Err() != nil:
		return false
	case !ok:
		w.notes.count(gaveUp)
		return false
	case c.Over():
		w.notes.count(sentAway)
		return false
	}
	talk := longestTalk
	if v.Leaves {
		talk = v.Talk
	}
	waitFor(ctx, call, talk, robot.CallView.Over)
	return true
}

// asks presses the key that is offered, until the centre has understood and hangs up, or an agent answers.
func (w *world) asks(ctx context.Context, call *robot.Phone) bool {
	for until := time.Now().Add(keyPatience); time.Now().Before(until); {
		if w.notes.failed(ctx, "press a key", call.Press(ctx, telephony.CallbackKey)) {
			return false
		}
		c, ok := waitFor(ctx, call, keyEvery, func(c robot.CallView) bool { return c.Speaks() || c.Over() })
		if ok || ctx.Err() != nil {
			return ok && c.Over()
		}
	}
	return false
}

// waitFor waits for a call to be as wanted; false when that took too long.
func waitFor(ctx context.Context, call *robot.Phone, d time.Duration, wanted func(robot.CallView) bool) (robot.CallView, bool) {
	ctx, cancel := context.WithTimeout(ctx, d)
	defer cancel()
	c, err := call.Wait(ctx, wanted)
	return c, err == nil
}

// writes is a customer who writes, reads the answers and writes again.
func (w *world) writes(ctx context.Context, v day.Visit) {
	number := ""
	if v.Place.Channel == "sms" {
		number = v.Customer.Number
	}
	thread, err := w.messages.Open(ctx, v.Place.Channel, v.Place.Inbox, number, v.Customer.Name)
	if w.notes.failed(ctx, "open a thread", err) {
		return
	}
	if !w.begins(thread.Customer, v) {
		w.notes.count(skipped)
		return
	}
	w.notes.count(written)
	had := answersIn(thread)
	for i := range v.Messages {
		sent, err := w.messages.Write(ctx, thread.ID, sentence(v.Place.French, i))
		if w.notes.failed(ctx, "write", err) {
			return
		}
		if sent.State != messaging.Delivered {
			w.notes.problem("a message of %s is %s", v.Place.Channel, sent.State)
			return
		}
		if !w.answered(ctx, thread.ID, had+i+1) {
			if ctx.Err() == nil {
				w.notes.problem("a customer of %s got no answer", v.Place.Channel)
			}
			return
		}
	}
}

// answered waits until the customer has had so many answers.
func (w *world) answered(ctx context.Context, threadID string, answers int) bool {
	long := time.Duration(float64(answerPatience)/w.speed) + keyPatience
	for until := time.Now().Add(long); time.Now().Before(until); {
		thread, err := w.messages.Thread(ctx, threadID)
		if w.notes.failed(ctx, "read a thread", err) {
			return false
		}
		if answersIn(thread) >= answers {
			return true
		}
		if !pause(ctx, max(sight, time.Duration(float64(3*time.Second)/w.speed))) {
			return false
		}
	}
	return false
}

func answersIn(t messaging.Thread) int {
	n := 0
	for _, m := range t.Messages {
		if m.From == messaging.FromBusiness {
			n++
		}
	}
	return n
}

// sentence is what a customer writes the n-th time.
func sentence(french bool, n int) string {
	if french {
		return []string{"Bonjour, où en est ma commande ?", "C’était pour samedi, pour un anniversaire.", "Merci beaucoup !"}[n%3]
	}
	return []string{"Hello, where is my order?", "It was for Saturday, for a birthday.", "Thank you so much!"}[n%3]
}

// answer is what an agent writes the n-th time.
func answer(french bool, n int) string {
	if french {
		return []string{"Bonjour, je regarde cela tout de suite.", "C’est noté : elle part ce soir et arrivera à temps.", "Avec plaisir. Bonne journée !"}[n%3]
	}
	return []string{"Hello, let me have a look.", "Noted: it leaves tonight and will be there in time.", "You are welcome. Have a nice day!"}[n%3]
}
