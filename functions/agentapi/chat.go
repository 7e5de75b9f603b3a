package agentapi

import (
	"context"
	"slices"

	"guichet/shared/center"
	"guichet/shared/conversation"
	"guichet/shared/deskapi"
)

// chatList is the open chats that an agent sees.
type chatList struct {
	Chats []deskapi.Chat `json:"chats" nullable:"false"`
}

func (a *API) listChats(ctx context.Context, me *center.Agent, _ *struct{}) (*output[chatList], error) {
	chats, err := a.chats.OpenChats(ctx, me)
	if err != nil {
		return nil, err
	}
	return &output[chatList]{chatList{a.viewChats(chats)}}, nil
}

type resolvedInput struct {
	QueueID string `query:"queueId" maxLength:"64"`
	Channel string `query:"channel" maxLength:"40"`
	Tag     string `query:"tag" maxLength:"40"`
	Search  string `query:"search" maxLength:"100" doc:"In the customer's name, number or address, and in the last message."`
	Cursor  string `query:"cursor" maxLength:"128" doc:"Of the page before."`
}

// resolvedPage is a part of the resolved chats.
type resolvedPage struct {
	Chats  []deskapi.Chat `json:"chats" nullable:"false" doc:"Latest first."`
	Cursor string         `json:"cursor,omitempty" doc:"Of the next page; absent at the end."`
}

func (a *API) listResolved(ctx context.Context, me *center.Agent, in *resolvedInput) (*output[resolvedPage], error) {
	chats, cursor, err := a.chats.Resolved(ctx, me, conversation.ResolvedFilter(*in))
	if err != nil {
		return nil, err
	}
	return &output[resolvedPage]{resolvedPage{a.viewChats(chats), cursor}}, nil
}

type chatInput struct {
	ChatID string `path:"chatId" maxLength:"64"`
}

func (a *API) getChat(ctx context.Context, me *center.Agent, in *chatInput) (*output[deskapi.Chat], error) {
	return a.chatOr(a.chats.Visible(ctx, me, in.ChatID))
}

type assignInput struct {
	ChatID string `path:"chatId" maxLength:"64"`
	Body   struct {
		AgentID string `json:"agentId,omitempty" maxLength:"128" doc:"Oneself or a colleague."`
		QueueID string `json:"queueId,omitempty" maxLength:"64" doc:"Into whose line the chat goes."`
	}
}

func (a *API) assignChat(ctx context.Context, me *center.Agent, in *assignInput) (*output[deskapi.Chat], error) {
	switch b := in.Body; {
	case (b.AgentID == "") == (b.QueueID == ""):
		return nil, invalid("body", "either an agent or a queue is expected", nil)
	case b.QueueID != "":
		return a.chatOr(a.chats.Transfer(ctx, me, in.ChatID, b.QueueID))
	default:
		return a.chatOr(a.chats.Assign(ctx, me, in.ChatID, b.AgentID))
	}
}

func (a *API) resolveChat(ctx context.Context, me *center.Agent, in *chatInput) (*output[deskapi.Chat], error) {
	return a.chatOr(a.meetings().Resolve(ctx, me, in.ChatID))
}

func (a *API) reopenChat(ctx context.Context, me *center.Agent, in *chatInput) (*output[deskapi.Chat], error) {
	return a.chatOr(a.chats.Reopen(ctx, me, in.ChatID))
}

type tagsInput struct {
	ChatID string `path:"chatId" maxLength:"64"`
	Body   struct {
		Tags []string `json:"tags" nullable:"false" maxItems:"20" minLength:"1" maxLength:"40" doc:"All of the chat's."`
	}
}

func (a *API) setTags(ctx context.Context, me *center.Agent, in *tagsInput) (*output[deskapi.Chat], error) {
	before, err := a.chats.Visible(ctx, me, in.ChatID)
	if err != nil {
		return nil, err
	}
	tags := plainLines(in.Body.Tags)
	added := slices.DeleteFunc(slices.Clone(tags), func(tag string) bool { return slices.Contains(before.Tags, tag) })
	if err := a.dispatcher.Store.AddTags(ctx, added, a.dispatcher.Now()); err != nil {
		return nil, err
	}
	return a.chatOr(a.chats.SetTags(ctx, me, in.ChatID, tags))
}

type readInput struct {
	ChatID string `path:"chatId" maxLength:"64"`
	Body   struct {
		Key messageKey `json:"key" doc:"Of the last message that has been seen."`
	}
}

func (a *API) readChat(ctx context.Context, me *center.Agent, in *readInput) (*output[deskapi.Chat], error) {
	return a.chatOr(a.chats.MarkRead(ctx, me, in.ChatID, string(in.Body.Key)))
}

func (a *API) chatOr(c *center.Chat, err error) (*output[deskapi.Chat], error) {
	if err != nil {
		return nil, err
	}
	return &output[deskapi.Chat]{a.chats.View(c)}, nil
}

func (a *API) viewChats(chats []*center.Chat) []deskapi.Chat {
	views := make([]deskapi.Chat, len(chats))
	for i, c := range chats {
		views[i] = a.chats.View(c)
	}
	return views
}
