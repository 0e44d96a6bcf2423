/** The secret of all test installations. */
export const testSecret = "the secret of tests, which protects nothing at all";
