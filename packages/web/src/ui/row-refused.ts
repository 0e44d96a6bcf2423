/** A row of a bulk act that was not done; its message is the Chinese sentence that says why. */
export class RowRefused extends Error {}
