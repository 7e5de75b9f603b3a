import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync } from 'oxc-parser';
import { describe, expect, it } from 'vitest';
import en from './en.json';
import fr from './fr.json';

type Tree = { [key: string]: string | Tree };

/** Every text by its dotted key. */
function flat(tree: Tree, prefix = ''): Map<string, string> {
  const entries = Object.entries(tree).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' ? [[prefix + key, value]] : [...flat(value, `${prefix}${key}.`)],
  );
  return new Map(entries);
}

const parameters = (text: string) => [...text.matchAll(/{{(\w+)}}/g)].map(([, name]) => name ?? '').sort();

const english = flat(en);
const french = flat(fr);

const root = new URL('..', import.meta.url).pathname;
const sources = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name) && !/\.test\.|\.d\.ts$/.test(name))
  .map((name) => ({ name, text: readFileSync(join(root, name), 'utf8') }));

interface Node {
  type: string;
  [key: string]: unknown;
}

/** Every node of a source file's syntax tree. */
function* nodesOf(value: unknown): Generator<Node> {
  if (Array.isArray(value)) for (const item of value) yield* nodesOf(item);
  else if (typeof value === 'object' && value !== null) {
    if ('type' in value) yield value as Node;
    for (const child of Object.values(value)) yield* nodesOf(child);
  }
}

const trees = sources.map(({ name, text }) => ({ name, nodes: [...nodesOf(parseSync(name, text).program)] }));

/** Keys that the sources name: literally, or by the beginning of a template such as `error.${message}`. */
const literals = new Set<string>();
const beginnings = new Set<string>();
for (const { nodes } of trees) {
  for (const node of nodes) {
    if (node.type === 'Literal' && typeof node['value'] === 'string') literals.add(node['value']);
    if (node.type === 'TemplateLiteral') {
      const [first] = node['quasis'] as { value: { cooked: string } }[];
      if (first?.value.cooked.endsWith('.')) beginnings.add(first.value.cooked);
    }
  }
}

const plural = /_(zero|one|two|few|many|other)$/;
const isUsed = (key: string) =>
  literals.has(key.replace(plural, '')) || [...beginnings].some((beginning) => key.startsWith(beginning));

describe('translations', () => {
  it('are complete in both languages', () => {
    expect([...french.keys()]).toEqual([...english.keys()]);
  });

  it.each([...english])('%s takes the same parameters in both', (key, text) => {
    expect(parameters(french.get(key) ?? '')).toEqual(parameters(text));
  });

  it('are all used', () => {
    expect([...english.keys()].filter((key) => !isUsed(key))).toEqual([]);
  });

  it('all say something', () => {
    expect([...english, ...french].filter(([, text]) => text.trim() === '')).toEqual([]);
  });

  it('differ, but for words that both languages share', () => {
    const same = [...english].filter(([key, text]) => french.get(key) === text).map(([, text]) => text);
    const shared =
      /^(Guichet|Navigation|Notifications|Pause|Audio|Microphone|Agents?|Actions|Consultation|Service|Conversations?|Messages?|Archive|SMS|FacebookMessenger|Instagram|Total|h|min)?$/i;
    expect(same.filter((text) => !shared.test(text.replace(/{{\w+}}|[\s·–,:()\d]/g, '')))).toEqual([]);
  });

  it('are typeset as French wants: no ordinary space before ; : ! ? and within « »', () => {
    expect([...french].filter(([, text]) => / [;:!?»]|« /.test(text)).map(([key]) => key)).toEqual([]);
  });
});

describe('the sources', () => {
  const spoken =
    /^(aria-label|placeholder|title|alt|label|header|description|text|.*(AriaLabel|Placeholder|Text|Label))$/i;

  it.each(trees)('$name show no text of their own', ({ nodes }) => {
    const texts = nodes.flatMap((node) => {
      if (node.type === 'JSXText') return [String(node['value'])];
      if (node.type !== 'JSXAttribute') return [];
      const name = (node['name'] as { name?: unknown }).name;
      const value = node['value'] as Node | null;
      return typeof name === 'string' && spoken.test(name) && value?.type === 'Literal' ? [String(value['value'])] : [];
    });
    expect(texts.filter((text) => /\p{Letter}/u.test(text))).toEqual([]);
  });

  it.each(trees)('$name pass every parameter of the texts they name', ({ nodes }) => {
    const wrong = nodes.flatMap((node) => {
      const [first, second] = (node['arguments'] as Node[] | undefined) ?? [];
      const callee = node['callee'] as { name?: string } | undefined;
      if (node.type !== 'CallExpression' || callee?.name !== 't' || first?.type !== 'Literal') return [];
      const key = String(first['value']);
      const text = english.get(key) ?? english.get(`${key}_other`);
      if (text === undefined) return [`${key} is missing`];
      const given = ((second?.['properties'] as { key: { name: string } }[]) ?? []).map(
        (property) => property.key.name,
      );
      return parameters(text).join() === given.sort().join() ? [] : [`${key}: ${given} for ${parameters(text)}`];
    });
    expect(wrong).toEqual([]);
  });
});
