/** Versions of the texts that are recorded with the consent given to them. */
export const privacyNoticeVersion = "privacy-1";
export const undertakingVersion = "honesty-1";
