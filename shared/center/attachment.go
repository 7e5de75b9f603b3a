package center

import (
	"slices"
	"strings"
)

// DefaultAttachmentBytes is how large a file may be where the settings do not say.
const DefaultAttachmentBytes = 10_000_000

// AttachmentLimit is how large a file may be, in bytes.
func (s Settings) AttachmentLimit() int64 {
	if s.AttachmentBytes > 0 {
		return s.AttachmentBytes
	}
	return DefaultAttachmentBytes
}

// AttachmentTypes lists the media types of the files that go in and out. What a browser would run is not among them
// (HTML, SVG, scripts), nor are the old binary office formats, whose beginning does not tell them from an installer's.
func AttachmentTypes() []string {
	return []string{
		"image/jpeg", "image/png", "image/gif", "image/webp", "image/heic",
		"audio/mpeg", "audio/mp4", "audio/ogg", "audio/wav", "audio/amr", "audio/aac",
		"video/mp4", "video/quicktime", "video/3gpp", "video/webm",
		"application/pdf", "text/plain", "text/csv", "text/vcard",
		"application/vnd.openxmlformats-officedocument.wordprocessingml.document",
		"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
		"application/vnd.openxmlformats-officedocument.presentationml.presentation",
		"application/vnd.oasis.opendocument.text", "application/vnd.oasis.opendocument.spreadsheet",
		"application/vnd.oasis.opendocument.presentation",
	}
}

// attachmentAliases are other names under which senders announce the same types.
var attachmentAliases = map[string]string{
	"image/jpg": "image/jpeg", "image/pjpeg": "image/jpeg", "image/heif": "image/heic",
	"audio/mp3": "audio/mpeg", "audio/x-m4a": "audio/mp4", "audio/m4a": "audio/mp4", "audio/x-wav": "audio/wav",
	"audio/wave": "audio/wav", "audio/vnd.wave": "audio/wav", "audio/x-aac": "audio/aac", "audio/opus": "audio/ogg",
	"application/ogg": "audio/ogg", "audio/3gpp": "video/3gpp", "video/3gp": "video/3gpp", "audio/webm": "video/webm",
	"video/x-m4v": "video/mp4", "application/x-pdf": "application/pdf", "text/x-vcard": "text/vcard", "text/directory": "text/vcard",
}

// AttachmentType names a file's type as AttachmentTypes does: without parameters, in small letters, by its usual name.
func AttachmentType(mediaType string) string {
	name, _, _ := strings.Cut(mediaType, ";")
	name = strings.ToLower(strings.TrimSpace(name))
	if usual, ok := attachmentAliases[name]; ok {
		return usual
	}
	return name
}

// AttachmentAllowed tells whether files of the type go in and out.
func AttachmentAllowed(mediaType string) bool {
	return slices.Contains(AttachmentTypes(), AttachmentType(mediaType))
}

// ShownInline tells whether a browser may show files of the type by itself: pictures, sound and films. All else is
// downloaded.
func ShownInline(mediaType string) bool {
	return AttachmentAllowed(mediaType) && mediaClass(AttachmentType(mediaType)) != "file"
}
