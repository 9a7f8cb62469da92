export { firstPolicy } from './first-policy.ts';
export { PolicyService } from './policy.service.ts';
export { AUTHORS_WAIT_MS, PolicyBook, type Requirement, type Standing } from './policy-book.ts';
export { PolicySimulation } from './policy-simulation.ts';
export { Prices } from './prices.ts';
export { fewestMore, helps, isMet, lacking, type Votes, votesOf, withVote } from './quorum.ts';
export type { Needs, PolicyRules } from './statuses.ts';
export { allVoters, couldMeet, votersBeside } from './voters.ts';
