package ecs

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"time"
)

const (
	// protectFor is how long a protection lasts that is not renewed, in minutes. It is renewed long before;
	// but ECS refuses that while more tasks are protected than are wanted, and the last calls of the day are to end in peace all
	// the same. CloudFormation waits three hours for a deployment.
	protectFor = 120
	renewAfter = 10 * time.Minute
	// unprotectAfter is how long a node must have had no call: the next one often comes at once, and each change is a request
	// to ECS, which limits them.
	unprotectAfter = 30 * time.Second
	retryAfter     = 10 * time.Second

	requestTimeout = 5 * time.Second
	maxAnswer      = 16 << 10 // bytes
)

// Protection keeps ECS from ending the task by a scale-in or a deployment while calls are live
// (https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-scale-in-protection-endpoint.html). Its zero value but for
// the first three fields is ready; it is for one goroutine.
type Protection struct {
	Agent  string // ECS_AGENT_URI
	Client *http.Client
	Log    *slog.Logger

	on    bool
	renew time.Time // before it runs out
	retry time.Time // not before
	empty time.Time // since when there is no call; zero while there is one
}

// Update tells ECS what it does not know yet.
func (p *Protection) Update(ctx context.Context, live int, now time.Time) {
	switch {
	case live > 0:
		p.empty = time.Time{}
	case p.empty.IsZero():
		p.empty = now
	}
	protect := live > 0 || p.on && now.Sub(p.empty) < unprotectAfter
	if now.Before(p.retry) || protect == p.on && (!protect || now.Before(p.renew)) {
		return
	}
	if err := p.put(ctx, protect); err != nil {
		p.Log.Warn("scale-in protection not set", "protect", protect, "error", err)
		p.retry = now.Add(retryAfter)
		if !p.on {
			p.on, p.renew = true, now // ECS may have obeyed, and the answer be lost: then it is to be taken back
		}
		return
	}
	p.on, p.renew = protect, now.Add(renewAfter)
}

// put sets the protection, and believes it only when the answer says so: a refusal may come with the status 200.
func (p *Protection) put(ctx context.Context, protect bool) error {
	state := map[string]any{"ProtectionEnabled": protect}
	if protect {
		state["ExpiresInMinutes"] = protectFor
	}
	body, err := json.Marshal(state)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, requestTimeout)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, http.MethodPut, p.Agent+"/task-protection/v1/state", bytes.NewReader(body))
	if err != nil {
		return err
	}
	r.Header.Set("Content-Type", "application/json")
	res, err := p.Client.Do(r)
	if err != nil {
		return err
	}
	defer func() { _ = res.Body.Close() }()
	text, err := io.ReadAll(io.LimitReader(res.Body, maxAnswer))
	if err != nil {
		return err
	}
	var answer struct {
		Protection *struct {
			ProtectionEnabled bool `json:"ProtectionEnabled"`
		} `json:"protection"`
	}
	err = json.Unmarshal(text, &answer)
	if err != nil || res.StatusCode != http.StatusOK || answer.Protection == nil || answer.Protection.ProtectionEnabled != protect {
		return fmt.Errorf("answered %s: %s", res.Status, text)
	}
	return nil
}
