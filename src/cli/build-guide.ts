/** `npm run build`: reads and checks knowledge/ and flows/ once and keeps the result for fast starts. */
import { loadGuide } from '../boot/load-guide.ts';

try {
  await loadGuide({ log: console.log });
} catch (error) {
  // The build goes on: `npm run knowledge` has to run to tell what is wrong, and a start refuses all the same.
  console.error(`知識に問題があるため、起動用のファイルを作りませんでした。\n${(error as Error).message}`);
}
