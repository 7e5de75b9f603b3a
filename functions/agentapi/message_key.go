package agentapi

import "github.com/danielgtaylor/huma/v2"

// messageKey is a message's place in its thread: center.Message's Key.
type messageKey string

// Schema implements huma.SchemaProvider.
func (messageKey) Schema(huma.Registry) *huma.Schema {
	return &huma.Schema{
		Type: huma.TypeString, Pattern: `^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z#ms_[0-9A-HJKMNP-TV-Z]{26}$`,
		PatternDescription: "the key of a message",
	}
}
