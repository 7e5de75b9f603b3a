package center_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"guichet/shared/center"
)

func TestAttachmentsThatAreAllowed(t *testing.T) {
	t.Parallel()
	for mediaType, want := range map[string]struct{ allowed, inline bool }{
		"image/jpeg": {true, true}, "IMAGE/JPG": {true, true}, "image/png; name=a.png": {true, true}, "audio/x-m4a": {true, true},
		"audio/ogg; codecs=opus": {true, true}, "video/3gp": {true, true}, "application/pdf": {true, false},
		"text/plain; charset=utf-8": {true, false}, "text/x-vcard": {true, false},
		"": {false, false}, "text/html": {false, false}, "image/svg+xml": {false, false}, "application/javascript": {false, false},
		"text/javascript": {false, false}, "application/xhtml+xml": {false, false}, "application/zip": {false, false},
		"application/octet-stream": {false, false}, "image/": {false, false}, "application/x-msdownload": {false, false},
	} {
		assert.Equal(t, want.allowed, center.AttachmentAllowed(mediaType), mediaType)
		assert.Equal(t, want.inline, center.ShownInline(mediaType), mediaType)
	}
	for _, mediaType := range center.AttachmentTypes() {
		assert.Equal(t, mediaType, center.AttachmentType(mediaType), "the list has the usual names")
	}
}

func TestHowLargeAFileMayBe(t *testing.T) {
	t.Parallel()
	assert.EqualValues(t, 10_000_000, center.Settings{}.AttachmentLimit())
	assert.EqualValues(t, 5, center.Settings{AttachmentBytes: 5}.AttachmentLimit())
}
