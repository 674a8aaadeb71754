/** The last look at the lease: right before the request leaves, because a process may have been frozen since any earlier one. */

/**
 * By the id that the request carries. Not bound to a call by its context: a call that waits in the queue of the client
 * is run in the context of the one before it.
 */
const looks = new Map<string, () => boolean>();

/** Runs a call whose request, which carries `id`, leaves only while `isMine`; else it fails like a way to Slack that is down. */
export async function onlyWhile<T>(id: string, isMine: () => boolean, run: () => Promise<T>): Promise<T> {
  looks.set(id, isMine);
  try {
    return await run();
  } finally {
    looks.delete(id);
  }
}

/** For the `fetch` of the client that posts what is due. Requests of other calls pass as they are. */
export const fetchWithLastLook: typeof fetch = async (url, how) => {
  const body = how?.body;
  const text = typeof body === 'string' || body instanceof URLSearchParams ? String(body) : '';
  for (const [id, isMine] of looks) {
    if (text.includes(id) && !isMine()) throw new Error('the lease ended before the request left');
  }
  return fetch(url, how);
};
