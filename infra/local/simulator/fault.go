package simulator

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
)

// Codes of Twilio's errors and warnings (https://www.twilio.com/docs/api/errors).
const (
	codeBadURL        = 11100
	codeRetrieval     = 11200
	codeConnection    = 11205
	codeBadHost       = 11210
	codeTooManyHops   = 11215
	codeTLS           = 11220
	codeTooLarge      = 11750
	codeParse         = 12100
	codeSchema        = 12200
	codeContentType   = 12300
	codeStreamTimeout = 31901
	codeStreamRefused = 31902
	codeHandshake     = 31920
	codeStreamClose   = 31921
	codeStreamScheme  = 31922
	codeStreamURL     = 31923
	codeStreamDecode  = 31950
	codeStreamMessage = 31951
)

// fault is a mistake of the product that ends its TwiML: Twilio tells the caller of an application error and hangs up.
type fault struct {
	code int
	url  string
	err  error
}

func (f *fault) Error() string { return fmt.Sprintf("%d: %v", f.code, f.err) }
func (f *fault) Unwrap() error { return f.err }

func faultf(code int, url, format string, args ...any) *fault {
	return &fault{code: code, url: url, err: fmt.Errorf(format, args...)}
}

// codeOf classifies an error of an HTTP request.
func codeOf(err error) int {
	var (
		f       *fault
		dns     *net.DNSError
		cert    *tls.CertificateVerificationError
		unknown x509.UnknownAuthorityError
		record  tls.RecordHeaderError
	)
	switch {
	case errors.As(err, &f):
		return f.code
	case errors.Is(err, errTooManyHops):
		return codeTooManyHops
	case errors.As(err, &dns):
		return codeBadHost
	case errors.As(err, &cert), errors.As(err, &unknown), errors.As(err, &record):
		return codeTLS
	case errors.Is(err, context.DeadlineExceeded):
		return codeConnection
	default:
		return codeConnection
	}
}
