package sms

import "unicode/utf16"

// The GSM 03.38 alphabet, and what takes two places in it
// (https://www.twilio.com/docs/glossary/what-is-gsm-7-character-encoding).
const (
	gsmBasic = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
	gsmExtra = "\f^{}\\[~]|€"
)

// segments is how many text messages the text takes: 160 characters of GSM-7 or 70 of UCS-2; 153 and 67 when there are
// several (https://www.twilio.com/docs/glossary/what-sms-character-limit).
func segments(text string) int {
	places, one, several := gsmPlaces(text), 160, 153
	if places < 0 {
		places, one, several = len(utf16.Encode([]rune(text))), 70, 67
	}
	if places <= one {
		return 1
	}
	return (places + several - 1) / several
}

// gsmPlaces is the length in GSM-7; negative when the text has something else.
func gsmPlaces(text string) int {
	alphabet := map[rune]int{}
	for _, r := range gsmBasic {
		alphabet[r] = 1
	}
	for _, r := range gsmExtra {
		alphabet[r] = 2
	}
	places := 0
	for _, r := range text {
		n := alphabet[r]
		if n == 0 {
			return -1
		}
		places += n
	}
	return places
}
