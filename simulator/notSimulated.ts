/** Why there is no simulation, or no more of it, as a sentence for a person. */
export class NotSimulated extends Error {}
