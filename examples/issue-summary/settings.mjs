import { Problem } from './problem.mjs';

/** Reads the settings, and says everything that is wrong with them at once. */
export function readSettings(env) {
  const findings = [];
  const api = address('GITHUB_API', env.GITHUB_API || 'https://api.github.com');
  const channel = env.CHANNEL_URL ? address('CHANNEL_URL', env.CHANNEL_URL) : null;
  const repository = env.REPOSITORY ?? '';
  if (!/^[A-Za-z0-9-]+\/(?!\.{1,2}$)[\w.-]+$/.test(repository))
    findings.push(`REPOSITORY: '${repository}' is not of the form owner/name`);
  if (/\s/.test(env.API_TOKEN ?? ''))
    findings.push('API_TOKEN: contains white space; look for a line end at the end of the secret');

  if (findings.length > 0) throw new Problem(findings.join('\n'), 2);
  return { api, channel, repository, token: env.API_TOKEN || null };

  function address(name, text) {
    // The value is left out of the message: an address of a channel is a secret.
    if (URL.canParse(text)) {
      const url = new URL(text);
      if (url.protocol === 'https:' || url.protocol === 'http:') return url;
    }
    findings.push(`${name}: is not an address that begins with https:// or http://`);
    return null;
  }
}
