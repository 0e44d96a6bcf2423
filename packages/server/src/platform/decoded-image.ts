import { RefusalError } from "./http/refusal-error.ts";
import { ImageError } from "./images.ts";

/**
 * Makes a picture of ours from what was sent, in Base64, and says in the caller's words why it cannot be made.
 * @throws RefusalError attachment.not-an-image, attachment.too-many-pixels, attachment.broken
 */
export async function decoded<Made>(content: string, make: (bytes: Buffer) => Promise<Made>): Promise<Made> {
  try {
    return await make(Buffer.from(content, "base64"));
  } catch (error) {
    if (!(error instanceof ImageError)) throw error;
    const codes = {
      "not-an-image": "attachment.not-an-image",
      "too-large": "attachment.too-many-pixels",
      broken: "attachment.broken",
    } as const;
    throw new RefusalError({ code: codes[error.why], field: "content" });
  }
}
