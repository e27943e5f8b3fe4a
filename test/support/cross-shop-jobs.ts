/**
 * The statements that may touch a tenant table without a shop, by the name that they carry in a comment:
 * `/* cross-shop: <name> *\/`. Each is here with the reason why it cannot know the shop.
 */
export const crossShopJobs: Readonly<Record<string, string>> = {
  'test-assertion': 'A test looks at the whole database, for example to show that nothing changed.',
  inbox: 'The edge stores deliveries of many shops in one statement; each row carries its shop.',
  'find-lanes': 'A worker looks for lanes with work, whichever shop they belong to.',
  'wake-waiting': 'Deliveries whose wait is over become ready, whichever shop they belong to.',
  'shops-with-effects': 'A worker looks for shops with effects to perform.',
  'open-imports': 'A worker looks for shops whose history is being read.',
  'members-due':
    'Shops with somebody for whom time alone changes something; then it is done shop by shop.',
  'due-seasons':
    'A worker looks for a season of a leaderboard that is to go on, of whichever shop.',
  'changed-boards':
    'A worker looks for leaderboards whose counts are to be folded, of whichever shop.',
  'due-sweeps': 'A worker looks for a comparison with Shopify that is to go on, of whichever shop.',
  'due-back-tests': 'A worker looks for a draft that is being tried, of whichever shop.',
  'due-figures': 'A worker looks for figures that somebody asked for, of whichever large shop.',
  'due-games':
    'A worker looks for a game whose day, or whose giveaway, is over, of whichever shop.',
  'due-gifts': 'A worker looks for a gift to many that is to go on, of whichever shop.',
  'old-gift-lines':
    'What was written of whom a gift did not find is erased when its time is over, in any shop.',
  'old-answers': 'What was gathered for a customer is erased when its time is over, in any shop.',
  'due-nights':
    'What the night of any shop brings is found by its moment, and then done for that shop.',
};
