// Package objects keeps files in S3 and hands out links to them that last minutes. It is the only package that speaks S3;
// what the files mean is others' business.
package objects

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	smithyhttp "github.com/aws/smithy-go/transport/http"

	"guichet/shared/center"
)

// Bucket is where the files are.
type Bucket struct {
	client  *s3.Client
	presign *s3.PresignClient
	name    string
}

// New returns a bucket that exists. Links are to the endpoint of the client.
func New(client *s3.Client, bucket string) *Bucket {
	return &Bucket{client: client, name: bucket, presign: s3.NewPresignClient(client, s3.WithPresignClientFromClientOptions(
		// Else the SDK signs the checksum of an empty body into the link, and S3 refuses what is uploaded.
		func(o *s3.Options) { o.RequestChecksumCalculation = aws.RequestChecksumCalculationWhenRequired },
	))}
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
	_, err = b.client.PutObject(ctx, &s3.PutObjectInput{
		Bucket: &b.name, Key: &key, ContentType: &mediaType, Body: bytes.NewReader(content),
	})
	return wrap("put", key, err)
}

// Read reads the first bytes of a file, at most limit, and tells its whole size; NotFound when there is none.
func (b *Bucket) Read(ctx context.Context, key string, limit int64) (head []byte, size int64, err error) {
	out, err := b.client.GetObject(ctx, &s3.GetObjectInput{Bucket: &b.name, Key: &key})
	if err != nil {
		return nil, 0, wrap("get", key, err)
	}
	defer func() { _ = out.Body.Close() }()
	head, err = io.ReadAll(io.LimitReader(out.Body, limit))
	return head, aws.ToInt64(out.ContentLength), wrap("read", key, err)
}

func wrap(operation, key string, err error) error {
	var answer *smithyhttp.ResponseError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &answer) && answer.HTTPStatusCode() == http.StatusNotFound:
		return center.Errorf(center.NotFound, "file-missing", "the file is not there")
	}
	return fmt.Errorf("%s %s: %w", operation, key, err)
}
