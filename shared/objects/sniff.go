package objects

import (
	"slices"

	"github.com/gabriel-vasile/mimetype"

	"guichet/shared/center"
)

// SniffBytes is how much of a file's beginning Sniff looks at.
const SniffBytes = 3072

// Sniff tells a file's media type by its content, as center.AttachmentTypes calls it. Only where the content is an
// envelope for several types does the sender's word count.
func Sniff(beginning []byte, said string) string {
	found := center.AttachmentType(mimetype.Detect(beginning).String())
	if said = center.AttachmentType(said); slices.Contains(inside(found), said) {
		return said
	}
	return found
}

// inside lists the types whose beginning may look like another one.
func inside(mediaType string) []string {
	switch mediaType {
	case "text/plain":
		return []string{"text/csv", "text/vcard"}
	case "video/mp4":
		return []string{"audio/mp4", "video/quicktime", "video/3gpp"}
	case "application/x-ole-storage":
		return []string{"application/msword", "application/vnd.ms-excel", "application/vnd.ms-powerpoint"}
	case "application/zip":
		return []string{
			"application/vnd.openxmlformats-officedocument.wordprocessingml.document",
			"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
			"application/vnd.openxmlformats-officedocument.presentationml.presentation",
			"application/vnd.oasis.opendocument.text", "application/vnd.oasis.opendocument.spreadsheet",
			"application/vnd.oasis.opendocument.presentation",
		}
	}
	return nil
}
