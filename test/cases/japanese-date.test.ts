import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addDays,
  addMonths,
  dayInTokyo,
  dayOf,
  daysBetween,
  formatDay,
  isDay,
  startOfDay,
  weekdayOf,
} from '../../src/calendar.ts';
import { readJapaneseDate } from '../../src/cases/japanese-date.ts';
import { calendar } from '../support/office-calendar.ts';

/** A Monday. */
const TODAY = '2026-11-23';
const days = fc.integer({ min: 0, max: 40_000 }).map((count) => addDays('1990-01-01', count));

function read(typed: string, today = TODAY): string {
  const reading = readJapaneseDate(typed, today, calendar);
  return reading.kind === 'read' ? reading.day : reading.message;
}

describe('日付の読み取り', () => {
  it.each([
    ['2027-04-01', '2027-04-01'],
    ['２０２７／４／１', '2027-04-01'],
    ['2027年4月1日（木）', '2027-04-01'],
    ['20270401', '2027-04-01'],
    ['R8.4.1', '2026-04-01'],
    ['Ｒ９．４．１', '2027-04-01'],
    ['令和8年4月1日', '2026-04-01'],
    ['令和元年五月一日', '2019-05-01'],
    ['平成31年4月30日', '2019-04-30'],
    ['令和九年四月一日', '2027-04-01'],
    ['4/1', '2027-04-01'],
    ['11/23', '2026-11-23'],
    ['11/22', '2027-11-22'],
    ['12月3日（木）まで', '2026-12-03'],
    ['2/29', '2028-02-29'],
    ['今日', '2026-11-23'],
    ['明日', '2026-11-24'],
    ['あさって', '2026-11-25'],
    ['昨日', '2026-11-22'],
    ['3日後', '2026-11-26'],
    ['3営業日後', '2026-11-26'],
    ['二十六営業日後', '2027-01-04'],
    ['１営業日前', '2026-11-20'],
    ['２週間後', '2026-12-07'],
    ['1か月後', '2026-12-23'],
    ['三ヶ月後', '2027-02-23'],
    ['金曜', '2026-11-27'],
    ['月曜日', '2026-11-23'],
    ['次の月曜', '2026-11-30'],
    ['今週の金曜', '2026-11-27'],
    ['来週の金曜', '2026-12-04'],
    ['来週の日曜', '2026-12-06'],
    ['再来週の月曜日', '2026-12-07'],
    ['今月末', '2026-11-30'],
    ['月末', '2026-11-30'],
    ['来月末', '2026-12-31'],
    ['来月10日', '2026-12-10'],
    ['  4/1\u200f ', '2027-04-01'],
  ])('「%s」は%s', (typed, day) => {
    expect(read(typed)).toBe(day);
  });

  it.each([
    ['2/30', '2月は28日まで'],
    ['2027-02-29', '2027年2月は28日まで'],
    ['13/1', '月は1から12まで'],
    ['R1.4.1', '令和は2019年5月1日'],
    ['H31.5.1', '平成は'],
    ['4/1(水)', '水曜日ではありません'],
    ['来週', '何曜日かも'],
    ['10日', '何月かも'],
    ['999営業日後', '営業日は250日まで'],
    ['1582-10-10', '1989年から2100年まで'],
    ['9999999日後', '日付として読めません'],
    ['なるはや', '日付として読めません'],
    ['', '日付が空です'],
    ['constructor', '日付として読めません'],
    ['👩‍👩‍👧‍👦', '日付として読めません'],
  ])('「%s」は断り、わけを言う', (typed, reason) => {
    const reading = readJapaneseDate(typed, TODAY, calendar);
    expect(reading).toMatchObject({ kind: 'unreadable' });
    expect(read(typed)).toContain(reason);
  });

  it('どう読んだかを曜日とともに返す', () => {
    expect(readJapaneseDate('来週の金曜', TODAY, calendar)).toEqual({
      kind: 'read',
      day: '2026-12-04',
      echo: '「来週の金曜」を2026年12月4日（金）と読みました。',
    });
  });

  it('営業日で数えた日は、数えなかった日とともに返す', () => {
    expect(readJapaneseDate('31営業日後', TODAY, calendar)).toMatchObject({
      day: '2027-01-12',
      echo: expect.stringContaining(
        '12/29〜1/3は年末年始の閉庁、1/11は成人の日のため数えません。土日も数えません',
      ),
    });
    expect(readJapaneseDate('3営業日後', '2027-12-30', calendar)).toMatchObject({
      day: '2028-01-06',
      echo: expect.stringContaining('祝日がまだ公表されていないため暫定'),
    });
  });

  it('どの日も、自分の書き方で書いた日として読む', () => {
    fc.assert(
      fc.property(days, days, (day, today) => {
        const [year = 0, month, date] = day.split('-').map(Number);
        const written = [day, day.replaceAll('-', ''), `${year}/${month}/${date}`, formatDay(day)];
        if (day >= '2019-05-01')
          written.push(`R${year - 2018}.${month}.${date}`, `令和${year - 2018}年${month}月${date}日`);
        for (const typed of written) expect([typed, read(typed, today)]).toEqual([typed, day]);
        const next = read(`${month}/${date}`, today);
        expect(next >= today && next.endsWith(day.slice(4))).toBe(true);
      }),
    );
  });

  it('曜日で言われた日は、その週のその曜日', () => {
    fc.assert(
      fc.property(days, fc.integer({ min: 0, max: 6 }), (today, weekday) => {
        const name = '日月火水木金土'.charAt(weekday);
        const next = read(`来週の${name}曜`, today);
        const sunday = addDays(today, (7 - weekdayOf(today)) % 7);
        expect(weekdayOf(next)).toBe(weekday);
        expect(daysBetween(sunday, next)).toBeGreaterThan(0);
        expect(daysBetween(sunday, next)).toBeLessThanOrEqual(7);
      }),
    );
  });

  it('どんな文字列にも、暦にある日か説明で答える', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[0-9年月日/.RH令和来週金曜後-]{0,12}$/)),
        (typed) => {
          const reading = readJapaneseDate(typed, TODAY, calendar);
          if (reading.kind === 'read') expect(isDay(reading.day)).toBe(true);
          else expect(reading.message).toMatch(/。$/);
        },
      ),
      { numRuns: 2_000 },
    );
  });
});

describe('日本の暦日', () => {
  it('は、日本時間の0時に替わる', () => {
    fc.assert(
      fc.property(days, (day) => {
        expect(dayInTokyo(startOfDay(day))).toBe(day);
        expect(dayInTokyo(startOfDay(day) - 1)).toBe(addDays(day, -1));
      }),
    );
  });

  it('は、足して戻ると同じ日で、間の日数が合う', () => {
    fc.assert(
      fc.property(days, fc.integer({ min: -4_000, max: 4_000 }), (day, count) => {
        expect(addDays(addDays(day, count), -count)).toBe(day);
        expect(daysBetween(day, addDays(day, count))).toBe(count);
        expect(weekdayOf(addDays(day, 7))).toBe(weekdayOf(day));
      }),
    );
  });

  it('は、月を足しても暦にある日で、月末を越えない', () => {
    fc.assert(
      fc.property(days, fc.integer({ min: -50, max: 50 }), (day, count) => {
        const later = addMonths(day, count);
        expect(isDay(later)).toBe(true);
        expect(Number(later.slice(8))).toBeLessThanOrEqual(Number(day.slice(8)));
      }),
    );
    expect(dayOf(2027, 2, 29)).toBeNull();
    expect(addMonths('2027-01-31', 1)).toBe('2027-02-28');
  });
});
