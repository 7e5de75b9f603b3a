package voice

import (
	"strings"

	"guichet/shared/center"
	"guichet/shared/telephony"
)

// answered connects a customer who has answered a call that we made.
func (h *Handler) answered(w webhook) (string, error) {
	_, err := h.dispatcher.DialAnswered(w.Context(), w.contact(), telephony.Attempt(w.URL.Query()), w.form.Get("CallSid"))
	if err != nil {
		return h.leaveIfUnknown(err)
	}
	return h.next(w)
}

// machine hears who has answered a call that we made (https://www.twilio.com/docs/voice/answering-machine-detection).
func (h *Handler) machine(w webhook) (string, error) {
	by := w.form.Get("AnsweredBy")
	if !strings.HasPrefix(by, "machine") && by != "fax" {
		return telephony.Nothing()
	}
	return silently(h.dispatcher.AnsweredByMachine(w.Context(), w.contact(), telephony.Attempt(w.URL.Query())))
}

// guestAnswered lets somebody at an invited number into the call, or connects them with the customer.
func (h *Handler) guestAnswered(w webhook) (string, error) {
	ctx := w.Context()
	ticket, c, err := h.dispatcher.GuestPickedUp(ctx, w.contact(), telephony.GuestID(w.URL.Query()), w.form.Get("CallSid"))
	switch {
	case center.CodeOf(err) != "":
		return telephony.Goodbye(telephony.Say{}) // nobody waits for them any more
	case err != nil:
		return "", err
	case !c.Guest.Blind:
		return telephony.ConnectGuest(h.publicURL, ticket)
	}
	if err := h.dispatcher.Forwarded(ctx, c); center.CodeOf(err) != "" {
		return telephony.Goodbye(telephony.Say{})
	} else if err != nil {
		return "", err
	}
	return telephony.Conference(c.ID)
}

// guestStatus hears the end of a call to an invited number.
func (h *Handler) guestStatus(w webhook) (string, error) {
	if !telephony.Final(w.form.Get("CallStatus")) {
		return telephony.Nothing()
	}
	return silently(h.dispatcher.GuestOver(w.Context(), w.contact(), telephony.GuestID(w.URL.Query())))
}
