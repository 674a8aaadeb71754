/** The doors the app uses: /api/METHOD, /response/ID, /upload/ID. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Context } from '../context.ts';
import { respond } from '../responses.ts';
import { RateLimited, SlackError } from '../slack-error.ts';
import { receiveFile } from '../web-api/files.ts';
import { callMethod, refusal } from '../web-api/router.ts';
import { bearerOf, fieldsOf, readBody, send, sendJson } from './exchange.ts';

/** True when the path was one of these. */
export async function serveApi(
  context: Context,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<boolean> {
  const [, door, name = ''] = url.pathname.split('/');
  if (door === 'api') await serveMethod(context, request, response, url, name);
  else if (door === 'response' && request.method === 'POST')
    await serveResponse(context, request, response, name);
  else if (door === 'upload' && request.method === 'POST')
    await serveUpload(context, request, response, name);
  else return false;
  return true;
}

async function serveMethod(
  context: Context,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
  name: string,
): Promise<void> {
  const body = await readBody(request);
  const args = { ...Object.fromEntries(url.searchParams), ...fieldsOf(request, body) };
  const scopes = { 'x-oauth-scopes': context.workspace.manifest.oauth_config.scopes.bot.join(',') };
  try {
    sendJson(response, 200, callMethod(context, { name, bearer: bearerOf(request), args }), scopes);
  } catch (error) {
    if (!(error instanceof RateLimited)) throw error;
    const retry = { 'retry-after': String(error.retryAfter) };
    sendJson(response, 429, { ok: false, error: 'ratelimited' }, retry);
  }
}

async function serveResponse(
  context: Context,
  request: IncomingMessage,
  response: ServerResponse,
  id: string,
): Promise<void> {
  const body = fieldsOf(request, await readBody(request));
  try {
    const target = context.responseUrls.use(id);
    respond(context, target, body);
    sendJson(response, 200, { ok: true });
  } catch (error) {
    if (!(error instanceof SlackError)) throw error;
    const status = ['invalid_url', 'used_url', 'expired_url'].includes(error.code) ? 404 : 400;
    sendJson(response, status, refusal(error));
  }
}

async function serveUpload(
  context: Context,
  request: IncomingMessage,
  response: ServerResponse,
  id: string,
): Promise<void> {
  const body = await readBody(request);
  try {
    const bytes = await fileBytes(request, body);
    receiveFile(context, id, bytes);
    send(response, 200, 'text/plain; charset=utf-8', `OK - ${bytes.length}`);
  } catch (error) {
    if (!(error instanceof SlackError)) throw error;
    send(response, 400, 'text/plain; charset=utf-8', error.code);
  }
}

/** Raw bytes, or the first file of a multipart form, as clients send either. */
async function fileBytes(request: IncomingMessage, body: Buffer): Promise<Buffer> {
  const type = request.headers['content-type'] ?? '';
  if (!type.startsWith('multipart/form-data')) return body;
  const form = await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData();
  const file = [...form.values()].find((value) => typeof value !== 'string');
  if (file === undefined || typeof file === 'string') throw new SlackError('no_file_data');
  return Buffer.from(await file.arrayBuffer());
}
