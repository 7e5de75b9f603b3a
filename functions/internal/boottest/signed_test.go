package boottest

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	v4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"

	"guichet/infra/local/objects"
)

// credentials are those that Lambda gives the function's role.
var credentials = aws.Credentials{
	AccessKeyID: "ASIAIOSFODNN7EXAMPLE", SecretAccessKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", SessionToken: "AQoDYXdzEJr//EXAMPLETOKEN",
}

// signed lets requests pass that were signed for the service with the role's credentials, as AWS does: it signs them again and
// compares (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html).
func (w *world) signed(service string, next http.Handler) http.Handler {
	return http.HandlerFunc(func(out http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			http.Error(out, err.Error(), http.StatusBadRequest)
			return
		}
		r.Body = io.NopCloser(bytes.NewReader(body))
		if !wellSigned(r, body, service) {
			w.note("unsigned", r, body)
			http.Error(out, `{"__type":"InvalidSignatureException","message":"the signature is another"}`, http.StatusForbidden)
			return
		}
		next.ServeHTTP(out, r)
	})
}

func wellSigned(r *http.Request, body []byte, service string) bool {
	authorization := r.Header.Get("Authorization")
	_, rest, found := strings.Cut(authorization, "SignedHeaders=")
	at, err := time.Parse("20060102T150405Z", r.Header.Get("X-Amz-Date"))
	if !found || err != nil {
		return false
	}
	names, _, _ := strings.Cut(rest, ",")
	again := r.Clone(r.Context())
	again.Header, again.ContentLength = http.Header{}, 0
	for name := range strings.SplitSeq(names, ";") {
		switch name {
		case "host":
		case "content-length":
			again.ContentLength = r.ContentLength
		default:
			again.Header[http.CanonicalHeaderKey(name)] = r.Header.Values(name)
		}
	}
	err = v4.NewSigner(func(o *v4.SignerOptions) { o.DisableURIPathEscaping = service == "s3" }).
		SignHTTP(r.Context(), credentials, again, hashOf(body), service, region, at)
	return err == nil && again.Header.Get("Authorization") == authorization
}

func hashOf(body []byte) string {
	sum := sha256.Sum256(body)
	return hex.EncodeToString(sum[:])
}

// bucket is S3's host of the centre's files, played by the runner's store, which has another address and another key.
func bucket(files *objects.Store) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		again := httptest.NewRequestWithContext(r.Context(), r.Method, objects.Prefix+"/"+objects.Bucket+r.URL.EscapedPath(), bytes.NewReader(body))
		again.Header.Set("Content-Type", r.Header.Get("Content-Type"))
		again.Header.Set("Content-Length", strconv.Itoa(len(body)))
		again.Header.Set("X-Amz-Content-Sha256", hashOf(body))
		key, err := files.Config("").Credentials.Retrieve(r.Context())
		if err == nil {
			err = v4.NewSigner(func(o *v4.SignerOptions) { o.DisableURIPathEscaping = true }).
				SignHTTP(r.Context(), key, again, hashOf(body), "s3", region, time.Now())
		}
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		files.ServeHTTP(w, again)
	})
}
