/** The server's limit for a message's text, in characters. */
export const LONGEST_TEXT = 5000;
