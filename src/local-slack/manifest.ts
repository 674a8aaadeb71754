/**
 * What the stand-in needs of manifest.yml: names, scopes, commands, shortcuts and subscribed events.
 * Slack's own schema judges the whole file elsewhere; here unknown keys are left alone.
 */
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';

const manifestSchema = z.object({
  display_information: z.object({ name: z.string().min(1), description: z.string().default('') }),
  features: z.object({
    app_home: z
      .object({
        home_tab_enabled: z.boolean().default(false),
        messages_tab_enabled: z.boolean().default(false),
      })
      .default({ home_tab_enabled: false, messages_tab_enabled: false }),
    bot_user: z.object({ display_name: z.string().min(1) }),
    slash_commands: z
      .array(
        z.object({
          command: z.string().startsWith('/'),
          description: z.string().default(''),
          usage_hint: z.string().default(''),
          should_escape: z.boolean().default(false),
        }),
      )
      .default([]),
    shortcuts: z
      .array(
        z.object({
          name: z.string().min(1),
          type: z.enum(['message', 'global']),
          callback_id: z.string().min(1),
          description: z.string().default(''),
        }),
      )
      .default([]),
    agent_view: z
      .object({
        agent_description: z.string().default(''),
        suggested_prompts: z.array(z.object({ title: z.string(), message: z.string() })).default([]),
      })
      .optional(),
    assistant_view: z.object({ assistant_description: z.string().default('') }).optional(),
  }),
  oauth_config: z.object({ scopes: z.object({ bot: z.array(z.string()).default([]) }) }),
  settings: z
    .object({
      event_subscriptions: z
        .object({ bot_events: z.array(z.string()).default([]) })
        .default({ bot_events: [] }),
      interactivity: z.object({ is_enabled: z.boolean() }).default({ is_enabled: false }),
    })
    .default({ event_subscriptions: { bot_events: [] }, interactivity: { is_enabled: false } }),
});

export type Manifest = z.infer<typeof manifestSchema>;
export type SlashCommand = Manifest['features']['slash_commands'][number];
export type Shortcut = Manifest['features']['shortcuts'][number];

/** A parsed manifest (YAML or JSON value) → the part used here; a zod error names the key that is wrong. */
export function toManifest(value: unknown): Manifest {
  const manifest = manifestSchema.parse(value);
  const needsCommands = manifest.features.slash_commands.length + manifest.features.shortcuts.length > 0;
  if (needsCommands && !manifest.oauth_config.scopes.bot.includes('commands')) {
    throw new Error('manifest: slash commands and shortcuts need the bot scope "commands"');
  }
  return manifest;
}

export function readManifest(path: string): Manifest {
  return toManifest(parse(readFileSync(path, 'utf8')));
}
