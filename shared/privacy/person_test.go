package privacy_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"guichet/shared/privacy"
)

func TestHowACustomerIsNamed(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]privacy.Person{
		"+33612345678":                    {Number: "+33612345678"},
		" +33 6 12.34-56 78 ":             {Number: "+33612345678"},
		"zoe@example.org":                 {Email: "zoe@example.org"},
		"messenger:24680135791":           {Channel: "messenger", ID: "24680135791"},
		"sms:+33612345678":                {Channel: "sms", ID: "+33612345678"},
		"webchat:vi_01KAQ80F9Z6M3B5H7K2N": {Channel: "webchat", ID: "vi_01KAQ80F9Z6M3B5H7K2N"},
	} {
		got, err := privacy.ParsePerson(text)
		assert.NoError(t, err, text)
		assert.Equal(t, want, got, text)
	}
	for _, text := range []string{"", "0612345678", "+33", "zoe", "zoe@", "@example.org", "messenger:", ":1", "Zoé Martin", "+336123456781234567"} {
		_, err := privacy.ParsePerson(text)
		assert.Error(t, err, text)
	}
}
