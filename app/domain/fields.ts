/** How a setting of a definition is asked for: the admin's form is drawn from these. */
export interface Field {
  /** Key in the definition's settings. */
  readonly name: string;
  readonly input:
    'integer' | 'money' | 'decimal' | 'switch' | 'choice' | 'texts' | 'products' | 'collections';
  readonly label: string;
  readonly help?: string;
  /** Shown after the value, e.g. "points". */
  readonly unit?: string;
  readonly choices?: readonly { readonly value: string; readonly label: string }[];
}

export interface Words {
  readonly label: string;
  readonly help: string;
}
