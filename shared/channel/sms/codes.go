package sms

import "guichet/shared/channel"

// reasons sorts Twilio's error codes (https://www.twilio.com/docs/api/errors), which it gives for a request and for a
// delivery alike. What is not among them counts as refused.
var reasons = map[*channel.SendError][]int{
	channel.ErrOptedOut: {21610},
	channel.ErrNoRecipient: {
		21211, // invalid number
		21214, // cannot be reached
		21217, // not a valid number
		21265, // a short code
		21604, // no recipient
		21612, // not reachable from this number
		21614, // not a mobile number
		21635, // a landline
		30003, // unreachable handset
		30004, // the recipient blocks messages
		30005, // unknown handset
		30006, // a landline, or an unreachable carrier
		63003, // address not found
		63014, // blocked by the user
		63024, // invalid recipient
		63033, // the recipient is blocked
	},
	channel.ErrThrottled: {
		14107, // send rate
		20429, // too many requests
		21611, // queue of the number is full
		30001, // queue overflow
		30017, // the carrier is congested
		30022, // rate limit of the carrier
		30023, // daily cap
		30027, // daily limit of the carrier
		63017, // rate limit
		63018, // rate limit of the channel
	},
	channel.ErrContent: {
		11200, // media cannot be fetched
		11751, // media too large
		12300, // media of a type that is not taken
		14103, // invalid body
		21602, // empty
		21605, // too long
		21617, // too long
		21618, // cannot be sent
		21619, // neither text nor media
		21620, // invalid media address
		21621, // this number sends no media
		21622, // this account sends no media
		21623, // too many files
		21658, // too long
		30011, // the recipient's number takes no media
		30019, // too large for the carrier
		63019, // media cannot be fetched
		63021, // invalid content
		63034, // too large
	},
	channel.ErrUnauthorized: {
		20003, // credentials
		20005, // account not active
		20006, // access denied
		20403, // forbidden
		20404, // no such account
		21212, // invalid sender
		21222, // credentials, not even sent
		21224, // credentials, not even sent
		21408, // region not enabled
		21603, // no sender
		21606, // the sender is not a number of ours for this destination
		21608, // trial account, recipient not verified
		21659, // the sender is not a number of Twilio's
		21660, // the sender is not a number of this account
		30002, // account suspended
		30032, // toll-free number not verified
		30034, // number not registered with the carriers
	},
	channel.ErrUnreachable: {
		20500, // internal error
		20503, // unavailable
		30410, // the carrier did not answer in time
	},
}

// ofCode is the reason that a code stands for.
func ofCode(code int) *channel.SendError {
	for reason, codes := range reasons {
		for _, c := range codes {
			if c == code {
				return reason
			}
		}
	}
	return channel.ErrRefused
}
