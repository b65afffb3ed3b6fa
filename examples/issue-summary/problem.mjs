/** Something that people can mend: shown as its message, without a stack. */
export class Problem extends Error {
  constructor(message, exitCode = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** What fetch means when it says no more than "fetch failed". Never holds the address, which may be a secret. */
export function reasonOf(error) {
  if (error.name === 'TimeoutError') return 'no answer in time';
  return error.cause?.code ?? error.cause?.message ?? error.name;
}
