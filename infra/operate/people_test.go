package main

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestPeopleChangeLeaveAndComeBack(t *testing.T) {
	t.Parallel()
	a, cfg := newAccount(t)
	c, ch := plan(t, cfg, centreFile(t))
	require.NoError(t, c.apply(t.Context(), ch))
	for _, p := range a.people {
		p.signedIn = true
	}
	without := []string{
		"  ines:\n    name: Inès Moreau\n    role: admin\n    email: admin0@acme.example\n    language: fr\n    queues: [que_support, que_chat_support]\n", "",
		"role: supervisor", "role: admin",
	}
	c, ch = plan(t, cfg, centreFile(t, without...))
	assert.Contains(t, ch.String(), "- ines: may no longer sign in")
	assert.Contains(t, ch.String(), "~ sam: Sam Rivera, supervisor0@acme.example, admin")
	require.NoError(t, c.apply(t.Context(), ch))
	assert.False(t, a.people["ines"].enabled)
	assert.Equal(t, []string{"admin"}, a.people["sam"].groups)
	c, ch = plan(t, cfg, centreFile(t))
	assert.Contains(t, ch.String(), "+ ines, admin: may sign in again")
	require.NoError(t, c.apply(t.Context(), ch))
	assert.True(t, a.people["ines"].enabled)
	assert.Len(t, a.invited, 4, "nobody is invited twice")
	assert.Empty(t, a.again)
}

// An invitation that went to a wrong address goes to the right one; who has signed in has a password.
func TestWhoseAddressChangesBeforeTheySignIn(t *testing.T) {
	t.Parallel()
	a, cfg := newAccount(t)
	c, ch := plan(t, cfg, centreFile(t))
	require.NoError(t, c.apply(t.Context(), ch))
	a.people["sam"].signedIn = true
	file := centreFile(t, "admin0@acme.example", "ines@acme.example", "supervisor0@acme.example", "sam@acme.example")
	c, ch = plan(t, cfg, file)
	assert.Contains(t, ch.String(), "~ ines: Inès Moreau, ines@acme.example, admin, is invited again")
	assert.Contains(t, ch.String(), "~ sam: Sam Rivera, sam@acme.example, supervisor\n")
	require.NoError(t, c.apply(t.Context(), ch))
	assert.Equal(t, []string{"ines at ines@acme.example"}, a.again)
	_, ch = plan(t, cfg, file)
	assert.True(t, ch.none(), ch)
}

// Who gets another id is somebody else, with the same address.
func TestAnAddressGoesToAnotherId(t *testing.T) {
	t.Parallel()
	a, cfg := newAccount(t)
	c, ch := plan(t, cfg, centreFile(t))
	require.NoError(t, c.apply(t.Context(), ch))
	c, ch = plan(t, cfg, centreFile(t, "  ines:\n", "  inesmoreau:\n"))
	require.NoError(t, c.apply(t.Context(), ch))
	assert.False(t, a.people["ines"].enabled)
	assert.Equal(t, "admin0@acme.example", a.people["inesmoreau"].attributes["email"])
}

func TestCognitoIsAskedAgainWhenItIsBusy(t *testing.T) {
	t.Parallel()
	a, cfg := newAccount(t)
	a.busy = map[string]int{"ListUsers": 1, "AdminCreateUser": 2, "AdminAddUserToGroup": 1}
	c, ch := plan(t, cfg, centreFile(t))
	require.NoError(t, c.apply(t.Context(), ch))
	assert.Len(t, a.invited, 4)
}

// An invitation that got no further is completed by the next one.
func TestWhatFailedInItsMidstIsDoneAgain(t *testing.T) {
	t.Parallel()
	a, cfg := newAccount(t)
	a.people["sam"] = &person{enabled: true, attributes: map[string]string{"name": "Sam Rivera", "email": "supervisor0@acme.example", "locale": "en"}}
	c, ch := plan(t, cfg, centreFile(t))
	require.NoError(t, c.apply(t.Context(), ch))
	assert.Equal(t, []string{"supervisor"}, a.people["sam"].groups)
	assert.NotContains(t, a.invited, "sam")
}
