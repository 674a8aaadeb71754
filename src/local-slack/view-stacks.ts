/** Modals that are open and Homes that were published, with what has been typed into them. */
import type { Context } from './context.ts';
import type { Entered } from './form-state.ts';
import { stateValues } from './form-state.ts';
import { withIds } from './posting.ts';
import type { AnyView } from './schema/views.ts';
import { token } from './workspace.ts';

export type LiveView = {
  id: string;
  user: string;
  hash: string;
  rootId: string;
  previousId: string | null;
  /** The view as accepted, ids filled in. */
  source: AnyView;
  /** What the person entered, by block_id and action_id. */
  entered: Entered;
};

export function stackOf({ workspace }: Context, user: string): LiveView[] {
  return workspace.records.get<LiveView[]>('modals', user) ?? [];
}

export function putStack({ workspace }: Context, user: string, stack: LiveView[]): void {
  workspace.records.put('modals', user, stack);
  workspace.changed(user);
}

export function homeOf({ workspace }: Context, user: string): LiveView | undefined {
  return workspace.records.get<LiveView>('home', user);
}

export function putHome({ workspace }: Context, view: LiveView): void {
  workspace.records.put('home', view.user, view);
  workspace.changed(view.user);
}

export function makeView(context: Context, user: string, source: AnyView, current?: LiveView): LiveView {
  const id = current?.id ?? `V${token(5)}`;
  return {
    id,
    user,
    hash: newHash(context),
    rootId: id,
    previousId: null,
    source: { ...source, blocks: withIds(source.blocks) } as AnyView,
    entered: current?.entered ?? {},
  };
}

/** New content under the same id. Inputs keep what was entered where block_id and action_id stay the same. */
export function replaceView(context: Context, view: LiveView, source: AnyView): LiveView {
  const next: LiveView = {
    ...view,
    hash: newHash(context),
    source: { ...source, blocks: withIds(source.blocks) } as AnyView,
  };
  if (source.type === 'home') putHome(context, next);
  else {
    const stack = stackOf(context, view.user).map((one) => (one.id === view.id ? next : one));
    putStack(context, view.user, stack);
  }
  return next;
}

export function findView(
  context: Context,
  id: string | undefined,
  externalId: string | undefined,
): LiveView | undefined {
  const open = [...context.workspace.users.keys()].flatMap((user) => {
    const home = homeOf(context, user);
    return [...stackOf(context, user), ...(home === undefined ? [] : [home])];
  });
  return open.find((view) => (id === undefined ? view.source.external_id === externalId : view.id === id));
}

/** The view object of payloads and answers. */
export function presentView({ workspace }: Context, view: LiveView): Record<string, unknown> {
  const { source } = view;
  const isModal = source.type === 'modal';
  return {
    id: view.id,
    team_id: workspace.team.id,
    type: source.type,
    blocks: source.blocks,
    private_metadata: source.private_metadata ?? '',
    callback_id: source.callback_id ?? '',
    state: { values: stateValues(source.blocks, view.entered) },
    hash: view.hash,
    title: isModal ? source.title : { type: 'plain_text', text: 'View Title', emoji: true },
    clear_on_close: isModal ? (source.clear_on_close ?? false) : false,
    notify_on_close: isModal ? (source.notify_on_close ?? false) : false,
    close: isModal ? (source.close ?? null) : null,
    submit: isModal ? (source.submit ?? null) : null,
    previous_view_id: view.previousId,
    root_view_id: view.rootId,
    app_id: workspace.app.id,
    external_id: source.external_id ?? '',
    app_installed_team_id: workspace.team.id,
    bot_id: workspace.app.botId,
  };
}

function newHash({ workspace }: Context): string {
  return `${Math.floor(workspace.now().getTime() / 1000)}.${token(4).toLowerCase()}`;
}
