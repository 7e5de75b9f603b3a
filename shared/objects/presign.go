package objects

import (
	"context"
	"fmt"
	"mime"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"guichet/shared/center"
)

// PresignPut makes an address to which one file of this type and size can be put for a while, and the headers that the
// request has to have. Another type or size does not fit the signature.
func (b *Bucket) PresignPut(
	ctx context.Context, key, mediaType string, size int64, lifetime time.Duration,
) (link string, headers map[string]string, err error) {
	r, err := b.request(ctx, http.MethodPut, key, mediaType, nil)
	if err != nil {
		return "", nil, fmt.Errorf("presign put %s: %w", key, err)
	}
	r.ContentLength = size // browsers send it by themselves
	link, err = b.presign(ctx, r, url.Values{}, lifetime)
	return link, map[string]string{"Content-Type": mediaType}, err
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
	if name != "" {
		disposition = mime.FormatMediaType(disposition, map[string]string{"filename": name})
	}
	if mediaType = center.AttachmentType(mediaType); !center.AttachmentAllowed(mediaType) {
		mediaType = "application/octet-stream"
	}
	r, err := b.request(ctx, http.MethodGet, key, "", nil)
	if err != nil {
		return "", fmt.Errorf("presign get %s: %w", key, err)
	}
	// https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html#API_GetObject_RequestSyntax
	return b.presign(ctx, r, url.Values{"response-content-disposition": {disposition}, "response-content-type": {mediaType}}, lifetime)
}

// presign signs a request in its address (https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html).
func (b *Bucket) presign(ctx context.Context, r *http.Request, query url.Values, lifetime time.Duration) (string, error) {
	credentials, err := b.credentials.Retrieve(ctx)
	if err != nil {
		return "", fmt.Errorf("credentials: %w", err)
	}
	query.Set("X-Amz-Expires", strconv.Itoa(int(lifetime/time.Second)))
	r.URL.RawQuery = query.Encode()
	link, _, err := b.signer.PresignHTTP(ctx, credentials, r, "UNSIGNED-PAYLOAD", service, b.region, time.Now())
	if err != nil {
		return "", fmt.Errorf("presign %s: %w", r.URL.Path, err)
	}
	return link, nil
}
