import { oneLine } from './text.mjs';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** What is worth telling about a list of issues; no clock, no network. */
export function summarise(issues, now) {
  const byLabel = new Map();
  for (const { labels } of issues) {
    const names = labels.length > 0 ? labels : ['(no label)'];
    for (const name of names) byLabel.set(name, (byLabel.get(name) ?? 0) + 1);
  }
  const newestFirst = [...issues].sort((a, b) => Date.parse(b.created_at) - Date.parse(a.created_at));
  return {
    open: issues.length,
    openedToday: issues.filter(issue => now - Date.parse(issue.created_at) < DAY).length,
    labels: [...byLabel].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)),
    newest: newestFirst.slice(0, 3),
    oldest: newestFirst.slice(3).slice(-3).reverse(),
  };
}

/** The summary as lines of plain text. */
export function write(summary, { repository, now, environment }) {
  const { open, openedToday, labels, newest, oldest } = summary;
  const title = environment ? `[${environment}] ${repository}` : repository;
  if (open === 0) return `${title}: no open issues`;

  const lines = [`${title}: ${open} open ${open === 1 ? 'issue' : 'issues'}, ${openedToday} opened in the last 24 hours`];
  section('By label', labels.slice(0, 10).map(([name, count]) => `${count} × ${oneLine(name)}`), labels.length - 10);
  section('Newest', newest.map(line));
  section('Oldest', oldest.map(line));
  return lines.join('\n');

  function section(heading, entries, more = 0) {
    if (entries.length === 0) return;
    lines.push('', heading, ...entries.map(entry => `  ${entry}`));
    if (more > 0) lines.push(`  and ${more} more`);
  }

  function line({ number, title, created_at }) {
    return `#${number} ${oneLine(title)} (${age(now - Date.parse(created_at))})`;
  }
}

function age(milliseconds) {
  const [count, unit] = milliseconds < DAY ? [milliseconds / HOUR, 'hour'] : [milliseconds / DAY, 'day'];
  const whole = Math.floor(count);
  if (whole < 1) return 'less than an hour old';
  return `${whole} ${unit}${whole === 1 ? '' : 's'} old`;
}
