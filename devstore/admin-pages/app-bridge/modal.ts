/** `ui-modal` and `s-modal`: a dialog over the app's page; the admin dims what lies around it. */
import { tell } from './channel.ts';
import { isOn } from './title-bar.ts';

const widths = { small: '380px', base: '620px', large: '980px', max: '100vw' } as const;
type Variant = keyof typeof widths;

const shell = `
  <style>
    dialog { width: min(var(--width), calc(100vw - 32px)); max-height: calc(100vh - 48px); padding: 0; border: 0;
      border-radius: 12px; box-shadow: 0 12px 40px rgb(0 0 0 / 30%); color: #303030; background: #fff;
      font: 14px/1.45 Inter, -apple-system, "Segoe UI", sans-serif; }
    dialog[open] { display: flex; flex-direction: column; }
    dialog::backdrop { background: rgb(0 0 0 / 45%); }
    header, footer { display: flex; gap: 8px; align-items: center; padding: 12px 16px; }
    header { justify-content: space-between; background: #f3f3f3; font-weight: 650; }
    footer { justify-content: flex-end; border-top: 1px solid #e3e3e3; }
    footer:empty { display: none; }
    div { overflow: auto; min-height: 0; }
    iframe { display: block; width: 100%; height: 70vh; border: 0; }
    button { font: inherit; font-weight: 600; padding: 6px 12px; border-radius: 8px; border: 1px solid #ccc;
      background: #fff; color: inherit; cursor: pointer; }
    button.primary { background: #303030; border-color: #303030; color: #fff; }
    button.critical { background: #c70a24; border-color: #c70a24; color: #fff; }
    button:disabled { opacity: .5; cursor: default; }
    header button { border: 0; background: none; padding: 4px 8px; }
  </style>
  <dialog aria-labelledby="title">
    <header><span id="title"></span><button type="button" aria-label="Close">✕</button></header>
    <div><slot></slot></div>
    <footer></footer>
  </dialog>`;

export class ModalElement extends HTMLElement {
  #dialog: HTMLDialogElement;
  #frame: HTMLIFrameElement | null = null;
  #drawn: { action: HTMLElement; copy: HTMLButtonElement }[] = [];

  constructor() {
    super();
    const root = this.attachShadow({ mode: 'open' });
    root.innerHTML = shell;
    this.#dialog = root.querySelector('dialog') as HTMLDialogElement;
    root.querySelector('header button')?.addEventListener('click', () => void this.hide());
    this.#dialog.addEventListener('close', () => this.#closed());
    this.#dialog.addEventListener('click', (event) => {
      if (event.target === this.#dialog) void this.hide();
    });
    new MutationObserver(() => this.#dialog.open && this.#drawBars()).observe(this, {
      subtree: true,
      childList: true,
      attributes: true,
    });
  }

  disconnectedCallback(): void {
    if (this.#dialog.open) this.#dialog.close();
  }

  /** Where the modal's content lies; React renders into it. */
  get content(): HTMLElement | undefined {
    return [...this.children].find(
      (child): child is HTMLElement =>
        child instanceof HTMLElement && !child.matches('ui-title-bar, ui-save-bar'),
    );
  }

  get contentWindow(): Window | null {
    return this.#frame?.contentWindow ?? null;
  }

  get variant(): Variant {
    const wanted = this.getAttribute('variant') ?? this.getAttribute('size') ?? 'base';
    return wanted in widths ? (wanted as Variant) : 'base';
  }

  set variant(variant: Variant) {
    this.setAttribute('variant', variant);
  }

  get src(): string | undefined {
    return this.getAttribute('src') ?? undefined;
  }

  set src(src: string | undefined) {
    if (src === undefined) this.removeAttribute('src');
    else this.setAttribute('src', src);
  }

  async show(): Promise<void> {
    if (this.#dialog.open) return;
    this.#drawBars();
    this.#drawFrame();
    this.#dialog.showModal();
    tell({ kind: 'dim', on: true });
    this.dispatchEvent(new Event('show'));
  }

  async hide(): Promise<void> {
    if (this.#dialog.open) this.#dialog.close();
  }

  async toggle(): Promise<void> {
    await (this.#dialog.open ? this.hide() : this.show());
  }

  showOverlay(): void {
    void this.show();
  }

  hideOverlay(): void {
    void this.hide();
  }

  #closed(): void {
    this.#frame?.remove();
    this.#frame = null;
    tell({ kind: 'dim', on: false });
    this.dispatchEvent(new Event('hide'));
  }

  #drawFrame(): void {
    this.#dialog.style.setProperty('--width', widths[this.variant]);
    if (this.src === undefined) return;
    this.#frame = document.createElement('iframe');
    this.#frame.src = this.src;
    this.#dialog.querySelector('div')?.replaceChildren(this.#frame);
  }

  /** The title and the buttons are copies; pressing one presses the app's own. */
  #drawBars(): void {
    const bar = this.querySelector(':scope > ui-title-bar');
    const title = this.#dialog.querySelector('#title');
    const heading = bar?.getAttribute('title') ?? this.getAttribute('heading') ?? '';
    if (title) title.textContent = heading;
    const actions = [
      ...(bar?.querySelectorAll<HTMLElement>('button, a') ?? []),
      ...this.querySelectorAll<HTMLElement>('[slot="secondary-actions"], [slot="primary-action"]'),
    ];
    const isPrimary = (one: HTMLElement) =>
      one.getAttribute('variant') === 'primary' || one.slot === 'primary-action';
    actions.sort((a, b) => Number(isPrimary(a)) - Number(isPrimary(b)));
    const copies = this.#copiesOf(actions);
    actions.forEach((action, index) => {
      const copy = copies[index];
      if (!copy) return;
      copy.textContent = action.textContent.trim();
      copy.disabled = isOn(action, 'disabled') || isOn(action, 'loading');
      copy.className = isPrimary(action) ? 'primary' : '';
      if (action.getAttribute('tone') === 'critical') copy.className = 'critical';
    });
  }

  /** New buttons only for new actions: one that is replaced while it is pressed is never clicked. */
  #copiesOf(actions: HTMLElement[]): HTMLButtonElement[] {
    const same =
      actions.length === this.#drawn.length &&
      actions.every((action, index) => this.#drawn[index]?.action === action);
    if (!same) {
      this.#drawn = actions.map((action) => {
        const copy = document.createElement('button');
        copy.type = 'button';
        copy.addEventListener('click', () => action.click());
        return { action, copy };
      });
      this.#dialog.querySelector('footer')?.replaceChildren(...this.#drawn.map(({ copy }) => copy));
    }
    return this.#drawn.map(({ copy }) => copy);
  }
}

export function modalById(id: string): ModalElement {
  const found = document.getElementById(id);
  if (found instanceof ModalElement) return found;
  throw new Error(`There is no ui-modal or s-modal with the id "${id}" on this page.`);
}
