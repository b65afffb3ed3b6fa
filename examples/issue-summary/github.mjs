import { Problem, reasonOf } from './problem.mjs';
import { oneLine } from './text.mjs';

const TIMEOUT = 20_000;

/**
 * The open issues of a repository, newest first, page after page. Pull requests, which GitHub lists
 * as issues, are left out.
 * https://docs.github.com/en/rest/issues/issues#list-repository-issues
 */
export async function* openIssues({ api, repository, token }) {
  let page = new URL(`${api.href.replace(/\/$/, '')}/repos/${repository}/issues`);
  page.search = new URLSearchParams({ state: 'open', sort: 'created', direction: 'desc', per_page: 100 });

  while (page) {
    const response = await get(page, token);
    if (!response.ok) throw await refusal(response, { repository, token, now: Date.now() });
    for (const issue of await readIssues(response)) if (!issue.pull_request) yield issue;

    page = nextPage(response, page);
    // The token goes to the host of GITHUB_API and to no other, whatever an answer says.
    if (page && page.origin !== api.origin) throw new Problem(`GitHub's next page is on another host: ${page.origin}`);
  }
}

async function get(page, token) {
  const headers = {
    accept: 'application/vnd.github+json',
    'user-agent': 'issue-summary',
    'x-github-api-version': '2022-11-28',
    ...(token && { authorization: `Bearer ${token}` }),
  };
  try {
    return await fetch(page, { headers, redirect: 'manual', signal: AbortSignal.timeout(TIMEOUT) });
  } catch (error) {
    throw new Problem(`GitHub cannot be reached at ${page.origin}: ${reasonOf(error)}`);
  }
}

async function readIssues(response) {
  try {
    const issues = await response.json();
    if (Array.isArray(issues)) return issues;
  } catch (error) {
    throw new Problem(`GitHub's answer could not be read: ${reasonOf(error)}`);
  }
  throw new Problem("GitHub's answer is not a list of issues; is GITHUB_API the address of an API?");
}

function nextPage(response, page) {
  const next = /<([^>]+)>;[^,]*\brel="?next"?/.exec(response.headers.get('link') ?? '');
  return next ? new URL(next[1], page) : null;
}

async function refusal(response, { repository, token, now }) {
  const said = await response.json().then(body => oneLine(String(body.message ?? ''), 200), () => '');
  const limit = rateLimit(response, said, now);
  if (limit) return new Problem(limit + (token ? '' : '; with API_TOKEN the limit is higher'));

  switch (response.status) {
    case 401:
      return new Problem('GitHub does not accept API_TOKEN: it is wrong or has expired');
    case 301: case 302: case 307: case 308:
      return new Problem(`${repository} has moved: set REPOSITORY to its new name`);
    case 404:
      return new Problem(`${repository} does not exist, or ${token ? 'API_TOKEN may' : 'without API_TOKEN one may'} not see it`);
    default:
      return new Problem(`GitHub answered ${response.status}${said && `: ${said}`}`);
  }
}

/** https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api#exceeding-the-rate-limit */
function rateLimit({ status, headers }, said, now) {
  if (status !== 403 && status !== 429) return null;

  const wait = Number(headers.get('retry-after'));
  if (wait > 0) return limited(now + wait * 1000);
  const reset = Number(headers.get('x-ratelimit-reset'));
  if (headers.get('x-ratelimit-remaining') === '0' && reset > 0) return limited(reset * 1000);
  if (status === 429 || /rate limit/i.test(said)) return limited(now + 60_000);
  return null;

  function limited(until) {
    const minutes = Math.max(1, Math.ceil((until - now) / 60_000));
    const time = new Date(until).toISOString().replace(/\.\d+/, '');
    return `GitHub's rate limit is used up until ${time}, in ${minutes} min`;
  }
}
