package simulator

import (
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"net"
	"net/http"
	"net/url"
	"strings"

	"guichet/infra/local/simulator/twilio"
)

const (
	// maxTwiML is the largest document, maxAudio the largest file for <Play>, in bytes.
	maxTwiML = 64 << 10
	maxAudio = 40 << 20
	maxHops  = 10
)

var errTooManyHops = errors.New("too many redirects")

// request asks the product for TwiML, or carries it when the product gave it inline through REST.
type request struct {
	url    string // may be relative to the document that names it
	method string // GET or POST; empty is POST
	params url.Values
	inline []byte
}

type response struct {
	status      int
	contentType string
	body        []byte
}

// params are the parameters of every request about the call (https://www.twilio.com/docs/voice/twiml#request-parameters).
func (c *Call) params() url.Values {
	form := url.Values{
		"CallSid": {c.sid}, "AccountSid": {c.sim.cfg.AccountSID}, "ApiVersion": {twilio.Version},
		"From": {c.from}, "To": {c.to}, "Caller": {c.from}, "Called": {c.to},
		"Direction": {string(c.direction)}, "CallStatus": {string(c.Status())},
	}
	if c.name != "" {
		form.Set("CallerName", c.name)
	}
	for who, number := range map[string]string{"From": c.from, "To": c.to, "Caller": c.from, "Called": c.to} {
		form.Set(who+"Country", twilio.Country(number))
		for _, unknown := range []string{"City", "State", "Zip"} {
			form.Set(who+unknown, "") // Twilio sends what it does not know as empty
		}
	}
	return form
}

// send makes one signed request. A connection that cannot be made is tried a second time, as Twilio does.
func (c *Call) send(ctx context.Context, to, method string, form url.Values) (response, error) {
	ctx, cancel := context.WithTimeout(ctx, twilio.WebhookTime)
	defer cancel()
	res, err := c.sendOnce(ctx, to, method, form)
	var dial *net.OpError
	if errors.As(err, &dial) && dial.Op == "dial" && ctx.Err() == nil {
		res, err = c.sendOnce(ctx, to, method, form)
	}
	return res, err
}

func (c *Call) sendOnce(ctx context.Context, to, method string, form url.Values) (response, error) {
	req, err := c.signed(ctx, to, method, form)
	if err != nil {
		return response{}, err
	}
	res, err := c.client.Do(req)
	if err != nil {
		return response{}, fmt.Errorf("request %s: %w", to, err)
	}
	defer func() { _ = res.Body.Close() }()
	body, err := io.ReadAll(io.LimitReader(res.Body, maxAudio+1))
	if err != nil {
		return response{}, fmt.Errorf("read %s: %w", to, err)
	}
	contentType, _, _ := mime.ParseMediaType(res.Header.Get("Content-Type"))
	return response{status: res.StatusCode, contentType: contentType, body: body}, nil
}

func (c *Call) signed(ctx context.Context, to, method string, form url.Values) (*http.Request, error) {
	target, err := c.absolute(to)
	if err != nil {
		return nil, err
	}
	var body io.Reader
	signedForm := form
	if strings.EqualFold(method, http.MethodGet) {
		method, signedForm = http.MethodGet, nil
		query := target.Query()
		for name, values := range form {
			query[name] = values
		}
		target.RawQuery = query.Encode()
	} else {
		method, body = http.MethodPost, strings.NewReader(form.Encode())
	}
	req, err := http.NewRequestWithContext(ctx, method, target.String(), body)
	if err != nil {
		return nil, faultf(codeBadURL, to, "bad URL %q: %w", to, err)
	}
	if body != nil {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8")
	}
	req.Header.Set("User-Agent", twilio.UserAgent)
	req.Header.Set(twilio.SignatureHeader, c.sim.account.Sign(target.String(), signedForm))
	return req, nil
}

// absolute resolves what a number's settings or a REST call name, against the product's front. The fragment, which on
// Twilio carries connection settings, is not part of the request nor of the signature.
func (c *Call) absolute(to string) (*url.URL, error) {
	base, err := url.Parse(c.sim.cfg.PublicURL)
	if err != nil {
		return nil, faultf(codeBadURL, to, "bad public URL: %w", err)
	}
	target, err := base.Parse(to)
	if err != nil || target.Host == "" || (target.Scheme != "http" && target.Scheme != "https") {
		return nil, faultf(codeBadURL, to, "bad URL %q", to)
	}
	target.Fragment = ""
	return target, nil
}

// followRedirect signs each hop anew: a hop is a GET of another URL, with no form.
func (c *Call) followRedirect(req *http.Request, via []*http.Request) error {
	if len(via) >= maxHops {
		return errTooManyHops
	}
	var form url.Values
	if req.GetBody != nil { // 307 and 308 repeat the POST
		body, err := req.GetBody()
		if err != nil {
			return fmt.Errorf("repeat the form: %w", err)
		}
		raw, err := io.ReadAll(body)
		if err != nil {
			return fmt.Errorf("repeat the form: %w", err)
		}
		if form, err = url.ParseQuery(string(raw)); err != nil {
			return fmt.Errorf("repeat the form: %w", err)
		}
	}
	req.Header.Set(twilio.SignatureHeader, c.sim.account.Sign(req.URL.String(), form))
	return nil
}
