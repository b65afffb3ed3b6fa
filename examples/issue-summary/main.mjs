// Summarises the open issues of a GitHub repository for a team. Settings: README.md.
// Exit code: 0 done, 1 GitHub or the channel could not be used, 2 wrong settings.

import { post } from './channel.mjs';
import { openIssues } from './github.mjs';
import { Problem } from './problem.mjs';
import { readSettings } from './settings.mjs';
import { summarise, write } from './summary.mjs';

// Process 1 of a container is not ended by SIGTERM unless it listens for it.
process.once('SIGTERM', () => {
  console.error('stopped by SIGTERM before the summary was out');
  process.exit(143);
});

try {
  await main();
} catch (error) {
  if (!(error instanceof Problem)) throw error;
  console.error(error.message);
  process.exitCode = error.exitCode;
}

async function main() {
  const settings = readSettings(process.env);
  const issues = new Map();
  // By number: an issue opened meanwhile moves the others down, and the last of a page comes again on the next.
  for await (const { number, title, created_at, labels } of openIssues(settings))
    issues.set(number, { number, title, created_at, labels: labels.map(label => label.name ?? label) });

  const now = Date.now();
  const { repository, channel } = settings;
  const text = write(summarise([...issues.values()], now), { repository, now, environment: process.env.TRIGGER_ENVIRONMENT });
  console.log(text);
  if (channel) {
    await post(channel, text);
    console.log('\nposted to the channel');
  }
}
