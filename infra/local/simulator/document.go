package simulator

import (
	"bytes"
	"context"
	"errors"
	"net/url"
	"strings"
	"time"
)

// document is a <Response> and the URL that relative URLs in it are relative to; nil for inline TwiML.
type document struct {
	root *element
	base *url.URL
}

// resolve makes a URL of the document absolute.
func (d document) resolve(to string) (string, error) {
	target, err := url.Parse(strings.TrimSpace(to))
	if err != nil {
		return "", faultf(codeBadURL, to, "bad URL %q: %w", to, err)
	}
	if target.IsAbs() {
		return target.String(), nil
	}
	if d.base == nil {
		return "", faultf(codeBadURL, to, "relative URL %q in TwiML that was not fetched from anywhere", to)
	}
	return d.base.ResolveReference(target).String(), nil
}

// fetch asks the product for a document.
func (c *Call) fetch(ctx context.Context, r request) (document, error) {
	if r.inline != nil {
		root, err := parseTwiML(r.inline)
		if err != nil {
			return document{}, &fault{code: codeParse, err: err}
		}
		return document{root: root}, nil
	}
	base, err := c.absolute(r.url)
	if err != nil {
		return document{}, err
	}
	res, err := c.ask(ctx, r)
	if err != nil {
		if cause := context.Cause(ctx); cause != nil {
			return document{}, cause
		}
		return document{}, &fault{code: codeOf(err), url: base.String(), err: err}
	}
	root, err := interpret(base.String(), res)
	return document{root: root, base: base}, err
}

// ask sends the request with the parameters of the call as it is now.
func (c *Call) ask(ctx context.Context, r request) (response, error) {
	form := c.params()
	for name, values := range r.params {
		form[name] = values
	}
	faults := c.sim.faults
	if !sleep(ctx, faults.upTo(faults.Faults.DelayWebhooks)) {
		return response{}, context.Cause(ctx)
	}
	if faults.chance(faults.Faults.DuplicateWebhooks) {
		if _, err := c.send(ctx, r.url, r.method, form); err != nil {
			return response{}, err
		}
	}
	return c.send(ctx, r.url, r.method, form)
}

// interpret makes TwiML of an answer by its MIME type (https://www.twilio.com/docs/voice/twiml#twilio-understands-mime-types).
func interpret(from string, res response) (*element, error) {
	if res.status < 200 || res.status > 299 {
		return nil, faultf(codeRetrieval, from, "%s answered HTTP %d", from, res.status)
	}
	if strings.HasPrefix(res.contentType, "audio/") {
		return &element{name: "Response", children: []*element{{name: "Play", text: from}}}, nil
	}
	if len(res.body) > maxTwiML {
		return nil, faultf(codeTooLarge, from, "%s answered %d bytes, more than %d", from, len(res.body), maxTwiML)
	}
	root, err := parseTwiML(res.body)
	switch res.contentType {
	case "text/xml", "application/xml", "text/html":
		if err != nil {
			return nil, &fault{code: codeParse, url: from, err: err}
		}
		return root, nil
	case "text/plain":
		if err != nil {
			return &element{name: "Response", children: []*element{{name: "Say", text: string(bytes.TrimSpace(res.body))}}}, nil
		}
		return root, nil
	default:
		return nil, faultf(codeContentType, from, "%s answered the content type %q", from, res.contentType)
	}
}

// applicationError is what Twilio's callers hear when a product fails.
const applicationError = "We are sorry, an application error has occurred. Goodbye."

// errHangup and errLeave are verbs that end the document.
var (
	errHangup = errors.New("<Hangup>")
	errLeave  = errors.New("<Leave>")
)

// speechTime is how long it takes to say something.
func (s *Simulator) speechTime(text string) time.Duration {
	return time.Duration(float64(len([]rune(text))) / s.cfg.SpeechPace * float64(time.Second))
}
