package objects

import (
	"github.com/gabriel-vasile/mimetype"

	"guichet/shared/center"
)

// SniffBytes is how many bytes of a file tell what it is.
const SniffBytes = 4096

// Sniff tells a file's media type by its first bytes, as center.AttachmentTypes calls it, whatever its name and its sender
// say.
func (*Bucket) Sniff(head []byte) string {
	return center.AttachmentType(mimetype.Detect(head).String())
}
