package objects

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"net/http"
	"time"

	"guichet/shared/center"
)

const (
	// attempts bounds how often a request is sent: S3 asks for patience with 503 now and then
	// (https://docs.aws.amazon.com/AmazonS3/latest/userguide/optimizing-performance-guidelines.html).
	attempts = 3
	// firstPause is how long the second attempt waits; each later one waits twice as long.
	firstPause = 100 * time.Millisecond
	// maxAnswer is how much is read of an error document.
	maxAnswer = 4 << 10
)

// do sends a request, again if it makes sense, until it is answered with success.
func (b *Bucket) do(ctx context.Context, method, key, mediaType string, content []byte) (*http.Response, error) {
	pause := firstPause
	for n := 1; ; n++ {
		response, again, err := b.send(ctx, method, key, mediaType, content)
		if err == nil || !again || n == attempts {
			return response, err
		}
		select {
		case <-ctx.Done():
			return nil, err
		case <-time.After(pause):
			pause *= 2
		}
	}
}

// send signs and sends a request. It tells of a failure whether it may be over at the next attempt.
func (b *Bucket) send(ctx context.Context, method, key, mediaType string, content []byte) (response *http.Response, again bool, err error) {
	r, err := b.request(ctx, method, key, mediaType, bytes.NewReader(content))
	if err != nil {
		return nil, false, err
	}
	credentials, err := b.credentials.Retrieve(ctx)
	if err != nil {
		return nil, false, fmt.Errorf("credentials: %w", err)
	}
	sum := sha256.Sum256(content)
	hash := hex.EncodeToString(sum[:])
	r.Header.Set("X-Amz-Content-Sha256", hash)
	if err := b.signer.SignHTTP(ctx, credentials, r, hash, service, b.region, time.Now()); err != nil {
		return nil, false, fmt.Errorf("sign: %w", err)
	}
	if response, err = b.client.Do(r); err != nil {
		return nil, true, err
	}
	if response.StatusCode == http.StatusOK || response.StatusCode == http.StatusNoContent {
		return response, false, nil
	}
	again, err = refusal(response)
	return nil, again, err
}

// refusal is the error that an answer without success is.
func refusal(response *http.Response) (again bool, err error) {
	answer, _ := io.ReadAll(io.LimitReader(response.Body, maxAnswer))
	_ = response.Body.Close()
	switch {
	case response.StatusCode == http.StatusNotFound:
		return false, center.Errorf(center.NotFound, "file-missing", "the file is not there")
	case response.StatusCode >= http.StatusInternalServerError, response.StatusCode == http.StatusTooManyRequests:
		again = true
	}
	return again, fmt.Errorf("HTTP %d: %s", response.StatusCode, answer)
}

// service is S3's name in signatures.
const service = "s3"
