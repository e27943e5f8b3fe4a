/**
 * A file of text as spreadsheets write it: UTF-8, UTF-16 with its mark, or the letters of Windows, which
 * are no UTF-8. @returns the text without the mark
 */
export function readText(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

export async function textOf(file: Blob): Promise<string> {
  return readText(new Uint8Array(await file.arrayBuffer()));
}
