// @vitest-environment jsdom
import '../../test/dom';
import { describe, expect, it } from 'vitest';
import { isTyping, letterOf, shortcutFor } from './shortcuts';

const press = (init: KeyboardEventInit) => new KeyboardEvent('keydown', { altKey: true, shiftKey: true, ...init });

describe('shortcutFor', () => {
  it.each([
    ['the letter', { key: 'A', code: 'KeyA' }, 'accept'],
    ['the letter where the layout has it', { key: 'A', code: 'KeyQ' }, 'accept'],
    ['the sign that macOS makes of it', { key: 'Å', code: 'KeyA' }, 'accept'],
    ['another letter', { key: 'Z', code: 'KeyZ' }, undefined],
    ['no letter', { key: 'Shift', code: 'ShiftLeft' }, undefined],
    ['one modifier too many', { key: 'A', code: 'KeyA', ctrlKey: true }, undefined],
    ['one modifier too few', { key: 'a', code: 'KeyA', shiftKey: false }, undefined],
    ['a key held down', { key: 'E', code: 'KeyE', repeat: true }, undefined],
  ])('%s', (_, init, name) => {
    expect(shortcutFor(press(init))).toBe(name);
  });

  it('finds no letter in keys without one', () => expect(letterOf({ key: 'Dead', code: 'Quote' })).toBe(''));
});

it.each([
  ['<input>', true],
  ['<input type="search">', true],
  ['<textarea></textarea>', true],
  ['<input type="checkbox">', false],
  ['<input type="range">', false],
  ['<button></button>', false],
])('%s takes text: %s', (html, typing) => {
  document.body.innerHTML = html;
  expect(isTyping(document.body.firstElementChild)).toBe(typing);
});
