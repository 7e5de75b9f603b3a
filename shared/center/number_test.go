package center_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"guichet/shared/center"
)

func TestE164(t *testing.T) {
	t.Parallel()
	for text, is := range map[string]bool{
		"+33199001000": true, "+1234567": true, "+123456789012345": true,
		"+123456": false, "+1234567890123456": false, "33199001000": false, "+0199001000": false, "Anonymous": false, "+33 199": false, "": false,
	} {
		assert.Equal(t, is, center.E164(text), text)
	}
}
