package mediaapi

import "time"

// SignQuestion returns the value of SignatureHeader for a body that one node sends another at now.
func (k Key) SignQuestion(body []byte, now time.Time) string {
	return k.signBody("question", body, now)
}

// VerifyQuestion checks the value of SignatureHeader against the body. It fails with ErrEventSignature.
func (k Key) VerifyQuestion(header string, body []byte, now time.Time) error {
	return k.verifyBody("question", header, body, now)
}

// SignAnswer returns the value of SignatureHeader for the answer to it. The body repeats what makes the question unique.
func (k Key) SignAnswer(body []byte, now time.Time) string { return k.signBody("answer", body, now) }

// VerifyAnswer checks the value of SignatureHeader against the body. It fails with ErrEventSignature.
func (k Key) VerifyAnswer(header string, body []byte, now time.Time) error {
	return k.verifyBody("answer", header, body, now)
}
