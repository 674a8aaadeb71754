const SLACK_HOSTS = new Set(['hooks.slack.com', 'hooks.slack-gov.com']);

/**
 * True for the addresses Slack gives out for answers, so that no payload can make us call another machine.
 * With another Web API root (`slackApiUrl`) its host counts too.
 */
export function isSlackResponseUrl(address: string, slackApiUrl: string | null): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, host, hostname } = new URL(address);
  if (protocol === 'https:' && SLACK_HOSTS.has(hostname)) return true;
  return slackApiUrl !== null && new URL(slackApiUrl).host === host;
}
