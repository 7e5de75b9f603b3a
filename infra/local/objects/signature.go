package objects

import (
	"crypto/hmac"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	v4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"
)

const (
	dateFormat = "20060102T150405Z"
	// skew is how far apart the clocks may be (https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-authenticating-requests.html).
	skew = 15 * time.Minute
	// longest is the longest life of a link
	// (https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html).
	longest         = 7 * 24 * time.Hour
	unsignedPayload = "UNSIGNED-PAYLOAD"
)

type failure struct{ code, message string }

func denied(message string) *failure { return &failure{"AccessDenied", message} }

var errMismatch = &failure{
	"SignatureDoesNotMatch", "The request signature we calculated does not match the signature you provided. Check your key and signing method.",
}

// verify signs the request again, as its sender says to have done, and compares.
func (s *Store) verify(r *http.Request) *failure {
	if r.URL.Query().Has("X-Amz-Signature") {
		return s.verifyLink(r)
	}
	return s.verifyHeader(r)
}

func (s *Store) verifyLink(r *http.Request) *failure {
	query := r.URL.Query()
	at, err := time.Parse(dateFormat, query.Get("X-Amz-Date"))
	seconds, secondsErr := strconv.Atoi(query.Get("X-Amz-Expires"))
	life := time.Duration(seconds) * time.Second
	if err != nil || secondsErr != nil || life <= 0 || life > longest {
		return &failure{"AuthorizationQueryParametersError", "X-Amz-Date or X-Amz-Expires is not valid"}
	}
	signature := query.Get("X-Amz-Signature")
	query.Del("X-Amz-Signature")
	again := signedPart(r, strings.Split(query.Get("X-Amz-SignedHeaders"), ";"))
	again.URL.RawQuery = query.Encode()
	link, _, err := v4.NewSigner(s3Signing).PresignHTTP(r.Context(), s.credentials, again, unsignedPayload, "s3", Region, at)
	if err != nil || !sameSignature(link, signature, query) {
		return errMismatch
	}
	switch now := s.now(); {
	case now.After(at.Add(life)):
		return denied("Request has expired")
	case at.After(now.Add(skew)):
		return denied("Request is not valid yet")
	}
	return nil
}

// sameSignature also holds the credential to ours: signing again replaces it.
func sameSignature(link, signature string, asked url.Values) bool {
	u, err := url.Parse(link)
	if err != nil {
		return false
	}
	made := u.Query()
	return made.Get("X-Amz-Credential") == asked.Get("X-Amz-Credential") &&
		hmac.Equal([]byte(made.Get("X-Amz-Signature")), []byte(signature))
}

func (s *Store) verifyHeader(r *http.Request) *failure {
	authorization := r.Header.Get("Authorization")
	_, rest, found := strings.Cut(authorization, "SignedHeaders=")
	at, err := time.Parse(dateFormat, r.Header.Get("X-Amz-Date"))
	if !found || err != nil {
		return denied("Access Denied")
	}
	if apart := s.now().Sub(at); apart > skew || apart < -skew {
		return &failure{"RequestTimeTooSkewed", "The difference between the request time and the server's time is too large."}
	}
	names, _, _ := strings.Cut(rest, ",")
	again := signedPart(r, strings.Split(names, ";"))
	hash := r.Header.Get("X-Amz-Content-Sha256")
	err = v4.NewSigner(s3Signing).SignHTTP(r.Context(), s.credentials, again, hash, "s3", Region, at)
	if err != nil || !hmac.Equal([]byte(again.Header.Get("Authorization")), []byte(authorization)) {
		return errMismatch
	}
	return nil
}

// s3Signing: S3 escapes a path once only, and what was hoisted into the query is there already.
func s3Signing(o *v4.SignerOptions) { o.DisableURIPathEscaping, o.DisableHeaderHoisting = true, true }

// signedPart is the request with those headers alone that its signature covers.
func signedPart(r *http.Request, names []string) *http.Request {
	part := r.Clone(r.Context())
	part.Header, part.ContentLength = http.Header{}, 0
	for _, name := range names {
		switch name {
		case "host":
		case "content-length":
			part.ContentLength = r.ContentLength
		default:
			if values := r.Header.Values(name); len(values) > 0 {
				part.Header[http.CanonicalHeaderKey(name)] = values
			}
		}
	}
	return part
}
