/** Runs a command with its arguments; a failure is told in one message, and the process ends with 1. */
export async function runCli(command: (args: readonly string[]) => Promise<void> | void): Promise<void> {
  try {
    await command(process.argv.slice(2));
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  }
}
