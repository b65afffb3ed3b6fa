/** Text that strangers wrote, made fit for a log: it cannot break a line, colour it or turn its direction. */
export function oneLine(text, length = 80) {
  const characters = [...text.replace(/[\s\p{Cc}\p{Cf}]+/gu, ' ').trim()];
  return characters.length > length ? `${characters.slice(0, length - 1).join('')}…` : characters.join('');
}
