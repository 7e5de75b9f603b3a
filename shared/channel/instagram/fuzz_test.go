package instagram_test

import (
	"testing"

	"guichet/shared/channel/internal/meta/metatest"
)

func FuzzWebhook(f *testing.F) { metatest.Fuzz(f, build) }
