/** Every signal. A new one is one entry here. */
import type { SignalDefinition } from './signal-definition.ts';
import { registryOf } from '../registry.ts';
import { DAY } from '../time/shop-time.ts';

/** What the two have in common was found when their traces were compared, and is among the findings. */
function found(kind: string, weight: number, label: string, help: string): SignalDefinition {
  return { kind, weight, words: { label, help }, since: ({ findings }) => findings[kind] ?? null };
}

export const referralSignals = registryOf<SignalDefinition>('signal', [
  found(
    'same-email',
    100,
    'The same mailbox',
    'Tags behind a plus, capitals, and dots of Gmail make no other mailbox.',
  ),
  found('same-phone', 60, 'The same phone number', 'With or without the country in front.'),
  found(
    'same-address',
    50,
    'The same postal address',
    'Families and flatmates live together, too: by itself it only flags.',
  ),
  found('same-device', 60, 'The same browser', 'The friend claimed in a browser of the member.'),
  found('same-ip', 25, 'The same internet address', 'People at one table share it, too.'),
  found(
    'shared-device',
    50,
    'A browser of another friend',
    'An earlier friend of the same member claimed in this browser.',
  ),
  found(
    'shared-phone',
    50,
    'A phone number of another friend',
    'An earlier friend of the same member has it, too.',
  ),
  found(
    'shared-address',
    30,
    'A postal address of another friend',
    'An earlier friend of the same member has it, too.',
  ),
  found(
    'disposable',
    40,
    'A mailbox for a few minutes',
    'Its provider is known for throw-away addresses.',
  ),
  {
    kind: 'existing-account',
    weight: 20,
    words: {
      label: 'An account from before',
      help: 'The friend had an account for more than a day before the claim.',
    },
    since: ({ course: { accountSince }, claimedAt }) =>
      accountSince !== null && claimedAt !== null && accountSince < claimedAt - DAY
        ? claimedAt
        : null,
  },
  {
    kind: 'many-claims',
    weight: 40,
    words: {
      label: 'Many friends at once',
      help: 'More friends of one member within a day than you find likely.',
    },
    since: ({ nearby, claimedAt }, { manyPerDay }) => (nearby > manyPerDay ? claimedAt : null),
  },
]);
