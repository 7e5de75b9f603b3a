package sms

import (
	"net/http"

	"guichet/infra/local/simulator/messaging"
	"guichet/infra/local/simulator/twilio"
)

// magic are numbers to which messages are refused at once, those of Twilio's test credentials
// (https://www.twilio.com/docs/iam/test-credentials#test-sms-messages-parameters-To).
var magic = map[string]twilio.Error{
	"+15005550001": *twilio.BadRequest(21211, "Invalid 'To' Phone Number"),
	"+15005550002": *twilio.BadRequest(21612, "The message cannot be sent with this combination of 'To' and 'From'"),
	"+15005550003": *twilio.BadRequest(21408, "Permission to send an SMS has not been enabled for the region of the 'To' number"),
	"+15005550004": *twilio.BadRequest(21610, "Attempt to send to unsubscribed recipient"),
	"+15005550009": *twilio.BadRequest(21614, "'To' number is not a valid mobile number"),
}

// afterwards are numbers to which messages are taken and not delivered, ours alone: the last digits are the error's
// (https://www.twilio.com/docs/api/errors/30003 and following).
var afterwards = map[string]int{
	"+15005553003": 30003, // unreachable
	"+15005553004": 30004, // blocked
	"+15005553005": 30005, // unknown
	"+15005553006": 30006, // landline
	"+15005553007": 30007, // filtered
	"+15005553008": 30008, // unknown error
}

// atOnce are the failures that can be asked for and refuse the request.
var atOnce = map[string]twilio.Error{
	"throttled":    {Status: http.StatusTooManyRequests, Code: 20429, Message: "Too Many Requests"},
	"unavailable":  {Status: http.StatusServiceUnavailable, Code: 20503, Message: "Service Unavailable"},
	"unauthorized": {Status: http.StatusUnauthorized, Code: 20003, Message: "Authenticate"},
	"invalid":      *twilio.BadRequest(21211, "Invalid 'To' Phone Number"),
}

// later are those that are told afterwards.
var later = map[string]int{"unreachable": 30003, "filtered": 30007, "unknown": 30008}

// Faults implements messaging.Provider.
func (s *SMS) Faults(string) []string {
	return []string{"throttled", "unavailable", "unauthorized", "invalid", "unreachable", "filtered", "unknown", messaging.FaultLost}
}
