import { DomainError } from '#server/kernel/errors.ts';

/** A refusal that stands in the record already, in the commit that counted the try; or that has nothing to say there. */
export class RecordedRefusal extends DomainError {}
