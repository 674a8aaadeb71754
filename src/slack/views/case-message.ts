import { describeEvent } from '../../cases/describe.ts';
import type { CaseEvent } from '../../cases/event.ts';
import type { CaseRecord } from '../../store/case-reads.ts';
import { ACTIONS } from './action-ids.ts';
import type { Card } from './answer-card.ts';
import { button } from './buttons.ts';
import { CASE_FORMS, type FormName } from './case-forms.ts';
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
        line(bold(by === null ? heading : `${heading}　`), ...(by === null ? [] : [person(by)])),
        ...events.map((event) => line(...eventElements(event))),
      ),
      { type: 'actions', elements: [button(`${ACTIONS.openCase}:0`, '案件を開く', id)] },
    ],
  };
}

/** To whoever typed a command: what was done, and how days were read. */
export function typedDone(record: CaseRecord, events: readonly CaseEvent[], echoes: readonly string[]): Card {
  const { text, blocks } = caseMessage(record, events);
  const [said, ...buttons] = blocks;
  const echoed = echoes.length === 0 ? [] : [rich(...echoes.map((echo) => line(words(echo))))];
  return { text, blocks: [...(said === undefined ? [] : [said]), ...echoed, ...buttons] };
}

/** To whoever typed a command that was not carried out: why, and the form for it. Nothing has changed. */
export function typedProblem({ id, version }: CaseRecord, form: FormName, problems: readonly string[]): Card {
  return {
    text: escapeMrkdwn(cut(clean(`${id}：${problems.join('')}`), 900)),
    blocks: [
      rich(line(bold(`${id}　記録していません`)), ...problems.map((problem) => line(words(problem, 900)))),
      {
        type: 'actions',
        elements: [
          button(
            `${ACTIONS.caseForm}:0`,
            `入力画面を開く（${CASE_FORMS[form].title}）`,
            `${id}:${version}:${form}`,
          ),
          button(`${ACTIONS.openCase}:0`, '案件を開く', id),
        ],
      },
    ],
  };
}
