import { tell } from './channel.ts';

type Options = {
  duration?: number;
  isError?: boolean;
  action?: string;
  onAction?: () => void;
  onDismiss?: () => void;
};

const shown = new Map<string, Options>();
let count = 0;

export const toast = {
  show(message: string, options: Options = {}): string {
    count += 1;
    const id = `toast-${count}`;
    shown.set(id, options);
    tell({
      kind: 'toast',
      toast: {
        id,
        message,
        duration: options.duration ?? 5000,
        isError: options.isError ?? false,
        action: options.action ?? null,
      },
    });
    return id;
  },
  hide(id: string): void {
    tell({ kind: 'toast-hide', id });
  },
};

export function toastPressed(id: string, how: 'toast-action' | 'toast-dismiss'): void {
  const options = shown.get(id);
  if (how === 'toast-action') options?.onAction?.();
  else {
    shown.delete(id);
    options?.onDismiss?.();
  }
}
