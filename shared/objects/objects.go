// Package objects keeps files in S3 and hands out links to them that last minutes. It is the only package that speaks S3;
// what the files mean is others' business.
//
// It needs three requests, so it signs them itself with the SDK's signer: see docs/decisions/files-without-the-s3-client.md.
package objects

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	v4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"
)

// Bucket is where the files are.
type Bucket struct {
	origin      string // of the files, without a slash at its end
	region      string
	credentials aws.CredentialsProvider
	signer      *v4.Signer
	client      *http.Client
}

// patience is how long one request may take.
const patience = 30 * time.Second

// New returns a bucket that exists: in the configuration's region, or at its endpoint if it has one, by path.
func New(c aws.Config, bucket string) *Bucket {
	// https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html
	origin := "https://" + bucket + ".s3." + c.Region + ".amazonaws.com"
	if strings.HasPrefix(c.Region, "cn-") {
		origin += ".cn"
	}
	if c.BaseEndpoint != nil {
		origin = *c.BaseEndpoint + "/" + bucket
	}
	return &Bucket{
		origin: origin, region: c.Region, credentials: c.Credentials, client: &http.Client{Timeout: patience},
		// S3 escapes a path once only: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
		signer: v4.NewSigner(func(o *v4.SignerOptions) { o.DisableURIPathEscaping = true }),
	}
}

// Put stores a file of known size. It reads all of it first, so that a repeat of the request sends it whole.
func (b *Bucket) Put(ctx context.Context, key, mediaType string, body io.Reader, size int64) error {
	content, err := io.ReadAll(io.LimitReader(body, size+1))
	if err != nil {
		return fmt.Errorf("read what is to be put to %s: %w", key, err)
	}
	if int64(len(content)) != size {
		return fmt.Errorf("put %s: its size is not the %d bytes that were announced", key, size)
	}
	response, err := b.do(ctx, http.MethodPut, key, mediaType, content)
	if err != nil {
		return fmt.Errorf("put %s: %w", key, err)
	}
	return response.Body.Close()
}

// Delete removes a file; one that is not there is no failure.
func (b *Bucket) Delete(ctx context.Context, key string) error {
	response, err := b.do(ctx, http.MethodDelete, key, "", nil)
	if err != nil {
		return fmt.Errorf("delete %s: %w", key, err)
	}
	return response.Body.Close()
}

// Read reads the first bytes of a file, at most limit, and tells its whole size; NotFound when there is none.
func (b *Bucket) Read(ctx context.Context, key string, limit int64) (head []byte, size int64, err error) {
	response, err := b.do(ctx, http.MethodGet, key, "", nil)
	if err != nil {
		return nil, 0, fmt.Errorf("get %s: %w", key, err)
	}
	defer func() { _ = response.Body.Close() }()
	if head, err = io.ReadAll(io.LimitReader(response.Body, limit)); err != nil {
		return nil, 0, fmt.Errorf("read %s: %w", key, err)
	}
	return head, response.ContentLength, nil
}

// request is one for a file. The type is that of its content; empty when none is sent.
func (b *Bucket) request(ctx context.Context, method, key, mediaType string, body io.Reader) (*http.Request, error) {
	r, err := http.NewRequestWithContext(ctx, method, b.origin+(&url.URL{Path: "/" + key}).EscapedPath(), body)
	if err == nil && mediaType != "" {
		r.Header.Set("Content-Type", mediaType)
	}
	return r, err
}
