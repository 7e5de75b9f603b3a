package objects

import (
	"context"
	"fmt"
	"mime"
	"net/http"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/s3"

	"guichet/shared/center"
)

// PresignPut makes an address to which one file of this type and size can be put for a while, and the headers that the
// request has to have. Another type or size does not fit the signature.
func (b *Bucket) PresignPut(
	ctx context.Context, key, mediaType string, size int64, lifetime time.Duration,
) (url string, headers map[string]string, err error) {
	r, err := b.presign.PresignPutObject(ctx, &s3.PutObjectInput{
		Bucket: &b.name, Key: &key, ContentType: &mediaType, ContentLength: &size,
	}, s3.WithPresignExpires(lifetime))
	if err != nil {
		return "", nil, fmt.Errorf("presign put %s: %w", key, err)
	}
	headers = map[string]string{}
	for name := range r.SignedHeader {
		if name = http.CanonicalHeaderKey(name); name != "Host" && name != "Content-Length" { // browsers set these themselves
			headers[name] = r.SignedHeader.Get(name)
		}
	}
	return r.URL, headers, nil
}

// PresignGet makes an address from which the file can be fetched for a while, under a name. Inline are pictures, sound and
// films alone: all else is downloaded, whatever is asked, so that no browser runs it.
func (b *Bucket) PresignGet(
	ctx context.Context, key, name, mediaType string, inline bool, lifetime time.Duration,
) (string, error) {
	disposition := "attachment"
	if inline && center.ShownInline(mediaType) {
		disposition = "inline"
	}
	if mediaType = center.AttachmentType(mediaType); !center.AttachmentAllowed(mediaType) {
		mediaType = "application/octet-stream"
	}
	if name != "" {
		disposition = mime.FormatMediaType(disposition, map[string]string{"filename": name})
	}
	r, err := b.presign.PresignGetObject(ctx, &s3.GetObjectInput{
		Bucket: &b.name, Key: &key, ResponseContentDisposition: &disposition, ResponseContentType: &mediaType,
	}, s3.WithPresignExpires(lifetime))
	if err != nil {
		return "", fmt.Errorf("presign get %s: %w", key, err)
	}
	return r.URL, nil
}
