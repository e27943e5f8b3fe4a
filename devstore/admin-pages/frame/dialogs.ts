/** Dialogs of the admin itself. Each promise is kept when the dialog closes, however it closes. */
import { element } from './elements.ts';

export type Choice = {
  heading: string;
  text: string;
  confirm: string;
  cancel: string;
  critical?: boolean;
};

export function choose(choice: Choice): Promise<boolean> {
  return openDialog<boolean>(false, (close) => [
    element('h2', {}, choice.heading),
    element('p', {}, choice.text),
    element(
      'footer',
      {},
      element(
        'button',
        { type: 'button', class: 'button', click: () => close(false) },
        choice.cancel,
      ),
      element(
        'button',
        {
          type: 'button',
          class: choice.critical === true ? 'button critical' : 'button primary',
          click: () => close(true),
        },
        choice.confirm,
      ),
    ),
  ]);
}

export function confirmLeaving(): Promise<boolean> {
  return choose({
    heading: 'Leave page with unsaved changes?',
    text: 'Leaving this page will delete all unsaved changes.',
    confirm: 'Leave page',
    cancel: 'Stay',
    critical: true,
  });
}

export function confirmDiscarding(): Promise<boolean> {
  return choose({
    heading: 'Discard all unsaved changes?',
    text: 'If you discard changes, you’ll delete any edits you made since you last saved.',
    confirm: 'Discard changes',
    cancel: 'Continue editing',
    critical: true,
  });
}

export function openDialog<T>(
  whenClosed: T,
  draw: (close: (value: T) => void) => Node[],
): Promise<T> {
  return new Promise((resolve) => {
    let result = whenClosed;
    const dialog = element('dialog', { class: 'dialog' });
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(result);
    });
    dialog.append(
      ...draw((value) => {
        result = value;
        dialog.close();
      }),
    );
    document.body.append(dialog);
    dialog.showModal();
  });
}
