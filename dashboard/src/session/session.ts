import { type User, UserManager, WebStorageStateStore } from 'oidc-client-ts';
import { Problem } from '../api/problem';
import type { SiteConfig } from './site-config';

/** Who is signed in, if anybody. Tokens live in this tab's session storage and nowhere else. */
export interface Session {
  /** Undefined when nobody is signed in. */
  person: Person | undefined;
  /** The sign-in just made did not succeed. */
  failed: boolean;
  /** The agent has just signed out. */
  ended: boolean;
  signIn(language: string): Promise<void>;
  signOut(): Promise<void>;
  /** The access token; `renewed` gets another one than the last. Rejects with a 401 Problem when the session is over. */
  token(renewed: boolean): Promise<string>;
  /** Whether the session can't be renewed any more. */
  isLost(): boolean;
  /** Tells when that becomes so. Returns the way to stop listening. */
  onLost(listener: () => void): () => void;
}

export interface Person {
  name: string;
  username: string;
}

export const CALLBACK_PATH = '/signed-in';
const ENDED_KEY = 'guichet.signed-out';
/** Seconds before its end at which an access token is renewed. */
const RENEW_AHEAD = 90;

function createUserManager(config: SiteConfig): UserManager {
  const store = new WebStorageStateStore({ store: window.sessionStorage, prefix: 'guichet.' });
  return new UserManager({
    authority: config.issuer,
    client_id: config.clientId,
    scope: config.scope,
    redirect_uri: new URL(CALLBACK_PATH, window.location.origin).href,
    post_logout_redirect_uri: new URL('/', window.location.origin).href,
    userStore: store,
    stateStore: store,
    automaticSilentRenew: false,
    accessTokenExpiringNotificationTimeInSeconds: RENEW_AHEAD,
  });
}

/** Finishes a sign-in that comes back from the provider and puts the page's address back to where it began. */
async function finishSignIn(manager: UserManager): Promise<boolean> {
  if (window.location.pathname !== CALLBACK_PATH) return true;
  let returnTo = '/';
  let ok = true;
  try {
    const user = await manager.signinCallback();
    const state = user?.state as { returnTo?: string } | undefined;
    returnTo = state?.returnTo ?? '/';
  } catch {
    ok = false; // an old link or a refusal: the landing page says so and offers to try again
  }
  window.history.replaceState(null, '', returnTo);
  return ok;
}

export async function openSession(config: SiteConfig): Promise<Session> {
  const manager = createUserManager(config);
  const finished = await finishSignIn(manager);
  const ended = window.sessionStorage.getItem(ENDED_KEY) !== null;
  window.sessionStorage.removeItem(ENDED_KEY);
  const user = await manager.getUser();
  const tokens = renewing(manager);
  return {
    person: user ? personOf(user) : undefined,
    failed: !finished,
    ended,
    signIn: (language) => {
      const returnTo = window.location.pathname + window.location.search;
      return manager.signinRedirect({ ui_locales: language, state: { returnTo } });
    },
    signOut: () => signOut(manager, config),
    ...tokens,
  };
}

function personOf(user: User): Person {
  const username = String(user.profile.preferred_username ?? user.profile['cognito:username'] ?? user.profile.sub);
  return { username, name: user.profile.name ?? username };
}

async function signOut(manager: UserManager, config: SiteConfig): Promise<void> {
  window.sessionStorage.setItem(ENDED_KEY, '1');
  const endpoint = await manager.metadataService.getEndSessionEndpoint().catch(() => undefined);
  if (endpoint) return manager.signoutRedirect();
  await manager.removeUser();
  window.location.assign(config.signOutUrl ?? '/');
}

/** Hands out the access token and renews it ahead of its end, once at a time however many ask. */
function renewing(manager: UserManager): Pick<Session, 'token' | 'isLost' | 'onLost'> {
  const listeners = new Set<() => void>();
  let lost = false;
  let renewal: Promise<User> | undefined;

  function renew(): Promise<User> {
    renewal ??= manager
      .signinSilent()
      .then((user) => {
        if (!user) throw new Error('no session to renew');
        return user;
      })
      .finally(() => {
        renewal = undefined;
      });
    return renewal;
  }

  manager.events.addAccessTokenExpiring(() => {
    renew().catch(() => {
      // The token lasts a little longer; the next request tries again and tells if that fails too.
    });
  });

  return {
    async token(renewed) {
      const user = await manager.getUser();
      if (user && !renewed && !user.expired) return user.access_token;
      try {
        return (await renew()).access_token;
      } catch (error) {
        lost = true;
        for (const listener of [...listeners]) listener();
        throw new Problem(401, 'signed-out', String(error));
      }
    },
    isLost: () => lost,
    onLost(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
