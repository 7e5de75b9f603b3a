import { expect, test } from 'vitest';
import { expectAccessible } from '../test/axe';
import { RecordingsPage } from './pages/recordings-page';
import { agentHz } from './stage/build';
import { hears } from './stage/ear';
import { openStage } from './stage/stage';

const stage = openStage();

test('S25 S26 a message is recorded with the microphone, listened to, changed, archived, unarchived and deleted', async () => {
  const agent = await stage.signIn('camille');
  const recordings = await RecordingsPage.open(agent);
  await recordings.add('Opening hours', ['shop']);
  await recordings.record(3);
  await recordings.action('listen', 'new sound').click();
  await hears(agent.page, agentHz);
  await expectAccessible(agent.page, 'the form of a message');
  await recordings.save('Opening hours');
  await recordings.row('Opening hours').filter({ hasText: 'shop' }).waitFor();

  await agent.page.reload();
  await recordings.action('listen', 'Opening hours').click();
  await hears(agent.page, agentHz);
  await recordings.action('stopListening', 'Opening hours').click();

  await recordings.action('editOne', 'Opening hours').click();
  await recordings.rename('Hours');
  await recordings.addTag('summer');
  await recordings.record(1);
  await recordings.save('Hours');
  await recordings.row('Hours').filter({ hasText: 'shop, summer' }).waitFor();
  await recordings.action('listen', 'Hours').click();
  await hears(agent.page, agentHz);

  await recordings.action('archiveOne', 'Hours').click();
  await recordings.says('archived', 'Hours');
  await recordings.tab('archiveTab', 1);
  await recordings.row('Hours').waitFor();
  await expectAccessible(agent.page, 'the archive');
  await recordings.action('unarchiveOne', 'Hours').click();
  await recordings.says('unarchived', 'Hours');
  await recordings.tab('tab', 1);
  await recordings.action('deleteOne', 'Hours').click();
  await recordings.confirmDelete.click();
  await recordings.says('deleted', 'Hours');
  await agent.page.reload();
  await agent.page.getByText('You have no recorded message yet.').waitFor();
});

test('S25 in French; nobody else sees one’s messages', async () => {
  const agent = await stage.signIn('camille', { language: 'fr' });
  const recordings = await RecordingsPage.open(agent);
  await recordings.add('Horaires d’été');
  await recordings.record(1);
  await recordings.save('Horaires d’été');
  const colleague = await stage.signIn('alex');
  const others = await RecordingsPage.open(colleague);
  await colleague.page.getByText('You have no recorded message yet.').waitFor();
  expect(await others.row('Horaires d’été').count()).toBe(0);
});
