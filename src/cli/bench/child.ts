import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The program of the bench; its parts that need a process of their own are started through it. */
function program(): string {
  return process.argv[1] ?? fileURLToPath(import.meta.url);
}

/** Runs a part to its end. Throws when it fails. */
export function runChild(...part: string[]): { readonly millis: number; readonly output: string } {
  const begun = performance.now();
  const { status, stdout, stderr } = spawnSync(process.execPath, [program(), '--child', ...part], {
    encoding: 'utf8',
  });
  const millis = performance.now() - begun;
  if (status !== 0) throw new Error(`${part.join(' ')} ended with ${status}: ${stderr}`);
  return { millis, output: stdout };
}

export interface RunningChild {
  /** The first line it printed. */
  readonly said: string;
  /** Asks for a line; gives the one it answers with. */
  ask(line: string): Promise<string>;
  stop(): Promise<void>;
}

/** Starts a part that goes on until it is stopped. Resolves with the first line it prints. */
export async function startChild(...part: string[]): Promise<RunningChild> {
  const child = spawn(process.execPath, [program(), '--child', ...part], { stdio: ['pipe', 'pipe', 'pipe'] });
  const lines = linesOf(child);
  const said = await lines.next();
  return {
    said,
    async ask(line) {
      child.stdin.write(`${line}\n`);
      return lines.next();
    },
    async stop() {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), 5_000);
      await ended;
      clearTimeout(timer);
    },
  };
}

function linesOf(child: ChildProcess) {
  const waiting: { resolve: (line: string) => void; reject: (error: Error) => void }[] = [];
  const ready: string[] = [];
  let rest = '';
  let errors = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    errors = (errors + chunk.toString()).slice(-4_000);
  });
  child.stdout?.on('data', (chunk: Buffer) => {
    const parts = (rest + chunk.toString()).split('\n');
    rest = parts.pop() ?? '';
    for (const line of parts) {
      const taker = waiting.shift();
      if (taker === undefined) ready.push(line);
      else taker.resolve(line);
    }
  });
  child.once('exit', (code) => {
    for (const { reject } of waiting.splice(0)) reject(new Error(`the child ended with ${code}: ${errors}`));
  });
  return {
    next: () =>
      new Promise<string>((resolve, reject) => {
        const line = ready.shift();
        if (line !== undefined) resolve(line);
        else waiting.push({ resolve, reject });
      }),
  };
}
