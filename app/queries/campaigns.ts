/** The shop's campaigns: of the draft and of what was published, with what they have added so far. */
import { gistOf } from '../domain/campaigns/campaign-gist.ts';
import type { Gist } from '../domain/campaigns/campaign-gist.ts';
import { campaignState } from '../domain/campaigns/campaign-state.ts';
import type { CampaignState } from '../domain/campaigns/campaign-state.ts';
import { campaignTallySchema } from '../domain/campaigns/campaign-tally.ts';
import type { CampaignTally } from '../domain/campaigns/campaign-tally.ts';
import type { FiguresAge } from '../domain/figures/figure-asks.ts';
import { draftDocument } from '../domain/programme/draft.ts';
import type { DraftDocument } from '../domain/programme/draft.ts';
import { inPresentShape } from '../domain/programme/present-shape.ts';
import { sameContent } from '../domain/same-content.ts';
import type { CampaignFigures } from '../storage/figures/campaign-figures.ts';
import { ageOf, keptFigures } from '../storage/figures/kept-figures.ts';
import type { World } from '../world.ts';

type Campaign = DraftDocument['campaigns'][number];

export interface CampaignLine {
  readonly key: string;
  readonly name: string;
  readonly state: CampaignState;
  readonly startsAt: number;
  readonly endsAt: number;
  readonly multiplier: string;
  readonly bonus: { readonly points: number; readonly per: string };
  readonly firstOrder: boolean;
  readonly gist: readonly Gist[];
  readonly budgetPoints: number | null;
  readonly figures: CampaignFigures;
  /** Whether the draft says something else than what is published. */
  readonly changed: boolean;
}

export interface CampaignPage extends CampaignLine {
  readonly age: FiguresAge;
  /** As the draft says it; else as it was published last. */
  readonly campaign: Campaign;
  /** The document it is of, for the names of tiers, rules and markets. */
  readonly document: DraftDocument;
  /** Its place among the campaigns of the draft; null where the draft does not have it. */
  readonly place: number | null;
  readonly revision: number | null;
  readonly trial: CampaignTrialState | null;
}

export interface CampaignTrialState {
  readonly state: string;
  readonly askedAt: number;
  readonly finishedAt: number | null;
  readonly revision: number;
  readonly members: number;
  readonly membersDone: number;
  readonly detail: string | null;
  readonly tally: CampaignTally;
}

/** Running ones first, then what comes next, then what is over, the latest first. */
export async function campaignLines(
  world: World,
  shopId: string,
): Promise<{ readonly campaigns: readonly CampaignLine[]; readonly age: FiguresAge }> {
  const known = await knownCampaigns(world, shopId);
  const kept = await campaignFigures(world, shopId);
  const campaigns = known.all
    .map((one) => lineOf(one, kept.figures ?? {}, world.now()))
    .filter((line) => line !== null)
    .sort((a, b) => rank(a) - rank(b) || inTime(a, b));
  return { campaigns, age: ageOf(kept) };
}

function campaignFigures(world: World, shopId: string) {
  return keptFigures(world.db(shopId), shopId, { kind: 'campaigns' }, world.now());
}

/** @returns null for a key that neither the draft nor any version has */
export async function campaignPage(
  world: World,
  shopId: string,
  key: string,
): Promise<CampaignPage | null> {
  const known = await knownCampaigns(world, shopId);
  const one = known.all.find((found) => found.key === key);
  const kept = await campaignFigures(world, shopId);
  const line = one ? lineOf(one, kept.figures ?? {}, world.now()) : null;
  if (!one || !line) return null;
  const place = known.draft?.campaigns.findIndex((found) => found.key === key) ?? -1;
  return {
    ...line,
    age: ageOf(kept),
    document: one.document,
    campaign: one.campaign,
    place: place < 0 ? null : place,
    revision: known.revision,
    trial: await newestTrial(world, shopId, key),
  };
}

interface Known {
  readonly key: string;
  readonly campaign: Campaign;
  readonly document: DraftDocument;
  /** As the programme in force has it. */
  readonly inForce: Campaign | null;
  readonly wasPublished: boolean;
  readonly drafted: Campaign | null;
}

async function knownCampaigns(
  world: World,
  shopId: string,
): Promise<{
  readonly all: readonly Known[];
  readonly draft: DraftDocument | null;
  readonly revision: number | null;
}> {
  const [draftRow, versions] = await Promise.all([
    world.prisma.programmeDraft.findUnique({ where: { shopId: BigInt(shopId) } }),
    publishedWithCampaigns(world, shopId),
  ]);
  const draft = readDocument(draftRow?.document);
  const present = readDocument(versions.find(({ inForce }) => inForce)?.document);
  const past = versions.map(({ document }) => readDocument(document));
  const keys = new Set(
    [draft, ...past].flatMap((document) => document?.campaigns.map(({ key }) => key) ?? []),
  );
  const all = [...keys].flatMap((key): Known[] => {
    const holder = past.find((document) => campaignIn(document, key)) ?? null;
    const drafted = campaignIn(draft, key);
    const campaign = drafted ?? campaignIn(holder, key);
    if (!campaign) return [];
    const document = drafted ? draft : holder;
    if (!document) return [];
    const inForce = campaignIn(present, key);
    return [{ key, campaign, document, inForce, drafted, wasPublished: holder !== null }];
  });
  return { all, draft, revision: draftRow?.revision ?? null };
}

/** Newest first: the one in force, and for each campaign that was ever published the last that had it. */
async function publishedWithCampaigns(
  { prisma, db, now }: World,
  shopId: string,
): Promise<readonly { readonly document: unknown; readonly inForce: boolean }[]> {
  const { rows } = await db(shopId).query<{ version: number; in_force: boolean }>(
    `WITH begun AS (
        SELECT v.version, v.effective_at, v.document FROM programme_versions v
        WHERE v.shop_id = $1 AND v.effective_at <= $2 AND NOT EXISTS (
          SELECT FROM programme_withdrawals w WHERE w.shop_id = $1 AND w.version = v.version)),
      present AS (SELECT version FROM begun ORDER BY effective_at DESC, version DESC LIMIT 1),
      last AS (
        SELECT DISTINCT ON (c ->> 'key') b.version
        FROM begun b, jsonb_array_elements(coalesce(b.document -> 'campaigns', '[]')) AS c
        ORDER BY c ->> 'key', b.effective_at DESC, b.version DESC)
      SELECT version, version IN (SELECT version FROM present) AS in_force
      FROM (SELECT version FROM last UNION SELECT version FROM present) AS wanted ORDER BY version DESC`,
    [shopId, new Date(now())],
  );
  const documents = await prisma.programmeVersion.findMany({
    where: { shopId: BigInt(shopId), version: { in: rows.map(({ version }) => version) } },
    select: { version: true, document: true },
  });
  const byVersion = new Map(documents.map(({ version, document }) => [version, document]));
  return rows.map((row) => ({ document: byVersion.get(row.version), inForce: row.in_force }));
}

function readDocument(document: unknown): DraftDocument | null {
  const read = draftDocument.safeParse(inPresentShape(document));
  return read.success ? read.data : null;
}

function campaignIn(document: DraftDocument | null, key: string): Campaign | null {
  return document?.campaigns.find((campaign) => campaign.key === key) ?? null;
}

/** What runs is as it was published; what was never published is as the draft has it. */
function lineOf(
  { key, campaign, document, inForce, drafted, wasPublished }: Known,
  figures: Readonly<Record<string, CampaignFigures>>,
  now: number,
): CampaignLine | null {
  const shown = inForce ?? campaign;
  const window = { startsAt: Date.parse(shown.startsAt), endsAt: Date.parse(shown.endsAt) };
  // Without days it stands nowhere yet: the programme page asks for them.
  if (!Number.isFinite(window.startsAt) || !Number.isFinite(window.endsAt)) return null;
  const { points, per } = shown.bonus;
  return {
    ...{ key, ...window, multiplier: shown.multiplier },
    name: shown.name,
    state: campaignState(window, inForce, wasPublished, now),
    bonus: { points: whole(points), per },
    firstOrder: shown.when.firstOrder,
    gist: gistOf(shown, document.tiers),
    budgetPoints: shown.budgetPoints === null ? null : whole(shown.budgetPoints),
    figures: figures[key] ?? NONE,
    changed: inForce !== null && !sameContent(inForce, drafted),
  };
}

const NONE: CampaignFigures = { points: 0, orders: 0, members: 0, held: 0 };

function whole(figure: number | string): number {
  return Number.isSafeInteger(Number(figure)) ? Number(figure) : 0;
}

async function newestTrial(
  { prisma }: World,
  shopId: string,
  campaignKey: string,
): Promise<CampaignTrialState | null> {
  const found = await prisma.backTest.findFirst({
    where: { shopId: BigInt(shopId), campaignKey },
    orderBy: [{ askedAt: 'desc' }, { id: 'desc' }],
  });
  if (!found) return null;
  return {
    ...{ state: found.state, revision: found.revision, detail: found.detail },
    askedAt: found.askedAt.getTime(),
    finishedAt: found.finishedAt?.getTime() ?? null,
    members: found.members,
    membersDone: Math.min(found.members, found.membersDone),
    tally: campaignTallySchema.parse(found.tally),
  };
}

const RANKS: readonly CampaignState[] = ['running', 'planned', 'draft', 'off', 'over'];

function rank({ state }: CampaignLine): number {
  return RANKS.indexOf(state);
}

/** The next to begin first; of what is over the last to end. */
function inTime(a: CampaignLine, b: CampaignLine): number {
  return a.state === 'over'
    ? b.endsAt - a.endsAt
    : a.startsAt - b.startsAt || (a.key < b.key ? -1 : 1);
}
