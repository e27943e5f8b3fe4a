/** How a setting of a definition is asked for: the admin's form is drawn from these. */
export interface Field {
  /** Key in the definition's settings. */
  readonly name: string;
  readonly input: FieldInput;
  readonly label: string;
  readonly help?: string;
  /** Shown after the value, e.g. "points". */
  readonly unit?: string;
  readonly choices?: readonly { readonly value: string; readonly label: string }[];
  /** It may be left empty: a figure or a day is null then, an amount the empty text. */
  readonly optional?: boolean;
  /** Rarely needed: the form keeps it behind "More settings". */
  readonly more?: true;
}

export type FieldInput =
  | 'integer'
  | 'money'
  | 'decimal'
  | 'switch'
  | 'choice'
  | 'text'
  | 'texts'
  | 'products'
  | 'variants'
  | 'collections'
  /** A few whole numbers, such as days of reminders. */
  | 'integers'
  /** Letters as standards give them: countries, currencies. */
  | 'codes'
  /** Keys of the programme's tiers, of its ways to earn. */
  | 'tiers'
  | 'rules'
  /** Keys of the programme's challenges; key of one of them, or null. */
  | 'challenge'
  | 'challenges'
  /** Who is given what at the end of a season. */
  | 'rank-prizes'
  /** Keys of the programme's markets. */
  | 'markets'
  /** Any of the field's choices. */
  | 'choices'
  /** Conditions that members meet. */
  | 'segment'
  /** Key of one of the programme's tiers, or null. */
  | 'tier'
  /** What buys a membership, and for how long. */
  | 'plans'
  /** Key of one of the programme's rewards, or null. */
  | 'reward'
  /** Key of one of the programme's badges, or null. */
  | 'badge'
  /** A quiz of the programme, or an answer in it: see quizzes/answer-ref.ts. */
  | 'answer'
  /** Keys of the programme's badges and challenges: "badge:fan". */
  | 'reachables'
  /** Goals with their settings, of which another is made. */
  | 'goals'
  /** Levels of a badge: name, how much is needed, bonus. */
  | 'levels'
  /** Questions with answers to choose from. */
  | 'questions'
  /** Key of one of the programme's streaks, or empty for any. */
  | 'streak'
  /** What a streak gives, and after how many in a row. */
  | 'milestones'
  /** What the voices of tiers weigh: tier, weight. */
  | 'weights'
  /** The first moment of a shop's day, and the moment at which a day is over. */
  | 'first-day'
  | 'last-day'
  /** Prizes of a game with their chances; tickets that tiers have; rules of countries for a game. */
  | 'game-prizes'
  | 'tier-tickets'
  | 'country-rules'
  /** Limits of each member: how many, of what, per period. */
  | 'limits'
  /** Rates of markets: market, points, amount. */
  | 'rates'
  /** Amounts of markets: market, amount. */
  | 'market-amounts';

export interface Words {
  readonly label: string;
  readonly help: string;
}
