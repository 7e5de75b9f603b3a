// Package objects is S3 on one machine: one bucket of files below a path of the origin. Links and requests must be signed
// as AWS has it, so that an expired or forged one is refused here too.
package objects

import (
	"crypto/rand"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/johannesboyne/gofakes3"
	"github.com/johannesboyne/gofakes3/backend/s3afero"
	"github.com/spf13/afero"
)

const (
	// Prefix is where the service is mounted: buckets are the first segment after it.
	Prefix = "/s3"
	// Bucket is the one that there is.
	Bucket = "guichet-files"
	// Region is in every signature.
	Region = "eu-west-3"
)

// Store is the service. It has an access key of its own, made at the start: links of an earlier run are refused.
type Store struct {
	credentials aws.Credentials
	files       http.Handler
	now         func() time.Time
}

// Open serves the files below dir, which it makes if need be.
func Open(dir string) (*Store, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("make the folder of objects: %w", err)
	}
	backend, err := s3afero.MultiBucket(afero.NewBasePathFs(afero.NewOsFs(), dir))
	if err != nil {
		return nil, fmt.Errorf("open the objects: %w", err)
	}
	known, err := backend.BucketExists(Bucket)
	if err == nil && !known {
		err = backend.CreateBucket(Bucket)
	}
	if err != nil {
		return nil, fmt.Errorf("make the bucket: %w", err)
	}
	s := &Store{
		credentials: aws.Credentials{AccessKeyID: "AKIA" + rand.Text()[:16], SecretAccessKey: rand.Text()},
		now:         time.Now,
	}
	s.files = http.StripPrefix(Prefix, gofakes3.New(backend, gofakes3.WithoutVersioning()).Server())
	return s, nil
}

// Config is for SDK clients at the origin; they need path-style addresses.
func (s *Store) Config(origin string) aws.Config {
	return aws.Config{
		Region: Region, BaseEndpoint: aws.String(origin + Prefix),
		Credentials: credentials.NewStaticCredentialsProvider(s.credentials.AccessKeyID, s.credentials.SecretAccessKey, ""),
	}
}

// ServeHTTP answers GET, HEAD, PUT and DELETE of one object, with the paths unshortened, and the preflights before them.
func (s *Store) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	header := w.Header()
	// Who puts a page here must not have it run with the origin's rights.
	header.Set("Content-Security-Policy", "default-src 'none'; sandbox")
	header.Set("X-Content-Type-Options", "nosniff")
	answer := &amended{ResponseWriter: w, amend: func(status int) {
		allowOrigin(header, r)
		if r.Method == http.MethodGet && status < http.StatusBadRequest {
			override(header, r.URL.Query())
		}
	}}
	s.serve(answer, r)
	answer.settle(http.StatusOK)
}

func (s *Store) serve(w http.ResponseWriter, r *http.Request) {
	switch {
	case !strings.HasPrefix(r.URL.Path, Prefix+"/"+Bucket+"/") || !plain(r):
		refuse(w, http.StatusNotImplemented, "NotImplemented", "A header you provided implies functionality that is not implemented")
	case r.Method == http.MethodOptions:
		preflight(w, r)
	default:
		if failure := s.verify(r); failure != nil {
			refuse(w, http.StatusForbidden, failure.code, failure.message)
			return
		}
		s.files.ServeHTTP(w, r)
	}
}

// plain tells whether the request is one of those that the store takes: whole objects, in one piece.
func plain(r *http.Request) bool {
	switch r.Method {
	case http.MethodGet, http.MethodHead, http.MethodPut, http.MethodDelete, http.MethodOptions:
	default:
		return false
	}
	query := r.URL.Query()
	for _, other := range []string{"uploads", "uploadId", "versioning", "versions", "versionId", "acl", "tagging"} {
		if query.Has(other) {
			return false
		}
	}
	return !strings.HasPrefix(r.Header.Get("X-Amz-Content-Sha256"), "STREAMING-") && r.Header.Get("X-Amz-Copy-Source") == ""
}

// override sets the headers that a link asks for
// (https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html#API_GetObject_RequestSyntax).
func override(header http.Header, query url.Values) {
	for _, name := range []string{"Content-Type", "Content-Disposition", "Content-Language", "Content-Encoding", "Cache-Control", "Expires"} {
		if wanted := query["response-"+strings.ToLower(name)]; len(wanted) > 0 {
			header.Set(name, wanted[0])
		}
	}
}

// refuse answers an error as S3 does (https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html).
func refuse(w http.ResponseWriter, status int, code, message string) {
	w.Header().Set("Content-Type", "application/xml")
	w.WriteHeader(status)
	_, _ = fmt.Fprintf(w, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>%s</Code><Message>%s</Message></Error>", code, message)
}
