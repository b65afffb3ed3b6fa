import { Problem, reasonOf } from './problem.mjs';

const TIMEOUT = 20_000;

/** Posts a text in the form that Slack, Mattermost and others take at an incoming webhook. */
export async function post(channel, text) {
  let response;
  try {
    response = await fetch(channel, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ text: harmless(text) }),
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT),
    });
  } catch (error) {
    throw new Problem(`the channel cannot be reached: ${reasonOf(error)}`);
  }
  await response.body?.cancel();
  if (!response.ok) throw new Problem(`the channel answered ${response.status}; check CHANNEL_URL`);
}

/** The title of an issue must not make a link or call everyone: a channel reads <…> and @ as commands. */
function harmless(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('@', '@\u200b');
}
