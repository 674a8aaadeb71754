import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { projectRoot } from '../src/boot/project-root.ts';

const SRC = join(projectRoot(), 'src');

/** Which room may import which. A room may always import itself; a room that is not listed imports nothing. */
const ALLOWED: Record<string, readonly string[]> = {
  errors: [],
  calendar: [],
  'business-days': ['calendar'],
  config: ['errors'],
  terms: ['errors'],
  search: [],
  knowledge: ['terms', 'business-days', 'calendar', 'errors'],
  answers: ['terms', 'search', 'knowledge', 'errors'],
  conversations: ['terms', 'knowledge', 'answers', 'search', 'errors'],
  cases: ['terms', 'business-days', 'calendar', 'errors'],
  inquiries: ['calendar'],
  unanswered: ['answers', 'search'],
  reminders: ['cases', 'business-days', 'calendar', 'terms', 'errors'],
  evaluation: [],
  boot: ['terms', 'search', 'knowledge', 'answers', 'conversations', 'reminders', 'business-days', 'errors'],
  store: [
    'answers',
    'calendar',
    'cases',
    'conversations',
    'errors',
    'inquiries',
    'reminders',
    'terms',
    'unanswered',
  ],
  'local-slack': ['errors'],
  slack: [
    'answers',
    'terms',
    'knowledge',
    'conversations',
    'cases',
    'inquiries',
    'unanswered',
    'reminders',
    'store',
    'config',
    'business-days',
    'calendar',
    'errors',
  ],
  cli: [
    'answers',
    'boot',
    'business-days',
    'calendar',
    'cases',
    'conversations',
    'errors',
    'evaluation',
    'knowledge',
    // The bench measures the whole bot against a workspace of its own.
    'compose',
    'local-slack',
    'slack',
    'reminders',
    'search',
    'store',
    'terms',
  ],
  /** The whole bot from its parts; who starts it is main, or a bench. */
  compose: ['answers', 'boot', 'errors', 'reminders', 'slack', 'store', 'unanswered'],
  main: ['boot', 'compose', 'config', 'errors', 'local-slack', 'slack', 'store'],
};

/** The rooms that know nothing of files, clocks, the environment or the network. */
const DOMAIN = [
  'terms',
  'search',
  'knowledge',
  'answers',
  'conversations',
  'cases',
  'inquiries',
  'unanswered',
  'reminders',
  'evaluation',
  'business-days',
  'calendar',
  'errors',
];

const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts'))
  .map((path) => ({ path, room: roomOf(path), text: readFileSync(join(SRC, path), 'utf8') }));

describe('imports run one way', () => {
  test.each(files.map(({ path, room, text }) => [path, room, text] as const))('%s', (path, room, text) => {
    const allowed = ALLOWED[room];
    expect(allowed, `the room ${room} stands in no list`).toBeDefined();
    const imported = importsOf(text)
      .filter((specifier) => specifier.startsWith('.'))
      .map((specifier) => roomOf(relative(SRC, resolve(SRC, dirname(path), specifier))));
    const forbidden = imported.filter((other) => other !== room && !allowed?.includes(other));
    expect(forbidden).toEqual([]);
  });
});

describe('the domain is pure', () => {
  test.each(files.filter(({ room }) => DOMAIN.includes(room)).map(({ path, text }) => [path, text] as const))(
    '%s reads no clock, file, environment or chance, and waits for nothing',
    (_, text) => {
      const code = withoutComments(text);
      expect(
        importsOf(text).filter((name) => name.startsWith('node:') || name.startsWith('@slack/')),
      ).toEqual([]);
      expect(code).not.toMatch(
        /\bprocess\.|\bnew Date\(\)|\bDate\.now\(|\bMath\.random\(|\basync\s|\bawait\s|\bfetch\(/,
      );
    },
  );
});

test('slack knows the store by its types only', () => {
  const loaded = files
    .filter(({ room }) => room === 'slack')
    .flatMap(({ path, text }) =>
      [...withoutComments(text).matchAll(/^import (?!type )[^;]*?from '[^']*\/store\/[^']*'/gms)].map(
        () => path,
      ),
    );
  expect(loaded).toEqual([]);
});

test('a file can be read in one sitting', () => {
  const long = files.filter(({ text }) => text.split('\n').length > 320).map(({ path }) => path);
  expect(long).toEqual([]);
});

function roomOf(path: string): string {
  const [first = ''] = path.split('/');
  return first.replace(/\.ts$/, '');
}

function importsOf(text: string): string[] {
  return [...withoutComments(text).matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map(
    (match) => match[1] ?? '',
  );
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
}
