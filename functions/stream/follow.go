package stream

import (
	"context"
	"errors"
	"slices"

	"guichet/shared/center"
	"guichet/shared/dispatch"
	"guichet/shared/store"
)

// startTimers starts what the change calls for: an offer rings for so long, a wrap-up runs for so long, a message that was
// not sent is tried again, a file is fetched.
func (h *Handler) startTimers(ctx context.Context, img store.Image) error {
	var err error
	if offer := newOffer(img); offer != nil {
		err = h.timers.Ring(ctx, img.ContactAfter.ID, offer.ID, offer.ExpiresAt)
	}
	if g := newGuest(img); g != nil {
		err = errors.Join(err, h.timers.Ring(ctx, img.ContactAfter.ID, g.ID, g.ExpiresAt))
	}
	if c := img.ContactAfter; c != nil && c.Scheduled() && (img.ContactBefore == nil || !img.ContactBefore.Kind.Returns()) {
		err = errors.Join(err, h.timers.Callback(ctx, c.ID, c.DueAt))
	}
	if c := img.ContactAfter; c != nil && c.InWidget && img.ContactBefore == nil {
		err = errors.Join(err, h.timers.WidgetRing(ctx, c.ID, c.EnteredAt.Add(dispatch.WidgetRing)))
	}
	if w := newWrapUp(img); w != nil {
		err = errors.Join(err, h.timers.WrapUp(ctx, img.AgentAfter.ID, w.ContactID, w.Until))
	}
	m := img.MessageAfter
	if toSendAgain(img.MessageBefore, m) {
		err = errors.Join(err, h.timers.Send(ctx, m.ChatID, m.ID, m.Key(), m.Attempts))
	}
	if img.MessageBefore == nil && toFetch(m) {
		err = errors.Join(err, h.timers.Fetch(ctx, m.ChatID, m.ID, m.Key()))
	}
	if v := img.VoicemailAfter; v != nil && img.VoicemailBefore == nil && v.Sound == center.SoundFetching {
		err = errors.Join(err, h.timers.FetchVoicemail(ctx, v.LineID, v.ID, v.RecordingSID))
	}
	return err
}

// follow does what follows from a contact's change and is no timer: a workflow is told what became of an attempt, campaigns take
// a call that was missed, and a call that was handled is counted in how long calls take.
func (h *Handler) follow(ctx context.Context, img store.Image) error {
	before, after := img.ContactBefore, img.ContactAfter
	if after == nil {
		return nil
	}
	var err error
	if before != nil && before.Token != "" && (after.Scheduled() || after.Ended()) {
		err = h.timers.Turned(ctx, before.Token, after.DueAt)
	}
	if after.Ended() && (before == nil || !before.Ended()) {
		err = errors.Join(err, h.calls.ReturnMissed(ctx, after), h.calls.Handled(ctx, after))
	}
	return err
}

func newGuest(img store.Image) *center.Guest {
	after := img.ContactAfter
	if after == nil || after.Guest == nil {
		return nil
	}
	if before := img.ContactBefore; before != nil && before.Guest != nil && before.Guest.ID == after.Guest.ID {
		return nil
	}
	return after.Guest
}

// toSendAgain tells whether a message has just been refused for now. Further refusals are its timer's business.
func toSendAgain(before, after *center.Message) bool {
	return after != nil && after.Delivery == center.DeliveryRetrying &&
		(before == nil || before.Delivery != center.DeliveryRetrying)
}

func toFetch(m *center.Message) bool {
	return m != nil && slices.ContainsFunc(m.Attachments, func(a center.Attachment) bool {
		return a.State == center.AttachmentFetching
	})
}

func newOffer(img store.Image) *center.Offer {
	after := img.ContactAfter
	if after == nil || after.Offer == nil {
		return nil
	}
	if before := img.ContactBefore; before != nil && before.Offer != nil && before.Offer.ID == after.Offer.ID {
		return nil
	}
	return after.Offer
}

func newWrapUp(img store.Image) *center.WrapUp {
	after := img.AgentAfter
	if after == nil || after.WrapUp == nil {
		return nil
	}
	if before := img.AgentBefore; before != nil && before.WrapUp != nil && *before.WrapUp == *after.WrapUp {
		return nil
	}
	return after.WrapUp
}
