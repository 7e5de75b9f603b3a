package voice

import (
	"context"
	"strconv"
	"time"

	"guichet/shared/center"
	"guichet/shared/store"
	"guichet/shared/telephony"
)

// leaveMessage lets a caller leave a message for a line, after they have been told why nobody answers.
func (h *Handler) leaveMessage(q center.Queue, l telephony.Leaving, why func(announcements) string) (string, error) {
	l.At = h.dispatcher.Now()
	return telephony.LeaveMessage(h.publicURL, l,
		say(q, func(a announcements) []string { return []string{why(a), a.leaveMessage} }),
		say(q, func(a announcements) []string { return a.noMessage }))
}

// timedOut ends a call that has waited as long as it may: with a message, where callers may leave one.
func (h *Handler) timedOut(ctx context.Context, c *center.Contact) (string, error) {
	dir, err := h.dispatcher.Directories.Directory(ctx)
	if err != nil {
		return "", err
	}
	q, err := dir.Line(c)
	switch {
	case err != nil:
		return "", err
	case !q.Voicemail || !c.Kind.Arrives():
		return telephony.Goodbye(say(q, func(a announcements) []string { return a.goodbye }))
	}
	return h.leaveMessage(q, telephony.Leaving{LineID: c.LineID(), From: c.From, CallerName: c.CallerName}, func(a announcements) string {
		if c.Kind == center.KindDirect {
			return a.away
		}
		return a.busy
	})
}

// recorded thanks a caller for their message. Whether there is one, voicemail hears.
func (h *Handler) recorded(w webhook) (string, error) {
	dir, err := h.dispatcher.Directories.Directory(w.Context())
	if err != nil {
		return "", err
	}
	q, err := dir.LineOf(telephony.LeavingOf(w.URL.Query()).LineID)
	if err != nil {
		return h.leaveIfUnknown(err)
	}
	return telephony.Goodbye(say(q, func(a announcements) []string { return a.thanks }))
}

// voicemail keeps a message whose recording is there to be fetched, however the call ended
// (https://www.twilio.com/docs/voice/twiml/record#attributes-recording-status-callback).
func (h *Handler) voicemail(w webhook) (string, error) {
	sid, left := w.form.Get("RecordingSid"), telephony.LeavingOf(w.URL.Query())
	length, err := strconv.Atoi(w.form.Get("RecordingDuration")) // seconds
	nothing := err == nil && length <= 0
	if w.form.Get("RecordingStatus") != "completed" || nothing || !telephony.RecordingSID(sid) || left.At.IsZero() {
		return telephony.Nothing()
	}
	dir, err := h.dispatcher.Directories.Directory(w.Context())
	if err != nil {
		return "", err
	}
	if _, err := dir.LineOf(left.LineID); err != nil {
		return silently(err)
	}
	return silently(h.dispatcher.Store.AddVoicemail(w.Context(), newVoicemail(dir, left, &center.Voicemail{
		ID: center.VoicemailIDOf(provider, sid, left.At), RecordingSID: sid, CallSID: w.form.Get("CallSid"),
		Length: time.Duration(length) * time.Second, Sound: center.SoundFetching,
	})))
}

// newVoicemail completes a message with who left it, for whom and until when it is kept.
func newVoicemail(dir *store.Directory, left telephony.Leaving, v *center.Voicemail) *center.Voicemail {
	v.LineID, v.From, v.CallerName, v.At = left.LineID, left.From, left.CallerName, left.At
	if days := dir.Settings.VoicemailDays; days > 0 {
		v.ExpiresAt = v.At.AddDate(0, 0, days).Truncate(time.Second)
	}
	return v
}
