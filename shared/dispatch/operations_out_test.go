package dispatch_test

import (
	"context"
	"fmt"

	"guichet/shared/dispatch"
)

func (w *world) dials() []func() {
	return w.dialling("%s dials", dispatch.Dialling{Customer: "+33123456789", Line: "+33800000000"})
}

func (w *world) dialling(format string, call dispatch.Dialling) []func() {
	if len(w.provider.legs) >= maxCalls {
		return nil
	}
	var all []func()
	for _, a := range w.Ledger.Agents() {
		if a.AudioID != "" && a.Online() {
			all = append(all, func() {
				w.start(&process{what: fmt.Sprintf(format, a.ID)}, func(ctx context.Context) error {
					_, err := w.dispatcher.DialOut(ctx, a.ID, call)
					return err
				})
			})
		}
	}
	return all
}

func (w *world) pickUps() []func() {
	var all []func()
	for _, l := range w.provider.legs {
		if l.dials != "" && !l.up && !l.over {
			all = append(all, func() {
				l.up = true
				if l.widget {
					w.post(visitorAnswers(w, l))
				} else {
					w.post(answeredMessage(w, l))
				}
			})
		}
	}
	return all
}
