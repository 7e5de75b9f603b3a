package agentapi

import (
	"context"

	"guichet/shared/center"
	"guichet/shared/deskapi"
)

// callFromChat calls the customer of a chat that the agent holds. The call is what counts: should noting it in the thread
// fail, it goes on.
func (a *API) callFromChat(ctx context.Context, me *center.Agent, in *chatInput) (*output[deskapi.Contact], error) {
	call, err := a.chats.Dialling(ctx, me, in.ChatID)
	if err != nil {
		return nil, err
	}
	contact, err := a.dispatcher.DialOut(ctx, me.ID, call)
	if err != nil {
		return nil, err
	}
	if err := a.chats.CallMade(ctx, me, in.ChatID, contact.ID); err != nil {
		a.log.ErrorContext(ctx, "call not noted in its chat", "chat", in.ChatID, "contact", contact.ID, "error", err)
	}
	return &output[deskapi.Contact]{deskapi.ViewContact(contact)}, nil
}
