/** Handing a press, command or view to the app, with what a person is told when it does not answer. */
import type { Context } from '../context.ts';
import { DeliveryFailed, type EnvelopeType, type Payload } from '../delivery/transport.ts';
import { AppFailed } from '../slack-error.ts';

/** Bolt acknowledges without words as `{}` in Socket Mode and as an empty body over HTTP. */
export function isEmptyAnswer(body: unknown): boolean {
  if (body === undefined || body === null || body === '') return true;
  return typeof body === 'object' && Object.keys(body).length === 0;
}

/** The acknowledgement's body; AppFailed in Japanese when the app is away or too slow. */
export async function deliver(context: Context, type: EnvelopeType, payload: Payload): Promise<unknown> {
  try {
    return await context.dispatcher.request(type, payload);
  } catch (error) {
    if (!(error instanceof DeliveryFailed)) throw error;
    const why =
      error.reason === 'operation_timeout'
        ? '3 秒以内にアプリが応答しませんでした'
        : 'アプリにつながっていません';
    throw new AppFailed(`${why}（${error.reason}）`);
  }
}
