// Package boot turns a Lambda function's environment into what its handler needs. Only functions/*/lambda use it.
package boot

import (
	"fmt"

	"github.com/caarlos0/env/v11"
)

// Environment is what infra/stacks gives the functions. Each function gets only what it uses.
type Environment struct {
	Table string `env:"GUICHET_TABLE,required"`
	// PublicURL is the one origin, without a slash at its end.
	PublicURL string `env:"GUICHET_PUBLIC_URL"`
	// Centre is the prefix, by which measures tell centres apart.
	Centre string `env:"GUICHET_CENTRE"`
	// RealtimeEndpoint is the management endpoint of the WebSocket API's stage.
	RealtimeEndpoint string `env:"GUICHET_REALTIME_ENDPOINT"`
	// ARNs of secrets in Secrets Manager.
	MediaKeySecret string `env:"GUICHET_MEDIA_KEY_SECRET"` // the key of tickets and reports
	TwilioSecret   string `env:"GUICHET_TWILIO_SECRET"`    // JSON: telephony.Account
	MetaSecret     string `env:"GUICHET_META_SECRET"`      // JSON: appSecret, verifyToken, pages, instagram
	OriginSecret   string `env:"GUICHET_ORIGIN_SECRET"`    // what CloudFront sends in OriginHeader
	// State machine ARNs.
	RingWorkflow     string `env:"GUICHET_RING_WORKFLOW"`
	WrapUpWorkflow   string `env:"GUICHET_WRAPUP_WORKFLOW"`
	SendWorkflow     string `env:"GUICHET_SEND_WORKFLOW"`
	FetchWorkflow    string `env:"GUICHET_FETCH_WORKFLOW"`
	CallbackWorkflow string `env:"GUICHET_CALLBACK_WORKFLOW"`
	// FilesBucket keeps the files of messages.
	FilesBucket string `env:"GUICHET_FILES_BUCKET"`

	// AWS is what Lambda itself sets.
	AWS struct {
		Region          string `env:"AWS_REGION,required"`
		AccessKeyID     string `env:"AWS_ACCESS_KEY_ID,required"`
		SecretAccessKey string `env:"AWS_SECRET_ACCESS_KEY,required"`
		SessionToken    string `env:"AWS_SESSION_TOKEN"`
	}
}

func parse() (Environment, error) {
	e, err := env.ParseAs[Environment]()
	if err != nil {
		return e, fmt.Errorf("read the environment: %w", err)
	}
	return e, nil
}
