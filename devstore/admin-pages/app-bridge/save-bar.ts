/** `ui-save-bar`, `shopify.saveBar` and forms with `data-save-bar`: one contextual save bar. */
import { ask, tell } from './channel.ts';
import { isOn } from './title-bar.ts';

type Source = {
  state: () => { saveLabel: string; saving: boolean; saveDisabled: boolean };
  save: () => void;
  discard: () => void;
  discardConfirmation: () => boolean;
};

/** The last one shown is the one that is seen. */
const showing: { key: object; source: Source }[] = [];

export const isUnsaved = (): boolean => showing.length > 0;

export function pressSave(): void {
  showing.at(-1)?.source.save();
}

export async function pressDiscard(): Promise<void> {
  const top = showing.at(-1)?.source;
  if (!top) return;
  if (top.discardConfirmation() && (await ask({ ask: 'discard-confirmation' })) !== true) return;
  top.discard();
}

/** The person leaves the page although changes are unsaved. */
export function abandon(): void {
  for (const { source } of [...showing]) source.discard();
  showing.length = 0;
  report();
}

export async function leaveConfirmation(): Promise<void> {
  if (!isUnsaved()) return;
  if ((await ask({ ask: 'leave-confirmation' })) === true) {
    abandon();
    return;
  }
  // Who stays must not be navigated away: the promise that means "go on" is never kept.
  await new Promise<never>(() => {});
}

function show(key: object, source: Source): void {
  if (!showing.some((one) => one.key === key)) showing.push({ key, source });
  report();
}

function hide(key: object): void {
  const index = showing.findIndex((one) => one.key === key);
  if (index >= 0) showing.splice(index, 1);
  report();
}

function report(): void {
  const top = showing.at(-1);
  tell({ kind: 'save-bar', saveBar: top ? top.source.state() : null });
}

export class SaveBarElement extends HTMLElement {
  #observer = new MutationObserver(() => this.showing && report());

  connectedCallback(): void {
    this.#observer.observe(this, {
      subtree: true,
      childList: true,
      attributes: true,
      characterData: true,
    });
  }

  disconnectedCallback(): void {
    this.#observer.disconnect();
    hide(this);
  }

  get showing(): boolean {
    return showing.some((one) => one.key === this);
  }

  get discardConfirmation(): boolean {
    return isOn(this, 'discardconfirmation');
  }

  set discardConfirmation(on: boolean) {
    this.toggleAttribute('discardconfirmation', on);
  }

  async show(): Promise<void> {
    if (this.showing) return;
    show(this, {
      state: () => ({
        saveLabel: this.#save()?.textContent.trim() || 'Save',
        saving: this.#is('loading'),
        saveDisabled: this.#is('disabled'),
      }),
      save: () => this.#save()?.click(),
      discard: () => this.querySelector<HTMLElement>('button:not([variant="primary"])')?.click(),
      discardConfirmation: () => this.discardConfirmation,
    });
    this.dispatchEvent(new Event('show'));
  }

  async hide(): Promise<void> {
    if (!this.showing) return;
    hide(this);
    this.dispatchEvent(new Event('hide'));
  }

  async toggle(): Promise<void> {
    await (this.showing ? this.hide() : this.show());
  }

  #save(): HTMLElement | null {
    return this.querySelector<HTMLElement>('button[variant="primary"]');
  }

  #is(attribute: string): boolean {
    const save = this.#save();
    return save !== null && isOn(save, attribute);
  }
}

/** `<form data-save-bar>`: shown by the first change, hidden by submit and reset. */
export function watchForms(): void {
  const changed = (event: Event) => {
    const form = formOf(event.target);
    if (!form) return;
    show(form, {
      state: () => ({ saveLabel: 'Save', saving: false, saveDisabled: false }),
      save: () => form.requestSubmit(),
      discard: () => form.reset(),
      discardConfirmation: () => form.hasAttribute('data-discard-confirmation'),
    });
  };
  document.addEventListener('input', changed);
  document.addEventListener('change', changed);
  for (const ended of ['submit', 'reset'] as const) {
    document.addEventListener(
      ended,
      (event) => event.target instanceof HTMLElement && hide(event.target),
    );
  }
  const gone = new MutationObserver(() => {
    for (const { key } of [...showing]) {
      if (key instanceof HTMLFormElement && !key.isConnected) hide(key);
    }
  });
  gone.observe(document.documentElement, { childList: true, subtree: true });
}

function formOf(target: EventTarget | null): HTMLFormElement | null {
  const field = target as { form?: unknown } | null;
  const form = field?.form instanceof HTMLFormElement ? field.form : null;
  const found = form ?? (target instanceof Element ? target.closest('form') : null);
  return found?.hasAttribute('data-save-bar') ? found : null;
}
