declare module "react" {
  interface CSSProperties {
    "--share"?: number;
  }
}

/** A bar as long as its share of the room it has, 0 to 1; the number itself stands in words beside it. */
export function Bar({ share }: { share: number }) {
  // biome-ignore lint/plugin: the length is computed; the style sheet turns it into a width
  return <span className="bar" style={{ "--share": share }} aria-hidden />;
}
