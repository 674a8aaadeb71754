import { describeEvent } from '../../cases/describe.ts';
import type { CaseEvent } from '../../cases/event.ts';
import type { CaseRecord } from '../../store/case-reads.ts';
import { ACTIONS } from './action-ids.ts';
import type { Card } from './answer-card.ts';
import { button } from './buttons.ts';
import { eventElements, person } from './case-view.ts';
import { bold, clean, cut, escapeMrkdwn, line, rich, words } from './text.ts';

/** What happened in a case, for somebody who may read these events. The case itself opens only for who may see it. `by`: who did it, named. */
export function caseMessage(
  { id, state }: CaseRecord,
  events: readonly CaseEvent[],
  by: string | null = null,
): Card {
  const heading = `${id}　${state.company}`;
  const said = events.map((event) => describeEvent(event, () => '')).join('');
  return {
    text: escapeMrkdwn(cut(clean(`${heading}：${said}`), 900)),
    blocks: [
      rich(
        line(bold(heading), ...(by === null ? [] : [words('　'), person(by)])),
        ...events.map((event) => line(...eventElements(event))),
      ),
      { type: 'actions', elements: [button(`${ACTIONS.openCase}:0`, '案件を開く', id)] },
    ],
  };
}
