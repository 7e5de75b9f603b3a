package stacks

import (
	"github.com/aws/aws-cdk-go/awscdk/v2"
	"github.com/aws/aws-cdk-go/awscdk/v2/awscognito"
	"github.com/aws/constructs-go/constructs/v10"
	"github.com/aws/jsii-runtime-go"

	"guichet/infra/stacks/outputs"
	"guichet/shared/config"
)

// callbackPath is the dashboard's page for the return from signing in.
const callbackPath = "/signed-in"

// identity is who may sign in.
type identity struct {
	pool   awscognito.UserPool
	client awscognito.UserPoolClient
}

func newIdentity(scope constructs.Construct, s Settings, f front) identity {
	stack := newStack(scope, s, "identity", "who may sign in", keepsState)
	pool := newUserPool(stack, s, f)
	for i, role := range []string{"admin", "supervisor", "agent"} { // the lowest precedence wins
		pool.AddGroup(jsii.String(role), &awscognito.UserPoolGroupOptions{
			GroupName: jsii.String(role), Precedence: jsii.Number(float64(i)),
		})
	}
	pool.AddDomain(jsii.String("Domain"), &awscognito.UserPoolDomainOptions{
		CognitoDomain:       &awscognito.CognitoDomainOptions{DomainPrefix: jsii.String(signInDomain(s))},
		ManagedLoginVersion: awscognito.ManagedLoginVersion_NEWER_MANAGED_LOGIN, // the older pages speak no French
	})
	client := newDashboardClient(pool, s, f)
	awscognito.NewCfnManagedLoginBranding(stack, jsii.String("Branding"), &awscognito.CfnManagedLoginBrandingProps{
		UserPoolId: pool.UserPoolId(), ClientId: client.UserPoolClientId(), UseCognitoProvidedValues: jsii.Bool(true),
	})
	say(stack, outputs.UserPool, *pool.UserPoolId(), "Where people are invited, and providers added")
	return identity{pool: pool, client: client}
}

func newUserPool(stack awscdk.Stack, s Settings, f front) awscognito.UserPool {
	return awscognito.NewUserPool(stack, jsii.String("People"), &awscognito.UserPoolProps{
		UserPoolName:      jsii.String(s.Prefix),
		SelfSignUpEnabled: jsii.Bool(false), // people are invited
		UserInvitation:    invitation(f),
		// The user name is the agent's id; people may type their address instead.
		SignInAliases:       &awscognito.SignInAliases{Username: jsii.Bool(true), Email: jsii.Bool(true)},
		SignInCaseSensitive: jsii.Bool(false),
		AutoVerify:          &awscognito.AutoVerifiedAttrs{Email: jsii.Bool(true)},
		StandardAttributes: &awscognito.StandardAttributes{
			Fullname: &awscognito.StandardAttribute{Required: jsii.Bool(true), Mutable: jsii.Bool(true)},
		},
		Mfa:             secondFactor(s),
		MfaSecondFactor: &awscognito.MfaSecondFactor{Otp: jsii.Bool(true), Sms: jsii.Bool(false)},
		PasswordPolicy: &awscognito.PasswordPolicy{
			MinLength: jsii.Number(12), TempPasswordValidity: awscdk.Duration_Days(jsii.Number(7)),
		},
		AccountRecovery:    awscognito.AccountRecovery_EMAIL_ONLY,
		DeletionProtection: jsii.Bool(true),
		RemovalPolicy:      awscdk.RemovalPolicy_RETAIN,
	})
}

// invitation says where to sign in, as Cognito's own does not. There is one for everybody, so it is in both languages.
func invitation(f front) *awscognito.UserInvitationConfig {
	return &awscognito.UserInvitationConfig{
		EmailSubject: jsii.String("Guichet : votre invitation / your invitation"),
		EmailBody: jsii.String("Connectez-vous sur / sign in at: " + f.publicURL() + "<br>Nom / name: {username}<br>Mot de passe / password: {####}<br>" +
			"Vous choisirez ensuite le vôtre. Cette invitation est valable sept jours.<br>" +
			"You will choose one of your own. This invitation is good for seven days."),
	}
}

// secondFactor asks for a code of an application: text messages can be had by others, and cost. Who comes through a provider is
// asked there.
func secondFactor(s Settings) awscognito.Mfa {
	if s.MFA == config.MFAOptional {
		return awscognito.Mfa_OPTIONAL
	}
	return awscognito.Mfa_REQUIRED
}

// newDashboardClient is a public client: a browser keeps no secret, so PKCE proves that the code is its own.
func newDashboardClient(pool awscognito.UserPool, s Settings, f front) awscognito.UserPoolClient {
	providers := []awscognito.UserPoolClientIdentityProvider{awscognito.UserPoolClientIdentityProvider_COGNITO()}
	for _, name := range s.SignInWith { // an operator has made them in the pool: their secrets are in no file
		providers = append(providers, awscognito.UserPoolClientIdentityProvider_Custom(jsii.String(name)))
	}
	return pool.AddClient(jsii.String("Dashboard"), &awscognito.UserPoolClientOptions{
		GenerateSecret: jsii.Bool(false),
		OAuth: &awscognito.OAuthSettings{
			Flows: &awscognito.OAuthFlows{AuthorizationCodeGrant: jsii.Bool(true)},
			Scopes: &[]awscognito.OAuthScope{
				awscognito.OAuthScope_OPENID(), awscognito.OAuthScope_EMAIL(), awscognito.OAuthScope_PROFILE(),
			},
			CallbackUrls: jsii.Strings(f.publicURL() + callbackPath),
			LogoutUrls:   jsii.Strings(f.publicURL() + "/"),
		},
		SupportedIdentityProviders: &providers,
		AccessTokenValidity:        awscdk.Duration_Hours(jsii.Number(1)),
		IdTokenValidity:            awscdk.Duration_Hours(jsii.Number(1)),
		RefreshTokenValidity:       awscdk.Duration_Hours(jsii.Number(12)), // one sign-in a shift
		EnableTokenRevocation:      jsii.Bool(true),
		PreventUserExistenceErrors: jsii.Bool(true),
	})
}

// signInDomain is unique in the region, so it carries the account.
func signInDomain(s Settings) string { return s.Prefix + "-" + *awscdk.Aws_ACCOUNT_ID() }

func signInURL(s Settings) string {
	return "https://" + signInDomain(s) + ".auth." + *awscdk.Aws_REGION() + ".amazoncognito.com"
}
