/** Whether a text is a path of this very site: no other host, no scheme, nothing a browser reads as one. */
export function isOwnPath(text: string): boolean {
  if (text.length > 500 || !/^\/(?![/\\])[\w\-./~%?=&+,:;@!$'()*#]*$/.test(text)) return false;
  try {
    const here = 'https://shop.invalid';
    return new URL(text, here).origin === here && !/%5c|%2f%2f/i.test(text);
  } catch {
    return false;
  }
}
