/** What the composer makes of typed words: Slack's escaped text and a rich_text block. */
import type { Block } from '../schema/blocks.ts';
import type { Inline } from '../schema/rich-text.ts';
import type { Workspace } from '../workspace.ts';

type Name = { written: string; text: string; element: Inline };

/**
 * `@名前`, `#チャンネル` and addresses become mentions and links, as picking them from Slack's lists would;
 * everything else is only text: typed `<!channel>` stays what it looks like.
 */
export function compose(workspace: Workspace, typed: string): { text: string; blocks: Block[] } {
  const names = namesIn(workspace);
  const elements: Inline[] = [];
  let text = '';
  let plain = '';
  function flush(): void {
    if (plain === '') return;
    elements.push({ type: 'text', text: plain });
    text += escapeText(plain);
    plain = '';
  }
  for (let at = 0; at < typed.length; ) {
    const name = names.find((one) => typed.startsWith(one.written, at));
    const url = /^https?:\/\/[^\s<>「」（）、。]+/.exec(typed.slice(at, at + 3000))?.[0];
    if (name !== undefined) {
      flush();
      elements.push(name.element);
      text += name.text;
      at += name.written.length;
    } else if (url !== undefined) {
      flush();
      elements.push({ type: 'link', url });
      text += `<${escapeText(url)}>`;
      at += url.length;
    } else {
      plain += typed[at];
      at += 1;
    }
  }
  flush();
  return { text, blocks: [{ type: 'rich_text', elements: [{ type: 'rich_text_section', elements }] }] };
}

export function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** Longest first, so that a name that begins another does not win. */
function namesIn({ app, users, sample, channels }: Workspace): Name[] {
  const people = [{ id: app.botUserId, names: [app.name] }].concat(
    [...users.values()].map((user) => ({ id: user.id, names: [user.real_name, user.name] })),
  );
  const mentions = people.flatMap(({ id, names }) =>
    names.map(
      (name): Name => ({ written: `@${name}`, text: `<@${id}>`, element: { type: 'user', user_id: id } }),
    ),
  );
  const groups = sample.usergroups.map(
    (group): Name => ({
      written: `@${group.handle}`,
      text: `<!subteam^${group.id}>`,
      element: { type: 'usergroup', usergroup_id: group.id },
    }),
  );
  const places = channels()
    .filter((channel) => channel.kind === 'public' || channel.kind === 'private')
    .map(
      (channel): Name => ({
        written: `#${channel.name}`,
        text: `<#${channel.id}>`,
        element: { type: 'channel', channel_id: channel.id },
      }),
    );
  return [...mentions, ...groups, ...places].sort((a, b) => b.written.length - a.written.length);
}
