/** The app's end of the line to the admin. */
import {
  isMarked,
  mark,
  type Command,
  type FromAdmin,
  type FromApp,
  type Question,
} from './messages.ts';

/** The admin's origin; written into the script where it is bundled. */
declare const LOCAL_ADMIN_ORIGIN: string;
export const adminOrigin = LOCAL_ADMIN_ORIGIN;

export const embedded = window.parent !== window;

type Waiting = { resolve: (value: unknown) => void; reject: (reason: Error) => void };
const waiting = new Map<number, Waiting>();
let questions = 0;

export function tell(message: FromApp): void {
  if (embedded) window.parent.postMessage({ ...message, mark }, adminOrigin);
}

/** Rejects when the admin refuses, and outside the admin. */
export function ask(question: Question): Promise<unknown> {
  if (!embedded) return Promise.reject(new Error('This page is not open in the Shopify admin.'));
  questions += 1;
  const id = questions;
  return new Promise((resolve, reject) => {
    waiting.set(id, { resolve, reject });
    tell({ kind: 'question', id, question });
  });
}

export function listen(hear: (command: Command) => void): void {
  window.addEventListener('message', (event) => {
    if (event.source !== window.parent || event.origin !== adminOrigin) return;
    if (!isMarked(event.data)) return;
    const message = event.data as unknown as FromAdmin;
    if (message.kind !== 'answer' && message.kind !== 'refusal') {
      hear(message);
      return;
    }
    const asked = waiting.get(message.id);
    waiting.delete(message.id);
    if (message.kind === 'answer') asked?.resolve(message.value);
    else asked?.reject(new Error(message.reason));
  });
}
