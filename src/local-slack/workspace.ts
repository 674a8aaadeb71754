/**
 * The workspace itself: who is there, where they may read, and the one door through which
 * everything that changes is announced (the page and waiting tests listen there).
 */
import { randomBytes } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { makeTimestamps } from './clock.ts';
import type { Manifest } from './manifest.ts';
import type { Sample, SampleUser } from './sample.ts';
import { SlackError } from './slack-error.ts';
import { openDatabase } from './store/database.ts';
import { makeMessages } from './store/messages.ts';
import { makeRecords } from './store/records.ts';

/** A conversation of any kind: C… channels, D… with the app, G… several people with the app. */
export type Channel = {
  id: string;
  name: string;
  kind: 'public' | 'private' | 'im' | 'mpim';
  topic: string;
  members: string[];
  hasApp: boolean;
  isExtShared: boolean;
  /** The words above the first message, and questions to press. */
  welcome?: string;
  suggestions?: { title: string; message: string }[];
};

export type Workspace = ReturnType<typeof makeWorkspace>;

export function makeWorkspace(options: {
  dataFile: string;
  manifest: Manifest;
  sample: Sample;
  now: () => Date;
}) {
  const { manifest, sample, now } = options;
  const db = openDatabase(options.dataFile);
  const records = makeRecords(db);
  const messages = makeMessages(db);
  const changes = new EventEmitter().setMaxListeners(0);
  const app = {
    id: 'A0LOCALAPP',
    botId: 'B0LOCALBOT',
    botUserId: 'U0LOCALBOT',
    name: manifest.features.bot_user.display_name,
  };
  const fixedChannels = new Map(
    sample.channels.map((one): [string, Channel] => [
      one.id,
      {
        id: one.id,
        name: one.name,
        kind: one.is_private ? 'private' : 'public',
        topic: one.topic,
        members: one.members,
        hasApp: one.app,
        isExtShared: one.is_ext_shared,
        ...(one.welcome === undefined ? {} : { welcome: one.welcome }),
        suggestions: one.suggestions,
      },
    ]),
  );
  const users = new Map(sample.users.map((user): [string, SampleUser] => [user.id, user]));

  /** The direct message between one person and the app; made when first needed. */
  function directMessage(userId: string): Channel {
    userOf(userId);
    const id = `D${userId.slice(1)}`;
    return (
      records.get<Channel>('conversation', id) ??
      keep({ ...bare, id, name: id, kind: 'im', members: [userId] })
    );
  }

  /** The group conversation of these people and the app. */
  function groupMessage(userIds: string[]): Channel {
    const members = [...new Set(userIds)].map((id) => userOf(id).id).sort();
    const found = records
      .all<Channel>('conversation')
      .find((one) => one.kind === 'mpim' && one.members.join() === members.join());
    const name = `mpdm-${members.map((id) => userOf(id).name).join('--')}-1`;
    return found ?? keep({ ...bare, id: `G${token(5)}`, name, kind: 'mpim', members });
  }

  function keep(channel: Channel): Channel {
    records.put('conversation', channel.id, channel);
    return channel;
  }

  function userOf(id: string): SampleUser {
    const user = users.get(id);
    if (user === undefined) throw new SlackError('user_not_found');
    return user;
  }

  function findChannel(id: string): Channel | undefined {
    return fixedChannels.get(id) ?? records.get<Channel>('conversation', id);
  }

  return {
    db,
    manifest,
    sample,
    now,
    records,
    messages,
    app,
    team: sample.team,
    users,
    userOf,
    findChannel,
    directMessage,
    groupMessage,
    nextTs: makeTimestamps(now, messages.newestTs()),
    channels(): Channel[] {
      return [...fixedChannels.values(), ...records.all<Channel>('conversation')];
    },
    /** Channels this person may read, direct messages included. */
    channelsOf(userId: string): Channel[] {
      return [...fixedChannels.values(), ...records.all<Channel>('conversation')].filter((channel) =>
        channel.members.includes(userId),
      );
    },
    /** Tell the screens: something this person can see (or, without `userId`, anyone) has changed. */
    changed(userId?: string): void {
      changes.emit('change', userId);
    },
    onChange(listener: (userId: string | undefined) => void): () => void {
      changes.on('change', listener);
      return () => changes.off('change', listener);
    },
    close(): void {
      changes.removeAllListeners();
      db.close();
    },
  };
}

const bare = { topic: '', hasApp: true, isExtShared: false };

/** A random id in Slack's alphabet, `length` bytes long before encoding. */
export function token(length: number): string {
  return randomBytes(length).toString('hex').toUpperCase();
}
