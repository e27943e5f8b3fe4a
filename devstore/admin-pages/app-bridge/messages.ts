/**
 * What the app's page and the admin around it say to each other. Each side takes messages only from
 * the other's window and origin, and only with this mark.
 */
export const mark = 'local-app-bridge-1';

/** A button or link that the app put into the title bar; `ref` leads back to its element. */
export type Action = {
  ref: string;
  label: string;
  disabled: boolean;
  loading: boolean;
  critical: boolean;
};

export type TitleBar = {
  title: string;
  breadcrumb: Action | null;
  primary: Action | null;
  secondary: Action[];
  groups: { label: string; actions: Action[] }[];
};

export type NavItem = { label: string; href: string; home: boolean };

export type SaveBarState = { saveLabel: string; saving: boolean; saveDisabled: boolean };

export type ToastRequest = {
  id: string;
  message: string;
  duration: number;
  isError: boolean;
  action: string | null;
};

export type PickerRequest = {
  type: 'product' | 'variant' | 'collection';
  action: 'add' | 'select';
  multiple: boolean | number;
  query: string;
  filter: { hidden: boolean; variants: boolean; draft: boolean; archived: boolean; query: string };
  selectionIds: { id: string; variants?: { id: string }[] | undefined }[];
};

/** Questions that the admin answers. */
export type Question =
  | { ask: 'id-token' }
  | { ask: 'user' }
  | { ask: 'extensions' }
  | { ask: 'scopes' }
  | { ask: 'scopes-request' | 'scopes-revoke'; scopes: string[] }
  | { ask: 'leave-confirmation' }
  | { ask: 'discard-confirmation' }
  | ({ ask: 'picker' } & PickerRequest);

export type FromApp =
  | { kind: 'loaded'; path: string }
  | { kind: 'location'; path: string }
  | { kind: 'title-bar'; titleBar: TitleBar }
  | { kind: 'nav'; items: NavItem[] }
  | { kind: 'save-bar'; saveBar: SaveBarState | null }
  | { kind: 'toast'; toast: ToastRequest }
  | { kind: 'toast-hide'; id: string }
  | { kind: 'loading'; on: boolean }
  | { kind: 'dim'; on: boolean }
  | { kind: 'open'; url: string; target: string }
  | { kind: 'question'; id: number; question: Question };

export type Answer =
  { kind: 'answer'; id: number; value: unknown } | { kind: 'refusal'; id: number; reason: string };

/** Something a person did in the admin around the app. */
export type Command =
  | { kind: 'navigate'; href: string }
  | { kind: 'press'; ref: string }
  | { kind: 'save' }
  | { kind: 'discard' }
  | { kind: 'abandon' }
  | { kind: 'toast-action'; id: string }
  | { kind: 'toast-dismiss'; id: string };

export type FromAdmin = Answer | Command;

export function isMarked(data: unknown): data is { mark: typeof mark; kind: string } {
  return typeof data === 'object' && data !== null && 'mark' in data && data.mark === mark;
}
