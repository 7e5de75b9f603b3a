import { expect, test } from 'vitest';
import { SignInPage } from './pages/sign-in-page';
import { openStage } from './stage/stage';

const stage = openStage();

test('N1 one command starts everything and says where it is', async () => {
  await expect.poll(() => stage.said, { message: 'the whole banner' }).toContain('Ctrl-C');
  expect(stage.said).toContain(`${stage.origin}/simulator`);
  expect(stage.said).toMatch(/\+33199001000[\s\S]*\+442079460000/);
  expect(stage.said).toContain('Camille Martin, agent');
  const { page } = await stage.customer();
  expect(await page.getByTestId('number-select').locator('option').allTextContents()).toContainEqual(
    expect.stringContaining('Assistance (FR)'),
  );
});

test('S1 sign in in English, by the authorization-code flow with PKCE', async () => {
  const page = await stage.visit();
  const signIn = new SignInPage(page, 'en');
  const authorize = page.waitForRequest((request) => request.url().includes('code_challenge='));
  const token = page.waitForRequest((request) => request.postData()?.includes('code_verifier=') ?? false);

  await signIn.start.click();
  await page.getByRole('heading', { name: 'Who are you?' }).waitFor();
  expect(await signIn.people.allTextContents()).toContainEqual(expect.stringMatching(/Robin Petit\s+Not an agent/));
  await signIn.person('alex').click();
  await page.getByRole('heading', { name: 'Hello, Alex Morgan' }).waitFor();

  const asked = new URL((await authorize).url()).searchParams;
  expect(asked.get('response_type')).toBe('code');
  expect(asked.get('code_challenge_method')).toBe('S256');
  const exchanged = new URLSearchParams((await token).postData() ?? '');
  expect(exchanged.get('grant_type')).toBe('authorization_code');
  expect(exchanged.get('code_verifier')?.length).toBeGreaterThanOrEqual(43);
  expect(exchanged.has('client_secret')).toBe(false);
  expect(new URL(page.url()).search, 'the code is gone from the address').toBe('');
});

test('S1 sign in in French', async () => {
  const page = await stage.visit('/', { language: 'fr' });
  const signIn = new SignInPage(page, 'fr');
  await signIn.start.click();
  await page.getByRole('heading', { name: 'Qui êtes-vous ?' }).waitFor();
  expect(await page.locator('html').getAttribute('lang')).toBe('fr');
  await signIn.person('camille').click();
  await page.getByRole('heading', { name: 'Bonjour Camille Martin' }).waitFor();
});

test('S1 the page that was asked for comes after signing in', async () => {
  const page = await stage.visit('/desk');
  const desk = await stage.signInOn(page, 'camille');
  await desk.page.getByRole('heading', { level: 1, name: 'Agent desk' }).waitFor();
});

test('S1 a person who is not an agent is told so, and reaches nothing', async () => {
  stage.faults.expect(/^403: GET .*\/api\/(desk|chats|voicemails)$/, /realtime.* 403/);
  const robin = await stage.signIn('robin');
  await robin.page.getByRole('heading', { name: 'You’re signed in, but you’re not an agent' }).waitFor();
  await robin.page.getByText('Robin Petit').waitFor();
  expect(await robin.headset.count()).toBe(0);
  await robin.page.goto(`${stage.origin}/desk`);
  await robin.page.getByRole('heading', { name: 'You’re signed in, but you’re not an agent' }).waitFor();

  await robin.button('Sign out').click();
  await robin.page.getByRole('heading', { name: 'You’re signed out' }).waitFor();
});

test('S1 signing out ends the session here and at the provider', async () => {
  const agent = await stage.signIn('camille');
  await agent.page.getByRole('button', { name: 'Account: Camille Martin' }).click();
  await agent.page.getByRole('menuitem', { name: 'Sign out' }).click();
  await agent.page.getByRole('heading', { name: 'You’re signed out' }).waitFor();
  await agent.page.goto(`${stage.origin}/desk`);
  await new SignInPage(agent.page).start.waitFor();
  await agent.button('Sign in').click();
  await agent.page.getByRole('heading', { name: 'Who are you?' }).waitFor();
});
