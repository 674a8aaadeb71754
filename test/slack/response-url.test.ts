import { describe, expect, it } from 'vitest';
import { isSlackResponseUrl } from '../../src/slack/response-url.ts';

describe('a response_url', () => {
  it('is called at Slack only', () => {
    expect(isSlackResponseUrl('https://hooks.slack.com/commands/1', null)).toBe(true);
    expect(isSlackResponseUrl('https://hooks.slack-gov.com/actions/1', null)).toBe(true);
    for (const address of [
      'http://hooks.slack.com/commands/1',
      'https://hooks.slack.com.evil.example/',
      'https://hooks.slack.com@evil.example/',
      'https://evil.example/?hooks.slack.com',
      'http://127.0.0.1:3000/',
      'http://169.254.169.254/latest/meta-data',
      'file:///etc/passwd',
      'hooks.slack.com',
      '',
    ]) {
      expect([address, isSlackResponseUrl(address, null)]).toEqual([address, false]);
    }
  });

  it('is called at the host of another Web API root, port included', () => {
    expect(isSlackResponseUrl('http://127.0.0.1:9/r/1', 'http://127.0.0.1:9/api/')).toBe(true);
    expect(isSlackResponseUrl('http://127.0.0.1:8/r/1', 'http://127.0.0.1:9/api/')).toBe(false);
  });
});
