package main

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cognitoidentityprovider"
	"github.com/aws/aws-sdk-go-v2/service/cognitoidentityprovider/types"

	"guichet/shared/center"
	"guichet/shared/config"
)

// pool is Cognito's user pool of a centre. Only here is its API spoken.
type pool struct {
	client *cognitoidentityprovider.Client
	id     string
}

// user is somebody who may sign in, or might.
type user struct {
	id, name, email, language string
	role                      center.Role // empty: in none of the groups
	enabled                   bool
	invited                   bool // and has not signed in yet
}

// personChange is what becomes of one person in the pool: nothing before means an invitation, nothing after that they may no longer
// sign in. Nobody is deleted: who comes back is who they were.
type personChange struct{ before, after *user }

func (c personChange) String() string {
	switch {
	case c.before == nil:
		return fmt.Sprintf("+ %s, %s: is invited at %s", c.after.id, c.after.role, c.after.email)
	case c.after == nil:
		return fmt.Sprintf("- %s: may no longer sign in", c.before.id)
	case !c.before.enabled:
		return fmt.Sprintf("+ %s, %s: may sign in again", c.after.id, c.after.role)
	}
	line := fmt.Sprintf("~ %s: %s, %s, %s", c.after.id, c.after.name, c.after.email, c.after.role)
	if c.invitesAgain() {
		line += ", is invited again"
	}
	return line
}

// invitesAgain tells whether somebody's invitation went elsewhere, or is likely to have run out while they were not to sign in.
func (c personChange) invitesAgain() bool {
	return c.before != nil && c.after != nil && c.before.invited && (c.before.email != c.after.email || !c.before.enabled)
}

var roles = []center.Role{center.RoleAdmin, center.RoleSupervisor, center.RoleAgent}

// plan compares the file's people with the pool's.
func (p *pool) plan(ctx context.Context, centre *config.Centre) ([]personChange, error) {
	there, err := p.users(ctx)
	if err != nil {
		return nil, err
	}
	var changes []personChange
	for _, a := range centre.Agents {
		wanted := &user{id: a.ID, name: a.Name, email: centre.Emails[a.ID], language: a.Language, role: a.Role, enabled: true}
		before := there[a.ID]
		wanted.invited = before != nil && before.invited
		if before == nil || *before != *wanted {
			changes = append(changes, personChange{before, wanted})
		}
		delete(there, a.ID)
	}
	for _, id := range slices.Sorted(maps.Keys(there)) {
		if there[id].enabled {
			changes = append(changes, personChange{before: there[id]})
		}
	}
	return changes, nil
}

// users are all people of the pool, by id.
func (p *pool) users(ctx context.Context) (map[string]*user, error) {
	all := map[string]*user{}
	list := cognitoidentityprovider.NewListUsersPaginator(p.client, &cognitoidentityprovider.ListUsersInput{UserPoolId: &p.id})
	for list.HasMorePages() {
		page, err := list.NextPage(ctx)
		if err != nil {
			return nil, fmt.Errorf("list who may sign in: %w", err)
		}
		for _, u := range page.Users {
			if u.UserStatus == types.UserStatusTypeExternalProvider {
				continue // managed where they come from
			}
			one := &user{id: aws.ToString(u.Username), enabled: u.Enabled, invited: u.UserStatus == types.UserStatusTypeForceChangePassword}
			for _, a := range u.Attributes {
				switch aws.ToString(a.Name) {
				case "name":
					one.name = aws.ToString(a.Value)
				case "email":
					one.email = aws.ToString(a.Value)
				case "locale":
					one.language = aws.ToString(a.Value)
				}
			}
			all[one.id] = one
		}
	}
	for _, role := range slices.Backward(roles) { // who is in several has the greatest
		group := string(role)
		list := cognitoidentityprovider.NewListUsersInGroupPaginator(p.client,
			&cognitoidentityprovider.ListUsersInGroupInput{UserPoolId: &p.id, GroupName: &group})
		for list.HasMorePages() {
			page, err := list.NextPage(ctx)
			if err != nil {
				return nil, fmt.Errorf("list the group %s: %w", group, err)
			}
			for _, u := range page.Users {
				if one := all[aws.ToString(u.Username)]; one != nil {
					one.role = role
				}
			}
		}
	}
	return all, nil
}

// apply makes one change. It may be repeated.
func (p *pool) apply(ctx context.Context, c personChange) error {
	if c.after == nil {
		_, err := p.client.AdminDisableUser(ctx, &cognitoidentityprovider.AdminDisableUserInput{UserPoolId: &p.id, Username: &c.before.id})
		return err
	}
	before := cmp.Or(c.before, &user{})
	if err := p.write(ctx, c.before, c.after); err != nil {
		return err
	}
	if c.before != nil && !before.enabled {
		_, err := p.client.AdminEnableUser(ctx, &cognitoidentityprovider.AdminEnableUserInput{UserPoolId: &p.id, Username: &c.after.id})
		if err != nil {
			return err
		}
	}
	if c.invitesAgain() {
		_, err := p.client.AdminCreateUser(ctx, &cognitoidentityprovider.AdminCreateUserInput{
			UserPoolId: &p.id, Username: &c.after.id, MessageAction: types.MessageActionTypeResend,
			DesiredDeliveryMediums: []types.DeliveryMediumType{types.DeliveryMediumTypeEmail},
		})
		if err != nil {
			return err
		}
	}
	return p.setRole(ctx, before.role, c.after)
}

// write invites somebody, or changes what is known of them.
func (p *pool) write(ctx context.Context, before, after *user) error {
	attribute := func(name, value string) types.AttributeType { return types.AttributeType{Name: &name, Value: &value} }
	attributes := []types.AttributeType{
		attribute("name", after.name), attribute("email", after.email), attribute("email_verified", "true"), attribute("locale", after.language),
	}
	if before == nil {
		_, err := p.client.AdminCreateUser(ctx, &cognitoidentityprovider.AdminCreateUserInput{
			UserPoolId: &p.id, Username: &after.id, UserAttributes: attributes,
			DesiredDeliveryMediums: []types.DeliveryMediumType{types.DeliveryMediumTypeEmail},
			// The file says whose an address is: who had it before, under another id, signs in with it no longer. Changing attributes
			// moves an address without being told to.
			ForceAliasCreation: true,
		})
		return err
	}
	_, err := p.client.AdminUpdateUserAttributes(ctx, &cognitoidentityprovider.AdminUpdateUserAttributesInput{
		UserPoolId: &p.id, Username: &after.id, UserAttributes: attributes,
	})
	return err
}

// setRole puts somebody into the group of their role, and out of that of the one before.
func (p *pool) setRole(ctx context.Context, before center.Role, after *user) error {
	if before == after.role {
		return nil
	}
	group := string(after.role)
	_, err := p.client.AdminAddUserToGroup(ctx, &cognitoidentityprovider.AdminAddUserToGroupInput{UserPoolId: &p.id, Username: &after.id, GroupName: &group})
	if err != nil || before == "" {
		return err
	}
	old := string(before)
	_, err = p.client.AdminRemoveUserFromGroup(ctx, &cognitoidentityprovider.AdminRemoveUserFromGroupInput{UserPoolId: &p.id, Username: &after.id, GroupName: &old})
	return err
}
