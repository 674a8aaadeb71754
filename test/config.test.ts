import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../src/config.ts';
import { GuideError } from '../src/errors.ts';

const BOT = 'xoxb-1-abc';
const APP = 'xapp-1-abc';
const SECRET = 'a1b2c3d4';

describe('readConfig', () => {
  it('runs locally when no token is set', () => {
    expect(readConfig({ PATH: '/bin', SLACK_BOT_TOKEN: '  ' })).toEqual({
      mode: 'local',
      dataDir: '.data',
      databaseUrl: null,
      retentionDays: 365,
      slackApiUrl: null,
      staff: { usergroup: null, users: [], channel: null },
      port: 3920,
    });
  });

  it('uses Socket Mode with an app token, HTTP with a signing secret', () => {
    expect(readConfig({ SLACK_BOT_TOKEN: BOT, SLACK_APP_TOKEN: APP, DATA_DIR: '/x' })).toEqual({
      mode: 'socket',
      botToken: BOT,
      appToken: APP,
      dataDir: '/x',
      databaseUrl: null,
      retentionDays: 365,
      slackApiUrl: null,
      staff: { usergroup: null, users: [], channel: null },
    });
    expect(readConfig({ SLACK_BOT_TOKEN: BOT, SLACK_SIGNING_SECRET: SECRET, PORT: '3000' })).toMatchObject({
      mode: 'http',
      port: 3000,
      host: '127.0.0.1',
    });
  });

  it('keeps questions for a year unless told otherwise, and refuses what is no such term', () => {
    expect(readConfig({ RETENTION_DAYS: '90' })).toMatchObject({ retentionDays: 90 });
    for (const wrong of ['0', '29', '3651', '1e3', '-90']) {
      expect(() => readConfig({ RETENTION_DAYS: wrong })).toThrow('RETENTION_DAYS');
    }
  });

  it('reads who belongs to the office, and names what is wrong there', () => {
    const given = { STAFF_USERGROUP: 'S01', STAFF_USERS: 'U01, W02', STAFF_CHANNEL: 'C01' };
    expect(readConfig(given).staff).toEqual({ usergroup: 'S01', users: ['U01', 'W02'], channel: 'C01' });
    const message = problemOf({
      STAFF_USERGROUP: '担当室',
      STAFF_USERS: 'U01;U02',
      STAFF_CHANNEL: 'general',
    });
    for (const key of ['STAFF_USERGROUP', 'STAFF_USERS', 'STAFF_CHANNEL']) expect(message).toContain(key);
  });

  it('lists every wrong or missing key at once', () => {
    const message = problemOf({ SLACK_SIGNING_SECRET: SECRET, PORT: '0', SLACK_API_URL: 'ftp://x/api/' });
    for (const key of ['SLACK_BOT_TOKEN', 'PORT', 'SLACK_API_URL']) expect(message).toContain(key);
    expect(message).toContain('「0」');
    expect(message).toContain('「ftp://x/api/」');
  });

  it('says what is missing beside a bot token alone, and refuses two transports at once', () => {
    expect(problemOf({ SLACK_BOT_TOKEN: BOT })).toMatch(/SLACK_APP_TOKEN.*SLACK_SIGNING_SECRET/);
    expect(problemOf({ SLACK_APP_TOKEN: APP, SLACK_SIGNING_SECRET: SECRET })).toContain('どちらか一方');
  });

  it('never shows a secret, whatever is wrong with it', () => {
    const wrong = fc.stringMatching(/^[!-~]{8,40}$/).map((text) => `bad ${text}`);
    fc.assert(
      fc.property(wrong, wrong, wrong, (bot, app, secret) => {
        for (const environment of [
          { SLACK_BOT_TOKEN: bot, SLACK_APP_TOKEN: app },
          { SLACK_BOT_TOKEN: bot, SLACK_SIGNING_SECRET: secret, PORT: 'x' },
          { SLACK_BOT_TOKEN: bot },
        ]) {
          const message = problemOf(environment);
          for (const value of [bot, app, secret]) expect(message).not.toContain(value.slice(4));
        }
      }),
    );
  });

  it('accepts another Web API root only when it ends in /api/', () => {
    const base = { SLACK_BOT_TOKEN: BOT, SLACK_APP_TOKEN: APP };
    expect(readConfig({ ...base, SLACK_API_URL: 'http://127.0.0.1:9/api/' }).slackApiUrl).toContain('/api/');
    for (const address of [
      'https://slack.com',
      'https://slack.com/api',
      'https://x/?/api/',
      'slack.com/api/',
    ]) {
      expect(problemOf({ ...base, SLACK_API_URL: address })).toContain(address);
    }
  });
});

function problemOf(environment: Record<string, string>): string {
  try {
    readConfig(environment);
  } catch (error) {
    if (error instanceof GuideError && error.code === 'settings-invalid') return error.message;
    throw error;
  }
  throw new Error('the settings were accepted');
}
