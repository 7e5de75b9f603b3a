package stacks

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestDashboardSignsInByCodeWithoutSecret(t *testing.T) {
	t.Parallel()
	client := only(t, stack(t, "identity"), "AWS::Cognito::UserPoolClient")
	assert.Equal(t, false, client["GenerateSecret"])
	assert.Equal(t, []any{"code"}, client["AllowedOAuthFlows"])
	assert.ElementsMatch(t, []any{"openid", "email", "profile"}, client["AllowedOAuthScopes"])
	assert.Equal(t, "ENABLED", client["PreventUserExistenceErrors"])
	assert.Contains(t, text(t, client["CallbackURLs"]), `"/signed-in"`)
}

func TestOnlyInvitedPeopleSignIn(t *testing.T) {
	t.Parallel()
	pool := only(t, stack(t, "identity"), "AWS::Cognito::UserPool")
	assert.Equal(t, true, pool["AdminCreateUserConfig"].(object)["AllowAdminCreateUserOnly"])
	assert.Equal(t, []any{"email"}, pool["AliasAttributes"])
	assert.NotContains(t, pool, "UsernameAttributes", "the user name is the agent's id, which an address is not")
	assert.Equal(t, "ON", pool["MfaConfiguration"], "everybody has a second factor, unless the file says otherwise")
	assert.Equal(t, []any{"SOFTWARE_TOKEN_MFA"}, pool["EnabledMfas"])
	groups := map[any]any{}
	for _, group := range resources(stack(t, "identity"), "AWS::Cognito::UserPoolGroup") {
		properties := group["Properties"].(object)
		groups[properties["GroupName"]] = properties["Precedence"]
	}
	assert.Equal(t, map[any]any{"admin": 0.0, "supervisor": 1.0, "agent": 2.0}, groups)
}

func TestInvitationsSayWhere(t *testing.T) {
	t.Parallel()
	for where, identity := range map[string]object{"acme-front:": stack(t, "identity"), "https://contact.acme.example<br>": otherStack(t, "identity")} {
		create := only(t, identity, "AWS::Cognito::UserPool")["AdminCreateUserConfig"].(object)
		message := text(t, create["InviteMessageTemplate"])
		for _, part := range []string{"{username}", "{####}"} {
			assert.Contains(t, message, part)
		}
		assert.Contains(t, strings.NewReplacer(`\u003c`, "<", `\u003e`, ">").Replace(message), where)
	}
}

func TestSignInOfTheOtherCentre(t *testing.T) {
	t.Parallel()
	identity := otherStack(t, "identity")
	assert.Equal(t, "OPTIONAL", only(t, identity, "AWS::Cognito::UserPool")["MfaConfiguration"])
	client := only(t, identity, "AWS::Cognito::UserPoolClient")
	assert.Equal(t, []any{"COGNITO", "Entra"}, client["SupportedIdentityProviders"])
	assert.Equal(t, []any{"https://contact.acme.example/signed-in"}, client["CallbackURLs"])
	assert.Equal(t, []any{"COGNITO"}, only(t, stack(t, "identity"), "AWS::Cognito::UserPoolClient")["SupportedIdentityProviders"])
}
