package sms

import (
	"slices"
	"strings"

	"guichet/shared/channel"
)

// Twilio names the customer's wish in OptOutType where a messaging service has Advanced Opt-Out
// (https://www.twilio.com/docs/messaging/tutorials/advanced-opt-out). Elsewhere it acts on words of its own, and we on the
// same ones (https://help.twilio.com/articles/223134027), French ones with them
// (https://www.twilio.com/docs/proxy/opt-out-keywords).
var (
	optOutWords = []string{
		"STOP", "STOPALL", "STOP ALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT",
		"ARRET", "ARRÊT", "ARRETE", "ARRÊTE", "ARRETT",
	}
	optInWords = []string{"START", "YES", "UNSTOP"}
)

// consent is what a message says of the customer's wish to get messages; nil when nothing. A call for help changes
// nothing: Twilio answers it.
func consent(optOutType, text string) *channel.Consent {
	word := strings.ToUpper(strings.Join(strings.Fields(strings.TrimRight(text, " \t\r\n.!")), " "))
	switch {
	case optOutType == "STOP", optOutType == "" && slices.Contains(optOutWords, word):
		return &channel.Consent{OptedOut: true}
	case optOutType == "START", optOutType == "" && slices.Contains(optInWords, word):
		return &channel.Consent{}
	}
	return nil
}
